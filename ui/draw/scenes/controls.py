"""What moves a scene, and what follows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

T = TypeVar("T")


class Each(list[T]):
    """One value for each position of the control; a list that is none of that stays as it is."""


Following: TypeAlias = T | Sequence[T]
"""One value, or one for each position of the control."""


def following(values: Sequence[T]) -> Following[T]:
    """One value for each position, or one alone where all are the same."""
    return values[0] if all(value == values[0] for value in values) else Each(values)


@dataclass(frozen=True, slots=True)
class Slider:
    """A number that moves everything.

    Attributes:
        key: of its parameter, and the name of its element.
        label: what it is called.
        positions: the numbers it can be moved to, in order.
        step: between two positions; where one is off this grid, a link asks for it. 0 where they are not
            evenly spaced: the element then counts them.
        texts: the positions as people read them.
        name: what it is called for those who cannot see it, where that is not the label.
    """

    key: str
    label: str
    positions: Sequence[float]
    step: float
    texts: Sequence[str]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The same choice in other places, such as other layers.

    Attributes:
        label: what they are.
        links: to each of them, and to this one: its text, and where it leads.
        at: which of them is this one, 0-based.
    """

    label: str
    links: Sequence[tuple[str, str]]
    at: int


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several, picked by a button, or by a click on what stands for it: data-option, its position.

    Attributes:
        keys: of its parameters, such as row and col.
        label: what is chosen.
        positions: for each option what its parameters are in a link.
        texts: the options as people read them; none where no buttons are drawn for them.
        help: what explains them.
        elsewhere: links to the same choice in other places.
    """

    keys: Sequence[str]
    label: str
    positions: Sequence[Sequence[str]]
    texts: Sequence[str] = ()
    help: str = ""
    elsewhere: Elsewhere | None = None


@dataclass(frozen=True, slots=True)
class Combination:
    """One of each of several, such as a row and a column, by a click on what stands for them: data-option.

    Pointing at that shows it as long as the pointer is there. Its positions are all combinations, those of
    the last key next to each other.

    Attributes:
        keys: of its parameters.
        options: for each of them the texts that a link has.
    """

    keys: Sequence[str]
    options: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Switches:
    """What can be taken out of a sum, each by a button, or by a click on what stands for it.

    That has its number as data-switch.

    Attributes:
        key: of the parameter that has those that are out.
        label: what happens to them.
        options: each as a link has it.
        texts: each as people read it.
    """

    key: str
    label: str
    options: Sequence[str]
    texts: Sequence[str]
