"""How variables and their entries are written in plain text: z², a¹₂. For LaTeX see ui.names.equations."""

from collections.abc import Collection, Sequence
from functools import lru_cache

from ui.names.numbers import listed

_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SUBSCRIPTS = str.maketrans("0123456789ijk", "₀₁₂₃₄₅₆₇₈₉ᵢⱼₖ")


@lru_cache(maxsize=4096)  # up to 240 times a view, at a fifth of the time
def symbol(name: str, entry: int | None = None) -> str:
    """Write "a1" as a¹, and with entry 1 (0-based) as a¹₂."""
    layer = name[1:].translate(_SUPERSCRIPTS)
    return name[0] + layer + ("" if entry is None else str(entry + 1).translate(_SUBSCRIPTS))


def entry_symbol(name: str, index: Sequence[int | str]) -> str:
    """One entry of any array (0-based): w¹₂₃, b²₁, x₄, w¹ₖ₃; a comma parts places of two digits: w¹₂,₁₂."""
    places = [place if isinstance(place, str) else str(place + 1) for place in index]
    comma = "," if any(len(place) > 1 for place in places) else ""
    return symbol(name).lower() + comma.join(places).translate(_SUBSCRIPTS)


def shape_text(shape: tuple[int, ...]) -> str:
    """Such as 3 × 5; nothing for a single number."""
    return " × ".join(map(str, shape))


def entries(name: str, count: int) -> list[str]:
    """The names of all entries of a vector: a¹₁, a¹₂, …"""
    return [symbol(name, entry) for entry in range(count)]


def circled(k: int) -> str:
    """The mark of path k (0-based): ①, ②, …, ⑩, (11), … (16), since few fonts have ⑪."""
    return chr(ord("①") + k) if k < 10 else f"({k + 1})"


def circles(paths: Collection[int]) -> str:
    """Such as "① and ③"."""
    return listed(map(circled, sorted(paths)))
