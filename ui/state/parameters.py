"""The parameters of the address: one row for each, for all pages or for one.

From a row come default, check, notice, widget, the text in a link, and the line in docs/parameters.md.
Keys, defaults and options are part of old links: never change them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import KW_ONLY, dataclass, replace
from itertools import combinations
from typing import Any, Literal

import streamlit as st

from backprop.primitives import hidden_activations, output_options
from backprop.total_derivative import INNERS, OUTERS, Inner, Outer
from ui.names.typed import parse_number, with_plain_signs
from ui.state import textbook, words
from ui.state.data import FEATURES, FLOWERS, SPECIES
from ui.state.edits import parse_edits

IRIS, TEXTBOOK = "iris", "textbook"
DATA = {IRIS: (len(FEATURES), len(SPECIES)), TEXTBOOK: (len(textbook.X), len(textbook.Y))}
"""Option of the data menu: how many inputs and outputs it has."""

MAX_SEED = 9999
MAX_LEARNING_RATE = 10.0
MAX_UNITS = 16
MAX_HIDDEN_LAYERS = 4
MAX_STEP = 99
MAX_TAKEN = 200
MAX_EPOCHS = 500
UNTRAINED = -1
"""The epoch of weights that are not from a training."""
FULL_BATCH = "full"
RATES, LAYERS = words.number(0, MAX_LEARNING_RATE), words.hidden_layers(MAX_HIDDEN_LAYERS, MAX_UNITS)
BATCH_SIZES = (FULL_BATCH, "32", "16", "8", "4", "1")
AUTO, OUTPUT, BIAS, RANDOM, ALL, SKIP = "auto", "output", "b", "random", "all", "skip"
LAYOUTS = ("numerator", "denominator")
LEVELS = ("nothing", "last term", "sum", "all")
QUESTIONS = ("sum", "path", "slope", "gradient", "update", "forward", "mean", "rule")
EARLIEST, LATEST = -3.0, 3.0
LAB_SEEDS = tuple(str(count) for count in range(1, 21))
LAB_EPOCHS = ("1", "2", "5", "10", "20", "50", "100", "200", "300", "400", "500")
PICKS = (AUTO, *(str(flower) for flower in range(FLOWERS)))
PAIRS = {f"{FEATURES[i]} and {FEATURES[j]}": (i, j) for i, j in combinations(range(len(FEATURES)), 2)}
"""Planes of two measurements: which ones."""
DEFAULT_PLANE, PRINCIPAL = f"{FEATURES[2]} and {FEATURES[3]}", "principal components"
PLANES = (DEFAULT_PLANE, *(name for name in PAIRS if name != DEFAULT_PLANE), PRINCIPAL)


@dataclass(frozen=True)
class Parameter:
    """One row.

    Attributes:
        key: in the address.
        label: of its widget.
        default: its value where the address has none.
        help: what the widget explains.
        name: what a notice calls it, where that is not the label.
        page: URL path of the one page that has it; empty: all have.
        widget: how it is drawn; empty where links, buttons or a component set it.
        sidebar_of: URL path of the one page whose sidebar has the widget; empty: all have.
        width: of the widget.
        limits: what it takes, for the docs, where that depends on the network.
        shown: what a notice calls the default, where not by its text.
    """

    key: str
    label: str
    _: KW_ONLY
    default: Any
    help: str | None = None
    name: str = ""
    page: str = ""
    widget: Literal["field", "pills", "menu", "slider", ""] = "field"
    sidebar_of: str = ""
    width: Literal["stretch"] | int = "stretch"
    limits: str = ""
    shown: str = ""

    def read(self, text: str) -> Any:
        """The value of a text in a link or a field.

        Raises:
            ValueError: saying what was expected and what came.
        """
        raise NotImplementedError

    def write(self, value: Any) -> str:
        """The value as a link has it."""
        return str(value)

    def state(self, text: str) -> Any:
        """What the widget holds where the link has this text."""
        return self.read(text)

    def draw(self, state: Any) -> str:
        """Draw the widget, holding this, and give what it holds then, as a link has it."""
        raise NotImplementedError

    @property
    def expected(self) -> str:
        """What it takes, in words."""
        return self.limits

    @property
    def default_text(self) -> str:
        """The default as a link has it."""
        return self.write(self.default)

    def problem(self, text: str) -> str | None:
        """What is wrong with a text, or None."""
        try:
            self.read(text)
        except ValueError as error:
            return str(error)
        return None

    def notice(self, problem: str, shown: str) -> str:
        """What is wrong, and what is shown in its place."""
        return words.notice(self.name or self.label, problem, shown)


@dataclass(frozen=True)
class Whole(Parameter):
    """A whole number from `low` to `high`, in a field."""

    low: int
    high: int
    _: KW_ONLY
    step: int = 1

    @property
    def expected(self) -> str:
        """What it takes, in words."""
        return words.whole_number(self.low, self.high)

    def read(self, text: str) -> int:
        """The number; a page's own may be written as 7.0, too."""
        with suppress(ValueError):
            number = float(text) if self.page else int(text)
            if (self.low <= number <= self.high and number == int(number)) or text == self.default_text:
                return int(number)
        raise ValueError(words.wrong(self.expected, text))

    def draw(self, state: int) -> str:
        """Draw the field."""
        number = st.number_input(
            self.label, self.low, self.high, state, self.step, key=self.key, help=self.help, width=self.width
        )
        return str(number)


