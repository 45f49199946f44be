"""Text packed into letters of a URL: a mark of its version, then zlib in base64."""

import re
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode

MOST_CHARACTERS = 2000
MOST_UNPACKED = 30_000
VERSION = "1"
"""Of what follows; a link with another one is not read as if it were this one."""

_VALUE = re.compile(rf"{VERSION}[A-Za-z0-9_-]+", re.ASCII)


def pack(text: str) -> str:
    """The text for a link; it is for the caller to ask whether it has at most MOST_CHARACTERS."""
    return VERSION + urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode().rstrip("=")


def unpack(value: str) -> str:
    """The text that `pack` has packed.

    Raises:
        ValueError: if it is not of our making, or longer than a link should be.
    """
    if len(value) > MOST_CHARACTERS or not _VALUE.fullmatch(value):
        raise ValueError("value: expected what `pack` has packed")
    encoded = value[len(VERSION) :]
    unpacking = zlib.decompressobj()
    try:
        packed = urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4))
        text = unpacking.decompress(packed, MOST_UNPACKED).decode()
    except (zlib.error, ValueError):
        raise ValueError("value: expected what `pack` has packed") from None
    if not unpacking.eof or unpacking.unused_data:
        raise ValueError("value: expected what `pack` has packed")
    return text
