"""The code of a room, which everybody may know, and the secret of its host, from which it follows.

So a process that has never heard of a room can tell its host from anybody else.
"""

import re
from functools import lru_cache
from hashlib import scrypt
from secrets import choice, token_urlsafe

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without I and O, which look like digits."""

LENGTH = 6
"""Enough without a limit: of 190 million codes ten may be rooms, so who guesses asks 19 million times, which
takes all of a server for three hours (1,600 looks a second). A code that is found lets in who is not in the
hall, to answer once a browser; it controls nothing."""

_SECRET = re.compile("[0-9A-Za-z_-]{16}")
_COST = {"n": 2**13, "r": 8, "p": 1, "maxmem": 2**25}
"""20 ms and 8 MB a try: to find a secret for one of the 190 million codes takes a core a month."""


def new_secret() -> str:
    """A secret that nobody guesses: 96 random bits."""
    return token_urlsafe(12)


@lru_cache(maxsize=64)
def code_of(secret: str) -> str:
    """The six letters of the room whose host has this secret.

    Raises:
        ValueError: if it cannot be a secret.
    """
    if not is_secret(secret):
        raise ValueError(f"secret: expected 16 letters and digits, got {len(secret)} characters")
    number = int.from_bytes(scrypt(secret.encode(), salt=b"backprop.room", dklen=8, **_COST), "big")
    letters = ""
    for _ in range(LENGTH):
        number, place = divmod(number, len(LETTERS))
        letters += LETTERS[place]
    return letters


def is_secret(text: str) -> bool:
    """Whether a text may be a host's secret."""
    return _SECRET.fullmatch(text) is not None


def read_code(text: str) -> str:
    """A code as somebody types it: small letters and blanks will do.

    Raises:
        ValueError: if it cannot be a code.
    """
    code = "".join(text.upper().split()).replace("-", "")
    if len(code) != LENGTH or not set(code) <= set(LETTERS):
        raise ValueError(f"code: expected six letters of {LETTERS}, got {text[:20]!r}")
    return code


def new_name() -> str:
    """A name for a browser that tells nothing of who has it."""
    return "".join(choice("0123456789abcdef") for _ in range(12))
