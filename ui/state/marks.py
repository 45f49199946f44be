"""What became of a question of a sequence, one sign each, as links and codes have it."""

MISSED, HELPED, AT_ONCE, NOT_COUNTED = MARKS = "012x"
