"""Numbers as letters, with two more that notice a slip."""

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: what is easily mistaken for another letter or digit is left out."""

CHECKS = 2
_BASE = len(ALPHABET)
_PRIME = 1021
"""The largest below 32². Modulo a prime any one wrong letter, and any two swapped, change the remainder."""

_READ_AS = str.maketrans("OIL", "011")


def letters_of(number: int, count: int) -> str:
    """A number, smaller than 32 to the power of `count`, as so many letters."""
    letters = ""
    for _ in range(count):
        number, place = divmod(number, _BASE)
        letters = ALPHABET[place] + letters
    return letters


def number_of(letters: str) -> int:
    """The number again."""
    number = 0
    for letter in letters:
        number = number * _BASE + ALPHABET.index(letter)
    return number


def check_of(letters: str) -> str:
    """Two letters after which the number of all is a multiple of the prime, as in an IBAN."""
    return letters_of(-number_of(letters) * _BASE**CHECKS % _PRIME, CHECKS)


def plain(code: str) -> str:
    """The letters and digits of a code as somebody types it: small letters, O for 0, blanks and dashes."""
    return "".join(each for each in code.upper() if each.isalnum()).translate(_READ_AS)


def grouped(prefix: str, body: str, size: int) -> str:
    """A code as it is written: its parts of `size` letters, then what notices a slip."""
    parts = [body[at : at + size] for at in range(0, len(body), size)]
    return "-".join((prefix, *parts, check_of(body)))