@dataclass(frozen=True)
class Real(Parameter):
    """A number from `low` to `high`, on a slider."""

    low: float
    high: float
    step: float

    @property
    def expected(self) -> str:
        """What it takes, in words."""
        return words.number(self.low, self.high)

    def read(self, text: str) -> float:
        """The number."""
        with suppress(ValueError):
            number = float(text)
            if self.low <= number <= self.high:  # neither nan nor inf is
                return number
        raise ValueError(words.wrong(self.expected, text))

    def write(self, value: float) -> str:
        """The number as a link has it: 0.15, not 0.15000000000000002."""
        return number_text(round(value, 9))

    def draw(self, state: float) -> str:
        """Draw the slider."""
        number = st.slider(self.label, self.low, self.high, state, self.step, format="%.2f", key=self.key)
        return self.write(number)


@dataclass(frozen=True)
class Choice(Parameter):
    """One of several options.

    Attributes:
        options: all of them, or what tells them; none where the network decides, since the page tells.
        among: what a notice calls them, where it does not name them all.
        disabled: whether the buttons cannot be pressed.
    """

    options: Iterable[str] | Callable[[], Iterable[str]] = ()
    _: KW_ONLY
    among: str = ""
    disabled: bool = False

    @property
    def expected(self) -> str:
        """What it takes, in words."""
        return self.among or words.one_of(self.offered)

    @property
    def offered(self) -> tuple[str, ...]:
        """The options."""
        return tuple(self.options() if callable(self.options) else self.options)

    def read(self, text: str) -> str:
        """The option."""
        if text not in self.offered:
            raise ValueError(words.wrong(self.expected, text))
        return text

    def draw(self, state: str) -> str:
        """Draw the options."""
        label, options, key, help_text = self.label, self.offered, self.key, self.help
        if self.widget == "slider":
            return str(st.select_slider(label, options, state, key=key, help=help_text))
        if self.widget == "menu":
            index = options.index(state)
            return str(st.selectbox(label, options, index, key=key, help=help_text, width=self.width))
        chosen = st.pills(
            label,
            options,
            default=state,
            required=True,
            key=key,
            help=help_text,
            wrap=True,
            disabled=self.disabled,
        )
        return str(chosen or self.default)


