"""What the app shows: settings, the recorded step, data, and what is kept of them."""
