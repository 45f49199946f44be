"""Files of exactly what a view shows: arrays as JSON and CSV, a notebook, a worksheet, the walkthrough."""
