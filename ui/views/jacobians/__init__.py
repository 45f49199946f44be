"""The page "Jacobians"."""
