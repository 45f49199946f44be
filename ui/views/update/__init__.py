"""The page "Weight update"."""
