"""The lesson's result as a short code that can be read back: what became of each stop, and nothing else.

Such as L-4QZT1-8D0: ten results of five kinds, the points ticked at one's own sentence, and a checksum.
"""

from collections.abc import Sequence
from zlib import crc32

RESULTS = ("at_once", "with_help", "not_yet", "skipped", "none")
AT_ONCE, WITH_HELP, NOT_YET, SKIPPED, NO_MEANING = RESULTS
"""Right at once, right at the second try, not right, not answered, nothing to ask in this network."""

STOPS, MOST_POINTS = 10, 3
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: what is easily mistaken for another letter or digit is left out."""

_LETTERS, _CHECKS = 6, 2
_READ_AS = str.maketrans("OIL", "011")


def result_code(results: Sequence[str], points: int = 0) -> str:
    """The code of the results of all ten stops.

    Args:
        results: for each stop one of RESULTS.
        points: of the three, how many the reader has ticked at a sentence of one's own.

    Raises:
        ValueError: naming the argument that is wrong.
    """
    if len(results) != STOPS or not set(results) <= set(RESULTS):
        raise ValueError(f"results: expected {STOPS} of {', '.join(RESULTS)}, got {results!r}")
    if not 0 <= points <= MOST_POINTS:
        raise ValueError(f"points: expected 0 to {MOST_POINTS}, got {points!r}")
    number = points
    for result in results:
        number = number * len(RESULTS) + RESULTS.index(result)
    letters = _letters(number, _LETTERS)
    return f"L-{letters}-{_check(letters)}"


def read_result_code(code: str) -> tuple[tuple[str, ...], int]:
    """The results and points of a code, typed or pasted: small letters, other dashes and blanks will do.

    Raises:
        ValueError: in a sentence, if it is no code, or one with a slip in it.
    """
    plain = "".join(character for character in code.upper() if character.isalnum())
    body = plain.removeprefix("L").translate(_READ_AS)
    if len(body) != _LETTERS + _CHECKS or not plain.startswith("L") or not set(body) <= set(_ALPHABET):
        raise ValueError(f"code: expected one such as {result_code([AT_ONCE] * STOPS)}, got {code[:30]!r}")
    letters, check = body[:_LETTERS], body[_LETTERS:]
    number = 0
    for letter in letters:
        number = number * len(_ALPHABET) + _ALPHABET.index(letter)
    found = []
    for _ in range(STOPS):
        number, result = divmod(number, len(RESULTS))
        found.append(RESULTS[result])
    if check != _check(letters) or number > MOST_POINTS:
        raise ValueError(f"code: expected one without a slip, got {code[:30]!r}")
    return tuple(reversed(found)), number


def _letters(number: int, count: int) -> str:
    letters = ""
    for _ in range(count):
        number, place = divmod(number, len(_ALPHABET))
        letters = _ALPHABET[place] + letters
    return letters


def _check(letters: str) -> str:
    return _letters(crc32(letters.encode()) % len(_ALPHABET) ** _CHECKS, _CHECKS)
