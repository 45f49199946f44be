"""What can be asked of a step, and what each mistake means."""