@dataclass(frozen=True)
class Text(Parameter):
    """Something typed, in a field or a dialog.

    Attributes:
        parse: the value of a text, or a ValueError that says what was expected and what came.
        format: the text of a value.
    """

    parse: Callable[[str], Any]
    format: Callable[[Any], str] = str

    def read(self, text: str) -> Any:
        """The value."""
        return self.parse(text)

    def write(self, value: Any) -> str:
        """The value as a link has it."""
        return self.format(value)

    def state(self, text: str) -> str:
        """What was typed."""
        return text

    def draw(self, state: str) -> str:
        """Draw the field."""
        return str(st.text_input(self.label, state, key=self.key, help=self.help))


@dataclass(frozen=True)
class Switch(Parameter):
    """On with 1, and off with anything else, without a notice; links do not name what is off."""

    def read(self, text: str) -> bool:
        """Whether it is on."""
        return text == "1"


def number_text(value: float) -> str:
    """A number as links have it, with all its digits: 0.1, 1e-05, 10."""
    return repr(value).removesuffix(".0")


def parse_hidden(text: str) -> tuple[int, ...]:
    """Units of the hidden layers from "5" or "6-5".

    Raises:
        ValueError: saying what was expected and what came.
    """
    parts = with_plain_signs(text).split("-")
    # isdecimal alone would let through digits of other scripts; the length keeps int() cheap.
    sizes = tuple(int(part) for part in parts if part.isascii() and part.isdecimal() and len(part) <= 2)
    fits = len(sizes) == len(parts) <= MAX_HIDDEN_LAYERS and all(1 <= size <= MAX_UNITS for size in sizes)
    if not fits:
        raise ValueError(words.wrong(LAYERS, text))
    return sizes


def format_hidden(sizes: Sequence[int]) -> str:
    """The same as a link has it."""
    return "-".join(map(str, sizes))


def _parse_rate(text: str) -> float:
    with suppress(ValueError):
        rate = parse_number(text)
        if 0 <= rate <= MAX_LEARNING_RATE:
            return rate
    raise ValueError(words.wrong(RATES, text))


def _checked_edits(text: str) -> str:
    parse_edits(text)
    return text


def _legend(functions: Mapping[str, Outer] | Mapping[str, Inner]) -> str:
    """What the short names of functions stand for."""
    return "  \n".join(f"{name}: ${function.latex}$" for name, function in functions.items())


