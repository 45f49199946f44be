"""What is wrong with a pasted code."""

from ui.names.numbers import counted

SLIP = "a letter or digit is wrong, or two are swapped"


def other_length(expected: int, found: int) -> str:
    """Of what comes after the first dash."""
    return f"expected {counted(expected, 'letter or digit', 'letters and digits')} after its beginning, got {found}"
