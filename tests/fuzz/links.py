"""Query strings: every parameter that a page reads, right, wrong, twice, and badly encoded."""

import random
from collections.abc import Mapping, Sequence
from urllib.parse import quote, quote_plus

from backprop.primitives import output_options
from tests.fuzz.texts import odd_text
from ui.state import parameters
from ui.state.packed import pack
from ui.state.pages import TITLES
from ui.state.parameters import BATCH_SIZES, DATA
from ui.state.rooms.codes import code_of

PARAMETERS = sorted({*parameters.PARAMETERS, "embed", "embed_options"})
"""Every parameter that a page reads, and Streamlit's own."""

PAGES = tuple(TITLES)

RIGHT: Mapping[str, Sequence[object]] = {
    "flower": range(150),
    "seed": range(10000),
    "lr": (0, 0.05, 0.1, 1, 9.99, 10),
    "hidden": ("5", "1", "6-5", "16-16-16-16", "1-1-1-1", "2", "4-3-2"),
    "act": ("relu", "tanh", "sigmoid", "identity"),
    "out": tuple(output_options()),
    "step": range(100),
    "taken": (0, 1, 2, 10, 200),
    # Long trainings are right, too, and take seconds each.
    "epoch": (-1, -1, -1, 0, 1, 3),
    "split": range(4),
    "batch": BATCH_SIZES,
    "data": DATA,
    "edit": (
        "",
        "b2_3_-740",
        "b2_1_1000~b1_1_-1000",
        "x_1_1e-320~x_2_-1e-300",
        "W1_1_1_.5e-9~b2_2_-37",
        "W1_2_3_0.5",
        "x_1_-1.2~b1_1_1000",
        "y_1_1~y_2_0~y_3_0",
        "W2_1_1_1000~W1_1_1_-1000",
    ),
    "jacobian": ("a1/z1", "C/a2", "z2/W2", "z1/W1", "z2/a1", "z1-W1"),
    "block": range(1, 6),
    "quiz": (0, 1),
    "present": (0, 1),
    "embed": ("true", "false"),
    "unit": ("auto", *range(1, 17)),
    "layer": range(1, 5),
    "drop": range(1, 6),
    "eps": (-1, -0.37, 0.01, 1),
    "epochs": (1, 2, 5),
    "lab_epochs": (1, 2, 5),
    "lab_seeds": (1, 2),
    "t": (-3, 0, 0.05, 3),
    "n": range(1, 151),
    "q": range(1, 100),
    "check": (0, 1),
    "room": (code_of("0123456789abcdef"), "ABCDEF"),
    "host": ("0123456789abcdef",),
    "ask": ("sum.1-stop.7a.choice-stop.10d", "step.2.IV", "nothing.1"),
    "answers": tuple(map(pack, ("a1 = 1 2 3 4 5", "dW2[0,1] = 0,5\ndelta1 = ?", "C = 1/3\nfoo"))),
}


def link(rng: random.Random) -> str:
    """A query string with some of the parameters."""
    pairs = [_pair(rng) for _ in range(rng.choice((1, 1, 2, 3, 5, 8, 20)))]
    return rng.choice(("&",) * 9 + (";",)).join(pairs)


def _pair(rng: random.Random) -> str:
    key = rng.choice(PARAMETERS) if rng.random() < 0.95 else odd_text(rng)[:100]
    encode = rng.choice((quote_plus, quote_plus, quote_plus, quote, _badly))
    return f"{encode(key)}={encode(value(rng, key))}" if rng.random() < 0.98 else encode(key)


def value(rng: random.Random, key: str) -> str:
    """For this key: half the time right, so that the wrong ones meet many views."""
    if rng.random() < 0.5:
        return str(rng.choice(RIGHT.get(key, ("1",))))
    return odd_text(rng)


def _badly(text: str) -> str:
    """Broken percent-encoding."""
    return text[:200].replace("e", "%").replace("<", "%3c").replace(" ", "%zz") + "%f0%9f%8c"
