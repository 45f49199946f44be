"""Prepared examples: settings that show one effect at its clearest, and what to look for there."""

from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any

from backprop.primitives import cost_rule
from ui.names.timeline import find_step
from ui.state import textbook, words
from ui.state.books import BOOKS, Book
from ui.state.own import network_of, read_network, write_network
from ui.state.pages import shows_network
from ui.state.parameters import OWN, PARAMETERS, TEXTBOOK
from ui.state.settings import FIELDS, Settings, setting_rows

START = Settings(**{field: row.default for row, field in setting_rows()})
"""What the app shows when nobody has asked for anything."""


@dataclass(frozen=True, slots=True)
class Preset:
    """One example.

    Attributes:
        name: in the menu.
        look: what to look for, in a sentence or two; a test computes every number in it.
        settings: of the view.
        best: URL path of the page that shows it best.
        step: id of the step of the walkthrough to open.
        jacobian: the one to open on the Jacobians page.
        unit: hidden layer and unit, from 1, to open on the Derivative paths page; None: its own choice.
        source: of a book's example; empty for one of ours.
    """

    name: str
    look: str
    settings: Settings
    best: str
    step: str
    jacobian: str
    unit: tuple[int, int] | None = None
    source: str = ""

    def link(self, page: str) -> str:
        """Relative URL of the example on this page, or on the best one if this page cannot show it."""
        page = page if shows_network(page) else self.best
        return self.settings.link(page, **self._parameters(page))

    def _parameters(self, page: str) -> dict[str, str | int]:
        if page == "walkthrough":
            return {"step": find_step(self.settings.config, self.step)}
        if page == "jacobians":
            return {"jacobian": self.jacobian}
        if page == "paths" and self.unit:
            layer, unit = self.unit
            return {"unit": unit} if layer == 1 else {"layer": layer, "unit": unit}
        return {}


def _from_book(book: Book) -> Preset:
    """The example with the settings that its lines state."""
    network = read_network(book.text)
    settings: dict[str, Any] = {"data": OWN, "own": write_network(network), "hidden": network.hidden}
    for key, text in network.settings.items():
        settings[FIELDS.get(key, key)] = PARAMETERS[key].read(text)
    return Preset(
        book.name,
        book.look,
        replace(START, **settings),
        best=book.best,
        step=book.step,
        jacobian=book.jacobian,
        source=book.source,
    )


_MAZUR = replace(
    START,
    data=TEXTBOOK,
    hidden=textbook.HIDDEN,
    activation="sigmoid",
    output="sigmoid-squared",
    learning_rate=0.5,
)

PRESETS = (
    Preset(
        "Figure 1, all units on",
        words.FIGURE_1,
        replace(START, flower=51, seed=41),
        best="paths",
        step="1.II",
        jacobian="z2-a1",
        unit=(1, 4),
    ),
    Preset(
        "Confident and wrong",
        words.CONFIDENT_AND_WRONG,
        replace(START, seed=5, learning_rate=0.3, epoch=100),
        best="walkthrough",
        step="2.IV",
        jacobian="a2-z2",
    ),
    Preset(
        "Dead ReLU",
        words.DEAD_RELU,
        replace(START, seed=48, learning_rate=2.5, epoch=2),
        best="paths",
        step="1.IV",
        jacobian="a1-z1",
        unit=(1, 1),
    ),
    Preset(
        "Cancelling paths",
        words.CANCELLING_PATHS,
        replace(START, flower=0, seed=482),
        best="paths",
        step="1.II",
        jacobian="z2-a1",
        unit=(1, 4),
    ),
    Preset(
        "Saturated softmax",
        words.SATURATED_SOFTMAX,
        replace(START, edit="b2_1_25"),
        best="jacobians",
        step="2.IV",
        jacobian="a2-z2",
    ),
    Preset(
        "Element-wise output",
        words.ELEMENT_WISE_OUTPUT,
        replace(START, output="sigmoid"),
        best="jacobians",
        step="2.IV",
        jacobian="a2-z2",
    ),
    Preset(
        "Vanishing gradient",
        words.VANISHING_GRADIENT,
        replace(START, hidden=(2, 2, 2, 2), activation="tanh", seed=1132),
        best="update",
        step="1.VI",
        jacobian="a1-z1",
    ),
    Preset(
        "Textbook 2-2-2",
        words.TEXTBOOK_2_2_2,
        _MAZUR,
        best="update",
        step="update.2",
        jacobian="z2-a1",
        unit=(1, 1),
        source=words.BY_MAZUR,
    ),
    Preset(
        "Mazur 2-2-2, fixed biases",
        words.MAZUR_FIXED,
        replace(_MAZUR, bias="fixed"),
        best="update",
        step="update.1",
        jacobian="z2-a1",
        unit=(1, 1),
        source=words.BY_MAZUR,
    ),
    *map(_from_book, BOOKS),
)


@lru_cache(maxsize=256)  # every run asks twice
def active_preset(settings: Settings) -> Preset | None:
    """The example that these settings are, if they are one."""
    return _by_meaning().get(_meaningful(settings))


@cache
def _by_meaning() -> dict[Settings, Preset]:
    return {_meaningful(preset.settings): preset for preset in PRESETS}


def _meaningful(settings: Settings) -> Settings:
    """The same with defaults for what does not count: flower, seed or training, or own numbers.

    Numbers of a book are those of a reader who types them, whatever they are called.
    """
    if settings.given is None:
        settings = replace(settings, own=START.own, obs=START.obs)
    else:
        numbers = _numbers(settings.own if settings.data == OWN else "")
        settings = replace(settings, data=OWN, own=numbers, flower=START.flower)
    if not settings.hidden:
        settings = replace(settings, activation=START.activation)
    if not cost_rule(settings.config.loss).scale:
        settings = replace(settings, scale=START.scale)
    if settings.has_given_params:
        settings = replace(settings, seed=START.seed)
    if not settings.is_trained:
        settings = replace(settings, split=START.split, batch=START.batch)
    return settings


@lru_cache(maxsize=256)  # every run of a page asks for it
def _numbers(own: str) -> str:
    """Given numbers without names, as a link has them; without any, those of the textbook."""
    given = network_of(own) if own else textbook.NETWORK
    return write_network(replace(given, inputs=(), outputs=()))
