"""How variables, numbers and stops of the pass are written."""
