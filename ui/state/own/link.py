"""The value of `own=`: the compact lines of a network, packed.

Whatever may stand in a link is read like pasted text, so that nothing gets in that could not be typed.
"""

from dataclasses import replace
from functools import lru_cache

from ui.state.own import words
from ui.state.own.network import OwnNetwork, compact_text
from ui.state.own.reading import read_network
from ui.state.packed import MOST_CHARACTERS, pack, unpack


def write_network(network: OwnNetwork) -> str:
    """The value of `own=`, without the settings, which have parameters of their own.

    Raises:
        ValueError: if it is longer than links should be.
    """
    value = pack(compact_text(network))
    if len(value) > MOST_CHARACTERS:
        raise ValueError(words.too_long_for_a_link(MOST_CHARACTERS, len(value)))
    return value


@lru_cache(maxsize=256)  # every run of a page asks for it
def network_of(value: str) -> OwnNetwork:
    """The network that a value of `own=` has.

    Raises:
        ValueError: in a sentence, if it was not written by `write_network`.
    """
    try:
        text = unpack(value)
    except ValueError:
        raise ValueError(words.BROKEN_LINK) from None
    return replace(read_network(text), settings={})
