"""What more than one page says."""

TITLE = "Backpropagation, every path of it"
TO_WALKTHROUGH = "This step in the walkthrough →"
