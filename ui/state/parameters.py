"""The parameters of the address: one row for each, for all pages or for one.

From a row come default, check, notice, widget, the text in a link, and the line in docs/parameters.md.
Keys, defaults and options are part of old links: never change them.
"""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cache
from itertools import combinations
from typing import Any

from backprop.network import BIASES
from backprop.primitives import hidden_activations, output_options, scale_options
from backprop.total_derivative import INNERS, OUTERS
from ui.names.typed import parse_number, with_plain_signs
from ui.state import words
from ui.state.data import FEATURES, FLOWERS, SPECIES
from ui.state.edits import parse_edits
from ui.state.given_answers import read_answers
from ui.state.own import network_of
from ui.state.own.network import HIGHEST_RATE, MAX_HIDDEN_LAYERS, MAX_OBSERVATIONS, MAX_UNITS
from ui.state.packed import pack, unpack
from ui.state.rooms.codes import is_secret, read_code
from ui.state.rows import Choice, Parameter, Real, Switch, Text, Whole, number_text

IRIS, TEXTBOOK, OWN = "iris", "textbook", "own"
DATA = (IRIS, TEXTBOOK, OWN)

MAX_SEED = 9999
MAX_LEARNING_RATE = HIGHEST_RATE
MAX_STEP = 99
STOPS = 10
"""Of the lesson."""

MAX_TAKEN = 200
MAX_EPOCHS = 500
NO_HIDDEN = "none"
UNTRAINED = -1
"""The epoch of weights that are not from a training."""
FULL_BATCH = "full"
RATES, LAYERS = words.number(0, MAX_LEARNING_RATE), words.hidden_layers(MAX_HIDDEN_LAYERS, MAX_UNITS)
BATCH_SIZES = (FULL_BATCH, "32", "16", "8", "4", "1")
AUTO, OUTPUT, BIAS, RANDOM, ALL, SKIP = "auto", "output", "b", "random", "all", "skip"
LAYOUTS = ("numerator", "denominator")
LEVELS = ("nothing", "last term", "sum", "all")
QUESTIONS = ("sum", "path", "slope", "gradient", "update", "forward", "mean", "rule")
MIXED, MOST_IN_SEQUENCE = "mixed", 12
MISSED, HELPED, AT_ONCE, NOT_COUNTED = MARKS = "012x"
"""What became of a question of a sequence."""
SETS = words.question_set(MOST_IN_SEQUENCE)

EARLIEST, LATEST = -3.0, 3.0
LAB_SEEDS = tuple(str(count) for count in range(1, 21))
LAB_EPOCHS = ("1", "2", "5", "10", "20", "50", "100", "200", "300", "400", "500")
PICKS = (AUTO, *(str(flower) for flower in range(FLOWERS)))
PAIRS = {f"{FEATURES[i]} and {FEATURES[j]}": (i, j) for i, j in combinations(range(len(FEATURES)), 2)}
"""Planes of two measurements: which ones."""
DEFAULT_PLANE, PRINCIPAL = f"{FEATURES[2]} and {FEATURES[3]}", "principal components"
PLANES = (DEFAULT_PLANE, *(name for name in PAIRS if name != DEFAULT_PLANE), PRINCIPAL)


MOST_CODES = 400
_CODES = re.compile(r"[0-9A-Za-z.]{1,24}(-[0-9A-Za-z.]{1,24})*")
"""Of questions for a class; ui.questions.polls knows which there are."""


def parse_hidden(text: str) -> tuple[int, ...]:
    """Units of the hidden layers from "5" or "6-5"; none of them from "none".

    Raises:
        ValueError: saying what was expected and what came.
    """
    if text.strip().lower() == NO_HIDDEN:
        return ()
    parts = with_plain_signs(text).split("-")
    # isdecimal alone would let through digits of other scripts; the length keeps int() cheap.
    sizes = tuple(int(part) for part in parts if part.isascii() and part.isdecimal() and len(part) <= 2)
    fits = len(sizes) == len(parts) <= MAX_HIDDEN_LAYERS and all(1 <= size <= MAX_UNITS for size in sizes)
    if not fits:
        raise ValueError(words.wrong(LAYERS, text))
    return sizes


