"""Files of exactly what a view shows: every array as JSON and CSV, and a notebook."""

from ui.export.arrays import arrays_csv, arrays_json
from ui.export.notebook import notebook_text
from ui.export.state import file_name

__all__ = ["arrays_csv", "arrays_json", "file_name", "notebook_text"]
