"""The stage: one recorded training step, stepped through in the browser without a server message."""
