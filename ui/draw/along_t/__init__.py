"""Pictures of a total derivative, at every position of t."""
