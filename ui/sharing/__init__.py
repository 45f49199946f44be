"""Links to exactly this view, with all parameters written out, and a QR code of one."""

from ui.sharing.dialog import share_dialog
from ui.sharing.links import View, app_address

__all__ = ["View", "app_address", "share_dialog"]