def format_hidden(sizes: Sequence[int]) -> str:
    """The same as a link has it."""
    return "-".join(map(str, sizes)) or NO_HIDDEN


def activations_of(text: str, layers: int) -> tuple[str, ...]:
    """One activation for each of so many layers, from "relu" or "relu-sigmoid": the last may go on."""
    names = text.split("-")
    return tuple(names[min(layer, len(names) - 1)] for layer in range(layers))


def format_activations(names: Sequence[str]) -> str:
    """The same as a link has it: a single name where all layers have the same."""
    return "-".join(names if len(set(names)) > 1 else names[:1])


def _parse_activations(text: str) -> str:
    """Several activations, such as "relu, sigmoid", as a link has them."""
    names = re.split(r"\s*[-,;\s]\s*", with_plain_signs(text).lower())
    if not 1 <= len(names) <= MAX_HIDDEN_LAYERS or not set(names) <= set(hidden_activations()):
        raise ValueError
    return format_activations(names)


def _parse_rate(text: str) -> float:
    with suppress(ValueError):
        rate = parse_number(text)
        if 0 <= rate <= MAX_LEARNING_RATE:
            return rate
    raise ValueError(words.wrong(RATES, text))


def _checked_edits(text: str) -> str:
    parse_edits(text)
    return text


def _checked_network(text: str) -> str:
    if text:
        try:
            network_of(text)
        except ValueError as error:
            sentence = str(error)
            raise ValueError(sentence[0].lower() + sentence[1:].removesuffix(".")) from None
    return text


def _checked_answers(text: str) -> str:
    try:
        unpack(text or pack(""))
    except ValueError:
        raise ValueError(words.wrong(words.PACKED, text)) from None
    return text


def _checked_given(text: str) -> str:
    try:
        read_answers(text)
    except ValueError:
        raise ValueError(words.wrong(words.ANSWERS, text)) from None
    return text


def parse_set(text: str) -> tuple[tuple[str, int], ...]:
    """Questions of Practice, by kind and number, from "sum.2-rule.3".

    Raises:
        ValueError: saying what was expected and what came.
    """
    parts = [part.partition(".") for part in text.split("-")] if text else []
    fits = len(set(parts)) == len(parts) <= MOST_IN_SEQUENCE and all(
        kind in QUESTIONS and re.fullmatch("[1-9][0-9]?", number) for kind, _, number in parts
    )
    if not fits:
        raise ValueError(words.wrong(SETS, text))
    return tuple((kind, int(number)) for kind, _, number in parts)


def format_set(questions: Sequence[tuple[str, int]]) -> str:
    """The same as a link has it."""
    return "-".join(f"{kind}.{number}" for kind, number in questions)


def _checked_marks(text: str) -> str:
    if len(text) > MOST_IN_SEQUENCE or not set(text) <= set(MARKS):
        raise ValueError(words.wrong(words.marks(MOST_IN_SEQUENCE, MARKS), text))
    return text


def _checked_secret(text: str) -> str:
    if text and not is_secret(text):
        raise ValueError(words.wrong(words.SECRET, text))
    return text


def _checked_room(text: str) -> str:
    try:
        return read_code(text) if text else ""
    except ValueError:
        raise ValueError(words.wrong(words.ROOM, text)) from None


def _checked_codes(text: str) -> str:
    if len(text) > MOST_CODES or not (text == "" or _CODES.fullmatch(text)):
        raise ValueError(words.wrong(words.CODES, text))
    return text


def _plain(functions: Mapping[str, Any]) -> dict[str, str]:
    """Functions as people write them, by their keys."""
    return {key: function.plain for key, function in functions.items()}


