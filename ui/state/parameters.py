"""The parameters of the address: one row for each, for all pages or for one.

From a row come default, check, notice, widget, the text in a link, and the line in docs/parameters.md.
Keys, defaults and options are part of old links: never change them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import combinations
from typing import Any

from backprop.network import BIASES
from backprop.primitives import hidden_activations, output_options, scale_options
from backprop.total_derivative import INNERS, OUTERS
from ui.state import words
from ui.state.data import FEATURES, FLOWERS, SPECIES
from ui.state.marks import MARKS
from ui.state.own.network import MAX_HIDDEN_LAYERS, MAX_OBSERVATIONS, MAX_UNITS
from ui.state.parsing import (
    LAYERS,
    MAX_LEARNING_RATE,
    MOST_IN_SEQUENCE,
    MOST_MADE,
    QUESTIONS,
    RATES,
    SETS,
    checked_answers,
    checked_codes,
    checked_edits,
    checked_given,
    checked_made,
    checked_marks,
    checked_network,
    checked_room,
    checked_secret,
    format_hidden,
    format_set,
    parse_activations,
    parse_hidden,
    parse_rate,
    parse_set,
)
from ui.state.rows import Choice, Parameter, Real, Switch, Text, Whole, number_text

IRIS, TEXTBOOK, OWN = "iris", "textbook", "own"
DATA = (IRIS, TEXTBOOK, OWN)

MAX_SEED = 9999
MAX_STEP = 99
STOPS = 10
"""Of the lesson."""

MAX_TAKEN = 200
MAX_EPOCHS = 500
UNTRAINED = -1
"""The epoch of weights that are not from a training."""
FULL_BATCH = "full"
BATCH_SIZES = (FULL_BATCH, "32", "16", "8", "4", "1")
AUTO, OUTPUT, BIAS, RANDOM, ALL, SKIP = "auto", "output", "b", "random", "all", "skip"
LAYOUTS = ("numerator", "denominator")
MIXED = "mixed"
LEVELS = ("nothing", "last term", "sum", "all")

EARLIEST, LATEST = -3.0, 3.0
LAB_SEEDS = tuple(str(count) for count in range(1, 21))
LAB_EPOCHS = ("1", "2", "5", "10", "20", "50", "100", "200", "300", "400", "500")
PICKS = (AUTO, *(str(flower) for flower in range(FLOWERS)))
PAIRS = {f"{FEATURES[i]} and {FEATURES[j]}": (i, j) for i, j in combinations(range(len(FEATURES)), 2)}
"""Planes of two measurements: which ones."""
DEFAULT_PLANE, PRINCIPAL = f"{FEATURES[2]} and {FEATURES[3]}", "principal components"
PLANES = (DEFAULT_PLANE, *(name for name in PAIRS if name != DEFAULT_PLANE), PRINCIPAL)


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
            parse_rate,
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
            typed=parse_activations,
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
            checked_network,
            default="",
            widget="",
            limits=words.OWN,
            shown="the irises",
        ),
        Text("edit", "Edits", checked_edits, default="", widget="", limits=words.EDITS_JOINED, shown="none"),
    ),
    "walkthrough": (
        Switch("quiz", "Answers hidden", default=False, widget="", limits=words.ON),
        Switch("present", "Presenter mode", default=False, widget="", limits=words.ON, also_of="lesson"),
    ),
    "lesson": (
        Whole("stop", "Stop", 1, STOPS, default=1, widget=""),
        Text("given", "Answers", checked_given, default="", widget="", limits=words.ANSWERS, shown="none"),
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
        Choice(
            "layer",
            "Hidden layer",
            default="1",
            also_of="overview",
            limits=words.HIDDEN_LAYERS,
            shown=words.FIRST_OR_LAST,
        ),
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
            checked_marks,
            default="",
            widget="",
            limits=words.marks(MOST_IN_SEQUENCE, MARKS),
            shown="none",
        ),
        Text(
            "made",
            "Mistakes before",
            checked_made,
            default="",
            widget="",
            limits=words.made(MOST_MADE),
            shown="none",
        ),
        Text("set", "Set", parse_set, format_set, default=(), widget="", limits=SETS, shown="none"),
        Switch("check", "Check my answers", default=False, widget="", limits=words.ON),
        Text("answers", "Answers", checked_answers, default="", widget="", limits=words.PACKED, shown="none"),
    ),
    "class": (
        Text("room", "Room", checked_room, default="", widget="", limits=words.ROOM, shown="none"),
        Text(
            "host",
            "Host",
            checked_secret,
            default="",
            widget="",
            limits=words.SECRET,
            shown="none",
            secret=True,
        ),
        Text(
            "ask", "Questions", checked_codes, default="", widget="", limits=words.CODES, shown="this view's"
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
