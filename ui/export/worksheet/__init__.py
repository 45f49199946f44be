"""The worksheet: one page to print, with the network, its numbers, blanks to fill, and a key at the end."""

from ui.export.worksheet.document import PAPERS, worksheet_html

__all__ = ["PAPERS", "worksheet_html"]
