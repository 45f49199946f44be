"""Practice: predict a number, then see it, with feedback that knows the typical mistakes."""
