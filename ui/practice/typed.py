"""Numbers as people type them."""

import re
from math import isfinite

from ui.settings import shorten

MAX_LENGTH = 40

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)
_MINUS_SIGNS = str.maketrans("−–‐‑﹣-", "------")
_EXAMPLES = "such as 0.25, −0,25 or 1e-3"


def parse_number(text: str) -> float:
    """The number that was typed: with point or comma, with any minus sign, with an exponent.

    Raises:
        ValueError: a sentence that says what was expected and what came.
    """
    plain = "".join(text.split()).translate(_MINUS_SIGNS)
    if not plain:
        raise ValueError(f"Type a number, {_EXAMPLES}.")
    if "," in plain and "." not in plain:
        plain = plain.replace(",", ".", 1)
    if len(plain) > MAX_LENGTH or not _NUMBER.fullmatch(plain):
        raise ValueError(f"Expected a number, {_EXAMPLES}, got {shorten(text)}.")
    value = float(plain)
    if not isfinite(value):
        raise ValueError(f"Expected a number of ordinary size, got {shorten(text)}.")
    return value
