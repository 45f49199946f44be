"""Sentences that quote what was typed, as Markdown shows them."""

_AS_TEXT = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_[]<>$~#|"})
"""What Markdown would take for markup."""


def as_markdown(sentence: str) -> str:
    """The sentence with nothing in it that Markdown would take for markup."""
    return sentence.translate(_AS_TEXT)
