"""The settings of a view. All of them are in the address: see ui.state.address.

ui.shell.sidebar draws their widgets before the page runs; pages read `current_settings`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from urllib.parse import parse_qsl, urlencode

import streamlit as st

from backprop import MLPConfig
from backprop.primitives import output_options
from backprop.study.rules import path_count
from ui.names.timeline import find_step
from ui.state import textbook
from ui.state.address import asked, has_begun, parameters, put
from ui.state.data import FEATURES, SPECIES
from ui.state.own import OwnNetwork, network_of
from ui.state.pages import app_pages
from ui.state.parameters import FULL_BATCH, IRIS, MAX_TAKEN, OWN, PARAMETERS, TEXTBOOK, UNTRAINED, rows_of
from ui.state.parsing import activations_of
from ui.state.rows import Parameter
from ui.state.runtime import is_without_app
from ui.state.training_runs import TrainingPlan

FIELDS = {"lr": "learning_rate", "act": "activation", "out": "output", "err": "scale"}
"""Parameters that have another name among the settings."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What one view of the app shows, checked.

    Attributes:
        flower: 0..149.
        seed: of the initial weights.
        learning_rate: η.
        hidden: units of the hidden layers, such as (5,) or (6, 5); empty for none.
        activation: of the hidden layers, such as relu, or relu-sigmoid for one each.
        output: a key of output_options().
        scale: of a squared error, one of scale_options().
        bias: whether biases are learned, fixed, or none.
        taken: how many update steps, on this flower with this η, come before the one that is shown.
        epoch: after how many epochs of training they begin, 0..MAX_EPOCHS; UNTRAINED leaves the flowers
            standardised over all 150, where a training standardises them over its own.
        split: seed of the split into training and test flowers.
        batch: flowers a step of the training, an option of BATCH_SIZES.
        data: one of DATA; a flower has no meaning for numbers of a book or one's own.
        own: these numbers, as a link has them.
        obs: which of their observations is shown, from 1 on.
        edit: numbers put in place of others, as ui.state.edits writes them.
    """

    flower: int
    seed: int
    learning_rate: float
    hidden: tuple[int, ...]
    activation: str
    output: str
    scale: str = PARAMETERS["err"].default
    bias: str = PARAMETERS["bias"].default
    taken: int = 0
    epoch: int = PARAMETERS["epoch"].default
    split: int = PARAMETERS["split"].default
    batch: str = PARAMETERS["batch"].default
    data: str = PARAMETERS["data"].default
    own: str = PARAMETERS["own"].default
    obs: int = PARAMETERS["obs"].default
    edit: str = PARAMETERS["edit"].default

    @property
    def given(self) -> OwnNetwork | None:
        """The numbers of a book, or the reader's own; None for irises."""
        if self.data == OWN:
            return network_of(self.own)
        return textbook.NETWORK if self.data == TEXTBOOK else None

    @property
    def row(self) -> int:
        """Which observation is shown, 0-based: of all flowers, or of those that are given."""
        return self.flower if self.given is None else min(self.obs, len(self.given.X)) - 1

    @property
    def is_trained(self) -> bool:
        """Whether the weights are those of a training."""
        return self.epoch != UNTRAINED

    @property
    def has_given_params(self) -> bool:
        """Whether the first weights are given, by a book or the reader, and not those of the seed."""
        return self.given is not None and self.given.hidden == self.hidden

    @property
    def plan(self) -> TrainingPlan:
        """The training these settings ask for: of flowers, or of all observations that are given."""
        batch_size = None if self.batch == FULL_BATCH else int(self.batch)
        if self.given is None:
            return TrainingPlan(self.config, self.seed, self.learning_rate, self.split, batch_size)
        if batch_size and batch_size >= len(self.given.X):
            batch_size = None
        own = self.own if self.data == OWN else textbook.VALUE
        return TrainingPlan(self.config, self.seed, self.learning_rate, 0, batch_size, own)

    @property
    def config(self) -> MLPConfig:
        """The network these settings ask for."""
        own = self.own if self.data == OWN else ""
        return _network(self.hidden, self.activation, self.output, self.scale, self.bias, self.data, own)

    def link(self, page: str, **more: str | int) -> str:
        """Relative URL of `page` with these settings; `more` adds parameters such as step=14."""
        query = urlencode({**_changed(self), **more})
        return f"{page or '.'}?{query}" if query else page or "."

    def step_link(self, step_id: str) -> str:
        """Relative URL of the walkthrough at a step of its timeline, such as "2.IV"."""
        return self.link("walkthrough", step=find_step(self.config, step_id))


