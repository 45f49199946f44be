"""The page "Batch": the flowers' gradients, their mean, and which index each matrix product sums."""
