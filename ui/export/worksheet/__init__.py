"""The worksheet: one page to print, with the network, its numbers, blanks to fill, and a key at the end."""
