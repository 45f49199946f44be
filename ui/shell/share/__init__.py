"""Links to exactly this view, with all parameters written out, and a QR code of one."""
