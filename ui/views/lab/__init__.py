"""The page "Chain-rule lab"."""
