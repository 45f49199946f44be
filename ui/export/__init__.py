"""Files of exactly what a view shows: every array as JSON and CSV, and a notebook."""

from ui.export.arrays import arrays_csv, arrays_json
from ui.export.notebook import notebook_text

__all__ = ["arrays_csv", "arrays_json", "notebook_text"]