@lru_cache(maxsize=256)  # a page asks up to 200 times
def _changed(settings: Settings) -> Mapping[str, str]:
    """What is not at its default, as a link has it."""
    texts = [(row, row.write(getattr(settings, field))) for row, field in setting_rows()]
    return {row.key: text for row, text in texts if text != row.default_text}


@lru_cache(maxsize=256)  # each network checks itself
def _network(
    hidden: tuple[int, ...], activation: str, output: str, scale: str, bias: str, data: str, own: str
) -> MLPConfig:
    given = network_of(own) if data == OWN else textbook.NETWORK
    inputs, outputs = given.X.shape[1], given.Y.shape[1]
    called = given.inputs, given.outputs
    if data == IRIS:
        inputs, outputs, called = len(FEATURES), len(SPECIES), (FEATURES, SPECIES)
    names = activations_of(activation, len(hidden) or 1)
    hidden_activation = names if len(set(names)) > 1 else names[0]
    sizes, last = (inputs, *hidden, outputs), output_options(scale)[output]
    return MLPConfig(sizes, hidden_activation, *last, bias, *called)


def current_settings() -> Settings:
    """The settings of this run, which ui.state.choices has put right."""
    require_app()
    return _settings(*_texts())


def settings_of(query: str) -> Settings:
    """The settings of a link's query, such as flower=3&seed=9, as `Settings.link` writes it.

    Raises:
        ValueError: if one of them is not valid.
    """
    texts = dict(parse_qsl(query))
    return _settings(*(texts.get(row.key, row.default_text) for row in rows_of("")))


def shared_texts() -> dict[str, str]:
    """Every parameter of all pages, as a link writes it out; empty ones left out."""
    texts = {row.key: row.write(row.read(text)) for row, text in zip(rows_of(""), _texts(), strict=True)}
    return {key: text for key, text in texts.items() if text}


def _texts() -> Iterator[str]:
    """What the parameters of all pages are, in their order."""
    view = parameters()
    return (view.get(row.key, [""])[-1] or row.default_text for row in rows_of(""))


@lru_cache(maxsize=256)
def _settings(*texts: str) -> Settings:
    values = {row.key: row.read(text) for row, text in zip(rows_of(""), texts, strict=True)}
    return Settings(**{field: values[row.key] for row, field in setting_rows()})


@cache
def setting_rows() -> Sequence[tuple[Parameter, str]]:
    """The parameters that are settings, and the names they have there."""
    named = [(row, FIELDS.get(row.key, row.key)) for row in rows_of("")]
    return [(row, field) for row, field in named if field in Settings.__dataclass_fields__]


def take_steps(count: int) -> None:
    """Callback: so many more steps are taken; a negative number goes back."""
    put("taken", min(MAX_TAKEN, max(0, int(asked("taken") or 0) + count)) or None)


def require_app() -> None:
    """Run again from app.py, if the page runs without it.

    A process does that for all who follow a link to the page before anybody has been there.
    """
    if is_without_app() or not has_begun():
        st.session_state["began_without_app"] = True
        st.navigation(app_pages())
        st.rerun()


def lab_link(settings: Settings, path: int) -> str:
    """The lab with this path, 0-based, as its single one; with its own where it has none of that number."""
    own = {"lab_path": path + 1} if path < path_count(settings.config) else {}
    return settings.link("chain_rule_lab", **own)