TABLE: Mapping[str, Sequence[Parameter]] = {
    "": (
        Whole("flower", "Flower", 0, FLOWERS - 1, default=106, help=words.FLOWER),
        Whole("seed", "Seed", 0, MAX_SEED, default=859, help=words.SEED),
        Text(
            "lr",
            "Learning rate η",
            _parse_rate,
            number_text,
            default=0.1,
            name="Learning rate",
            limits=RATES,
            help=words.rate(MAX_LEARNING_RATE),
        ),
        Text(
            "hidden",
            "Hidden layers",
            parse_hidden,
            format_hidden,
            default=(5,),
            limits=LAYERS,
            help=words.hidden(MAX_HIDDEN_LAYERS, MAX_UNITS),
        ),
        Choice("act", "Activation", hidden_activations, default="relu", widget="menu", help=words.ACTIVATION),
        Choice("out", "Output", output_options, default="softmax", widget="menu", help=words.OUTPUT),
        Whole("step", "Step", 0, MAX_STEP, default=0, widget=""),
        Whole("taken", "Steps taken", 0, MAX_TAKEN, default=0, widget=""),
        Whole("epoch", "Epoch", 0, MAX_EPOCHS, default=UNTRAINED, widget="", shown="untrained"),
        Whole("split", "Split", 0, MAX_SEED, default=1, sidebar_of="training", help=words.SPLIT),
        Choice(
            "batch",
            "Batch size",
            BATCH_SIZES,
            default="16",
            widget="menu",
            sidebar_of="training",
            help=words.BATCH,
        ),
        Choice("data", "Data", tuple(DATA), default=IRIS, widget=""),
        Text("edit", "Edits", _checked_edits, default="", widget="", limits=words.EDITS, shown="none"),
    ),
    "walkthrough": (
        Switch("quiz", "Answers hidden", default=False, widget="", limits=words.ON),
        Switch("present", "Presenter mode", default=False, widget="", limits=words.ON),
    ),
    "total_derivative": (
        Choice("f", "f", tuple(OUTERS), default="2xy3", widget="menu", help=_legend(OUTERS)),
        Choice("x", "x(t)", tuple(INNERS), default="t2", name="x", widget="menu", help=_legend(INNERS)),
        Choice("y", "y(t)", tuple(INNERS), default="sin", name="y", widget="menu", help=_legend(INNERS)),
        Choice("z", "z(t)", tuple(INNERS), default="decay", name="z", widget="menu", help=_legend(INNERS)),
        Real("t", "t", EARLIEST, LATEST, 0.05, default=1.0),
    ),
    "jacobians": (
        Choice("jacobian", "Jacobian", default="", widget="", limits=words.JACOBIANS),
        Choice("block", "Block", default="1", widget="", limits=words.BLOCKS),
    ),
    "paths": (
        Choice("layer", "Hidden layer", default="1", limits=words.HIDDEN_LAYERS),
        Choice("unit", "Unit j", default=AUTO, limits=words.UNITS, help=words.UNIT),
        Choice("drop", words.KNOCK_OUT, default="", name="Knocked-out path", limits=words.PATHS),
        Real("eps", "Nudge ε", -1.0, 1.0, 0.01, default=0.1),
    ),
    "update": (Choice("update_layer", "Layer", default="", limits=words.LAYERS),),
    "batch": (
        Choice("flowers", words.FLOWERS_OF_THE_BATCH, (RANDOM, *SPECIES, ALL), default=RANDOM),
        Whole("n", "How many", 1, FLOWERS, default=6, width=130),
        # Draw 39 holds two flowers of each species, and a cell that they pull both ways.
        Whole("draw", "Draw", 0, MAX_SEED, default=39, width=130, help=words.DRAW),
        Choice("batch_layer", "Layer", default=OUTPUT, limits=words.LAYERS),
        Choice("row", "Row", default=AUTO, widget="", limits=words.ROWS),
        Choice("col", "Column", default=AUTO, widget="", limits=words.COLUMNS),
        Choice("pick", "Flower", PICKS, default=AUTO, widget="", among=f"{AUTO} or 0 to {FLOWERS - 1}"),
    ),
    "training": (
        Whole("epochs", "Epochs", 1, MAX_EPOCHS, default=100, step=50, width=150, help=words.EPOCHS),
        Choice(
            "plane",
            "Decision regions over",
            PLANES,
            default=DEFAULT_PLANE,
            name="Decision regions",
            widget="menu",
            width=280,
        ),
    ),
    "chain_rule_lab": (
        Choice("lab_path", words.K, default="1", limits=words.LAB_PATHS, help=words.LAB_PATH),
        Choice("lab_seeds", "Seeds", LAB_SEEDS, default="10", widget="slider", help=words.LAB_SEEDS),
        Choice("lab_epochs", "Epochs", LAB_EPOCHS, default="200", widget="slider", help=words.LAB_EPOCHS),
        Text("lab_order", "Prediction", str, default="", widget="", limits=words.ORDER),
    ),
    "practice": (
        Choice("kind", words.ASKED, QUESTIONS, default="sum"),
        Whole("q", "Question", 1, 1, default=1, limits=words.QUESTIONS),
        Choice("level", words.LEFT_BLANK, LEVELS, default="last term", help=words.LEVEL),
    ),
    "notation": (
        Choice(
            "layout", words.LAYOUT, LAYOUTS, default="numerator", name="Layout", among=" or ".join(LAYOUTS)
        ),
    ),
}
"""The rows of every page, under "", and those of one page, by its URL path; in the order of a link."""

PARAMETERS = {row.key: replace(row, page=page) for page, rows in TABLE.items() for row in rows}
"""All of them by key; no two pages have the same."""


def rows_of(page: str) -> list[Parameter]:
    """Those of every page, then those of this one, by its URL path; the overview has none of its own."""
    return [row for row in PARAMETERS.values() if row.page in ("", page)]
