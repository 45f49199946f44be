"""The page "Total derivative"."""
