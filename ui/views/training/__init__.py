"""The page "Training": a job a session, and its epochs as a film."""