TABLE: Mapping[str, Sequence[Parameter]] = {
    "": (
        Whole("flower", "Flower", 0, FLOWERS - 1, default=106, help=words.FLOWER),
        Whole("obs", "Observation", 1, MAX_OBSERVATIONS, default=1, help=words.OBSERVATION),
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
        Choice(
            "act",
            "Activation",
            hidden_activations,
            default="relu",
            widget="menu",
            among=words.activations(hidden_activations()),
            typed=_parse_activations,
            help=words.ACTIVATION,
        ),
        Choice("bias", "Biases", BIASES, default="learned", widget="menu", help=words.BIAS),
        Choice("out", "Output", output_options, default="softmax", widget="menu", help=words.OUTPUT),
        Choice(
            "err",
            "Error",
            scale_options,
            default=scale_options()[0],
            name="Squared error",
            widget="menu",
            help=words.SCALE,
        ),
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
        Choice("data", "Data", DATA, default=IRIS, widget=""),
        Text(
            "own",
            "Own numbers",
            _checked_network,
            default="",
            widget="",
            limits=words.OWN,
            shown="the irises",
        ),
        Text("edit", "Edits", _checked_edits, default="", widget="", limits=words.EDITS_JOINED, shown="none"),
    ),
    "walkthrough": (
        Switch("quiz", "Answers hidden", default=False, widget="", limits=words.ON),
        Switch("present", "Presenter mode", default=False, widget="", limits=words.ON, also_of="lesson"),
    ),
    "lesson": (
        Whole("stop", "Stop", 1, STOPS, default=1, widget=""),
        Text("given", "Answers", _checked_given, default="", widget="", limits=words.ANSWERS, shown="none"),
    ),
    "total_derivative": (
        Choice("f", "f", tuple(OUTERS), default="2xy3", widget="menu", texts=_plain(OUTERS)),
        Choice("x", "x(t)", tuple(INNERS), default="t2", name="x", widget="menu", texts=_plain(INNERS)),
        Choice("y", "y(t)", tuple(INNERS), default="sin", name="y", widget="menu", texts=_plain(INNERS)),
        Choice("z", "z(t)", tuple(INNERS), default="decay", name="z", widget="menu", texts=_plain(INNERS)),
        Real("t", "t", EARLIEST, LATEST, 0.05, default=1.0, widget="", also_of="lesson"),
    ),
    "jacobians": (
        Choice("jacobian", "Jacobian", default="", widget="", limits=words.JACOBIANS),
        Choice("block", "Block", default="1", widget="", limits=words.BLOCKS),
    ),
    "paths": (
        Choice("layer", "Hidden layer", default="1", limits=words.HIDDEN_LAYERS),
        Choice("unit", "Unit j", default=AUTO, also_of="overview", limits=words.UNITS, help=words.UNIT),
        Choice(
            "drop",
            words.KNOCK_OUT,
            default="",
            name="Knocked-out path",
            limits=words.PATHS,
            shown="none",
            is_many=True,
            also_of="lesson",
        ),
        Real("eps", "Nudge ε", -1.0, 1.0, 0.01, default=0.1, widget="", also_of="lesson"),
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
        Text("lab_order", "Prediction", str, default="", widget="", limits=words.ORDER, shown="none"),
    ),
    "practice": (
        Choice("kind", words.ASKED, (MIXED, *QUESTIONS), default=MIXED, texts=words.KIND_TITLES),
        Whole("q", "Question", 1, 1, default=1, limits=words.QUESTIONS),
        Choice("level", words.LEFT_BLANK, LEVELS, default="last term", help=words.LEVEL),
        Text(
            "mix",
            "Questions before",
            _checked_marks,
            default="",
            widget="",
            limits=words.marks(MOST_IN_SEQUENCE, MARKS),
            shown="none",
        ),
        Text("set", "Set", parse_set, format_set, default=(), widget="", limits=SETS, shown="none"),
        Switch("check", "Check my answers", default=False, widget="", limits=words.ON),
        Text(
            "answers", "Answers", _checked_answers, default="", widget="", limits=words.PACKED, shown="none"
        ),
    ),
    "class": (
        Text("room", "Room", _checked_room, default="", widget="", limits=words.ROOM, shown="none"),
        Text(
            "host",
            "Host",
            _checked_secret,
            default="",
            widget="",
            limits=words.SECRET,
            shown="none",
            secret=True,
        ),
        Text(
            "ask", "Questions", _checked_codes, default="", widget="", limits=words.CODES, shown="this view's"
        ),
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


def real(key: str) -> Real:
    """The row of a number on a slider."""
    row = PARAMETERS[key]
    assert isinstance(row, Real)
    return row


@cache
def rows_of(page: str) -> Sequence[Parameter]:
    """Those of every page, and those of this one, by its URL path, or the overview's name; "": of none."""
    return [row for row in PARAMETERS.values() if row.page in ("", page) or (page and page == row.also_of)]
