"""Numbers, and the sentences, formulas and tables they stand in."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from ui.draw.scenes.controls import Following
from ui.names.equations import mathml


@dataclass(frozen=True, slots=True)
class Times:
    """The slider's number times these, one after another."""

    factors: Sequence[float]


@dataclass(frozen=True, slots=True)
class Number:
    """A number, written rounded, with all its digits in `data-value`.

    Attributes:
        value: the number.
        kind, name: its other data attribute: data-term="x" of kind "term" and name "x"; no kind, none.
        form: how it is written: 1.5; with its sign, +1.5; as a factor, in brackets if negative; or with up to
            six digits, as somebody typed it.
        before: text in front of it.
        shown: what is rounded for the reader, where that is not the value: 0 for what rounding leaves of 0.
        text: what is written, where that is no form of its own.
        less: what is taken away from the value.
        noise: what rounding alone could make: what is no larger is 0.
    """

    value: Following[float] | Following[float | None] | Times
    kind: str = ""
    name: Following[str] = ""
    form: Literal["short", "signed", "factor", "typed"] = "signed"
    before: str = ""
    shown: Following[float] | None = None
    text: Following[str] = ""
    less: Following[float] | Times | None = None
    noise: Following[float] | None = None


@dataclass(frozen=True, slots=True)
class Sum:
    """Products that add up, but for those that are switched out.

    Attributes:
        terms: the products, in order; their switches have the same.
        noise: how much of each is rounding: a sum no larger than its own is 0.
        total: of all of them.
        marks: of the products.
    """

    terms: Sequence[Following[float]]
    noise: Sequence[Following[float]]
    total: Following[float]
    marks: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Cases:
    """What is said of a sum, by what is out of it: the first that fits and is not empty.

    In it {out} are the marks of what is out, {kept} is how many are not, {off} how far off the sum is, and
    {share} which share that is of the total.

    Attributes:
        whole: nothing is out.
        cancel: what is out cancels.
        idle, idles: it carries nothing: one product, or more.
        reversed: the sum has the other sign than the total.
        none: all are out.
        some: anything else.
    """

    sum: Sum
    whole: Following[str]
    some: Following[str]
    none: Following[str] = ""
    reversed: Following[str] = ""
    cancel: str = ""
    idle: str = ""
    idles: str = ""


Said: TypeAlias = Following[str] | Cases


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence, or a heading.

    Attributes:
        text: as people read it; {0}, {1}, … are its numbers.
        role: how it looks.
        test_id: by which tests find it.
        is_spoken: whether it is what the slider tells those who cannot see it.
    """

    text: Said
    role: Literal["title", "heading", "verdict", "caption", "note", "beside"] = "note"
    test_id: str = ""
    is_spoken: bool = False
    numbers: Sequence[Number] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence about what is in light.

    Attributes:
        texts: by link.
        otherwise: where nothing that has one is in light.
    """

    texts: Mapping[str, str]
    otherwise: str


@dataclass(frozen=True, slots=True)
class Link:
    """To another view of this app."""

    text: str
    href: Following[str]


@dataclass(frozen=True, slots=True)
class Formula:
    """MathML made on the server; its elements with data-slot 0, 1, … take the numbers."""

    mathml: str
    numbers: Sequence[Number] = ()


_SLOT = re.compile(r"<mtext>slot(\d+)</mtext>")


def slot(number: int) -> str:
    """LaTeX of the place of a number in a formula."""
    return rf"\text{{slot{number}}}"


def formula(latex: str, *numbers: Number) -> Formula:
    """A line with slots for these numbers."""
    return Formula(_SLOT.sub(r'<mrow data-slot="\1"></mrow>', mathml(latex, block=True)), numbers)


@dataclass(frozen=True, slots=True)
class Row:
    """Of a table; None is an empty cell. A sum has a line above it, a result is bold, too.

    Attributes:
        link: what it belongs to.
        option: of the choice, which a click on the row picks.
    """

    head: str
    cells: Sequence[Number | Following[str] | None]
    role: Literal["", "sum", "result"] = ""
    link: str = ""
    option: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Numbers with names; one row may be marked."""

    head: Sequence[Following[str]]
    rows: Sequence[Row]
    marked: Following[int] | None = None


@dataclass(frozen=True, slots=True)
class Legend:
    """What colours and lines mean: beside a title keys, each with its look and its words."""

    title: str
    keys: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Judge:
    """Tells whether a number is the derivative, by what is measured.

    Attributes:
        numeric: the measured slope, None where there is none.
        derivative: what it should be, and what is within `near` of it.
        tolerance: how far the slope may be from the derivative.
        noise: what the slope cannot tell apart.
        said: what is written, with {mark} and {error}.
        unjudged: where there is no slope.
    """

    numeric: Following[float | None]
    derivative: Following[float]
    near: Following[float]
    tolerance: Following[float]
    noise: Following[float]
    said: str
    unjudged: str


@dataclass(frozen=True, slots=True)
class Card:
    """A large number under its title.

    Attributes:
        name: its data-rule.
        number: None where there is none.
        judge: what is said of it; else `note` is.
    """

    name: str
    title: Said
    number: Following[float | None] | Sum
    judge: Judge | None = None
    note: Following[str] = ""


@dataclass(frozen=True, slots=True)
class Cards:
    """Numbers beside each other."""

    cards: Sequence[Card]
