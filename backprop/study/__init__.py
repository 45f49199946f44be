"""What the study pages ask of a step: single paths, wrong rules, other learning rates, whole batches."""
