"""The page "Batch": the observations' gradients, their mean, and which index each matrix product sums."""
