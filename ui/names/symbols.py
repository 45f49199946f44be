"""How variables and their entries are written in plain text: z², a¹₂. For LaTeX see ui.names.equations."""

from collections.abc import Collection
from functools import lru_cache

_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


@lru_cache(maxsize=4096)  # up to 240 times a view, at a fifth of the time
def symbol(name: str, entry: int | None = None) -> str:
    """Write "a1" as a¹, and with entry 1 (0-based) as a¹₂."""
    layer = name[1:].translate(_SUPERSCRIPTS)
    return name[0] + layer + ("" if entry is None else str(entry + 1).translate(_SUBSCRIPTS))


def entry_symbol(name: str, index: tuple[int, ...]) -> str:
    """One entry of any array (0-based): w¹₂₃, b²₁, x₄; a comma parts places of two digits: w¹₂,₁₂."""
    places = [str(place + 1).translate(_SUBSCRIPTS) for place in index]
    return symbol(name).lower() + ("," if max(index) > 8 else "").join(places)


def entries(name: str, count: int) -> list[str]:
    """The names of all entries of a vector: a¹₁, a¹₂, …"""
    return [symbol(name, entry) for entry in range(count)]


def circled(k: int) -> str:
    """The mark of path k (0-based): ①, ②, …, ⑩, (11), … (16), since few fonts have ⑪."""
    return chr(ord("①") + k) if k < 10 else f"({k + 1})"


def circles(paths: Collection[int]) -> str:
    """Such as "① and ③"."""
    *first, last = (circled(k) for k in sorted(paths))
    return f"{', '.join(first)} and {last}" if first else last
