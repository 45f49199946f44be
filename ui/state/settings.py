"""The settings of a view. All of them are in the address: see ui.state.address.

ui.shell.sidebar draws their widgets, in app.py, before the page runs; pages read `current_settings`.
Defaults and option labels are part of old links: never change them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NoReturn
from urllib.parse import urlencode

import streamlit as st

from backprop import MLPConfig
from backprop.primitives import output_options
from backprop.study.rules import path_count
from ui.names.typed import with_plain_signs
from ui.state import textbook
from ui.state.address import has_begun, parameters
from ui.state.data import FEATURES, SPECIES
from ui.state.navigation import app_pages
from ui.state.runtime import is_without_app
from ui.state.training_runs import TrainingPlan

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
BATCH_SIZES = (FULL_BATCH, "32", "16", "8", "4", "1")

DEFAULTS: Mapping[str, str | int | float] = {
    "flower": 106,
    "seed": 859,
    "lr": 0.1,
    "hidden": "5",
    "act": "relu",
    "out": "softmax",
    "step": 0,
    "taken": 0,
    "epoch": UNTRAINED,
    "split": 1,
    "batch": "16",
    "data": IRIS,
    "edit": "",
}


@dataclass(frozen=True, slots=True)
class Settings:
    """What one view of the app shows, checked.

    Attributes:
        flower: 0..149.
        seed: of the initial weights.
        learning_rate: η.
        hidden: units of the hidden layers, such as (5,) or (6, 5).
        activation: of the hidden layers.
        output: a key of output_options().
        taken: how many update steps, on this flower with this η, come before the one that is shown.
        epoch: after how many epochs of training they begin, 0..MAX_EPOCHS; UNTRAINED leaves the flowers
            standardised over all 150, where a training standardises them over its own.
        split: seed of the split into training and test flowers.
        batch: flowers a step of the training, an option of BATCH_SIZES.
        data: a key of DATA; flower, seed and training have no meaning for the textbook's own network.
        edit: numbers put in place of others, as ui.state.edits writes them.
    """

    flower: int
    seed: int
    learning_rate: float
    hidden: tuple[int, ...]
    activation: str
    output: str
    taken: int = 0
    epoch: int = int(DEFAULTS["epoch"])
    split: int = int(DEFAULTS["split"])
    batch: str = str(DEFAULTS["batch"])
    data: str = str(DEFAULTS["data"])
    edit: str = str(DEFAULTS["edit"])

    @property
    def is_trained(self) -> bool:
        """Whether the weights are those of a training, which only iris has."""
        return self.epoch != UNTRAINED and self.data == IRIS

    @property
    def plan(self) -> TrainingPlan:
        """The training these settings ask for: always of flowers, with the hidden layers chosen."""
        batch_size = None if self.batch == FULL_BATCH else int(self.batch)
        config = replace(self, data=IRIS).config
        return TrainingPlan(config, self.seed, self.learning_rate, self.split, batch_size)

    @property
    def config(self) -> MLPConfig:
        """The network these settings ask for."""
        return _network(self.hidden, self.activation, self.output, self.data)

    def link(self, page: str, **more: str | int) -> str:
        """Relative URL of `page` with these settings; `more` adds parameters such as step=14."""
        values = {
            "flower": self.flower,
            "seed": self.seed,
            "lr": number_text(self.learning_rate),
            "hidden": "-".join(map(str, self.hidden)),
            "act": self.activation,
            "out": self.output,
            "taken": self.taken,
            "epoch": self.epoch,
            "split": self.split,
            "batch": self.batch,
            "data": self.data,
            "edit": self.edit,
        }
        changed = {key: value for key, value in values.items() if str(value) != str(DEFAULTS[key])}
        query = urlencode({**changed, **more})
        return f"{page or '.'}?{query}" if query else page or "."


@lru_cache(maxsize=256)  # a page asks up to 200 times, and each network checks itself
def _network(hidden: tuple[int, ...], activation: str, output: str, data: str) -> MLPConfig:
    output_activation, loss = output_options()[output]
    inputs, outputs = DATA[data]
    return MLPConfig((inputs, *hidden, outputs), activation, output_activation, loss)


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
        raise ValueError(
            f"Hidden layers: expected 1 to {MAX_HIDDEN_LAYERS} layers of 1 to {MAX_UNITS} units, "
            f"such as 5 or 6-5, got {shorten(text)}."
        )
    return sizes


def number_text(value: float) -> str:
    """A number as links have it, with all its digits: 0.1, 1e-05, 10."""
    return repr(value).removesuffix(".0")


def current_settings() -> Settings:
    """The settings of this run, which ui.state.setting_checks has put right."""
    if is_without_app() or not has_begun():
        _start_from_app()
    view = parameters()  # once: Streamlit takes 10 µs to look up a value
    texts = {key: view.get(key, [""])[-1] or str(default) for key, default in DEFAULTS.items()}
    return Settings(
        flower=int(texts["flower"]),
        seed=int(texts["seed"]),
        learning_rate=float(texts["lr"]),
        hidden=parse_hidden(texts["hidden"]),
        activation=texts["act"],
        output=texts["out"],
        taken=int(texts["taken"]),
        epoch=int(texts["epoch"]),
        split=int(texts["split"]),
        batch=texts["batch"],
        data=texts["data"],
        edit=texts["edit"],
    )


def _start_from_app() -> NoReturn:
    """Run again from app.py.

    A process runs a page without it for all who follow a link to the page before anybody has been there.
    """
    st.session_state["began_without_app"] = True
    st.navigation(app_pages())
    st.rerun()


def shorten(text: str) -> str:
    """The text as code, so that Markdown leaves it alone, and not more of it than fits a notice."""
    clean = "".join(character for character in text if character.isprintable() and character != "`")
    return f"`{clean[:30]}…`" if len(clean) > 30 else f"`{clean or ' '}`"


def lab_link(settings: Settings, path: int) -> str:
    """The lab with this path, 0-based, as its single one; with its own where it has none of that number."""
    own = {"lab_path": path + 1} if path < path_count(settings.config) else {}
    return settings.link("chain_rule_lab", **own)
