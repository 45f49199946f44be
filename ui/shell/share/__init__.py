"""Links to exactly this view, with all parameters written out, and a QR code of one."""

from ui.shell.share.dialog import share_dialog
from ui.shell.share.links import View, app_address

__all__ = ["View", "app_address", "share_dialog"]
