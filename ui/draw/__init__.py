"""The vocabulary of drawing, which all pages share."""
