"""The value of `own=`: a mark of its version, then the compact lines, packed by zlib, in letters of a URL.

Whatever may stand in a link is read like pasted text, so that nothing gets in that could not be typed.
"""

import re
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import replace
from functools import lru_cache

from ui.state.own import words
from ui.state.own.network import NO_SETTINGS, OwnNetwork, compact_text
from ui.state.own.reading import read_network

MOST_CHARACTERS = 2000
MOST_UNPACKED = 30_000
VERSION = "1"
"""Of what follows; a link with another one is not read as if it were this one."""

_VALUE = re.compile(rf"{VERSION}[A-Za-z0-9_-]+", re.ASCII)


def write_network(network: OwnNetwork) -> str:
    """The value of `own=`, without the settings, which have parameters of their own.

    Raises:
        ValueError: if it is longer than links should be.
    """
    packed = zlib.compress(compact_text(network).encode(), 9)
    value = VERSION + urlsafe_b64encode(packed).decode().rstrip("=")
    if len(value) > MOST_CHARACTERS:
        raise ValueError(words.too_long_for_a_link(MOST_CHARACTERS, len(value)))
    return value


@lru_cache(maxsize=256)  # every run of a page asks for it
def network_of(value: str) -> OwnNetwork:
    """The network that a value of `own=` has.

    Raises:
        ValueError: in a sentence, if it was not written by `write_network`.
    """
    if len(value) > MOST_CHARACTERS or not _VALUE.fullmatch(value):
        raise ValueError(words.BROKEN_LINK)
    encoded = value[len(VERSION) :]
    unpacking = zlib.decompressobj()
    try:
        packed = urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4))
        text = unpacking.decompress(packed, MOST_UNPACKED).decode()
    except (zlib.error, ValueError):
        raise ValueError(words.BROKEN_LINK) from None
    if not unpacking.eof or unpacking.unused_data:
        raise ValueError(words.BROKEN_LINK)
    return replace(read_network(text), settings=NO_SETTINGS)
