"""What each stop of the lesson asks, all of it from the recorded step of the view."""
