"""What the reader of the page has chosen: layer, unit, paths knocked out, nudge. All of it in the URL."""

from dataclasses import dataclass, replace
from typing import Any

from backprop.noise import carried
from backprop.study.telling import telling_unit
from ui.names.symbols import symbol
from ui.state.address import keep
from ui.state.choices import ask, from_one, numbers, switched_out
from ui.state.parameters import AUTO
from ui.state.recording import recorded_step
from ui.state.settings import Settings
from ui.views.paths.words import page as words


@dataclass(frozen=True, slots=True)
class PathChoice:
    """One view of the page, checked.

    Attributes:
        settings: those of the sidebar.
        layer: a hidden layer, from 1; the output layer where there is no other.
        unit: one of its units, 0-based.
        dropped: the paths that are knocked out, 0-based, in order.
    """

    settings: Settings
    layer: int
    unit: int
    dropped: tuple[int, ...] = ()

    @property
    def is_output(self) -> bool:
        """Whether the paths are those of an output's z, through softmax, since there is no hidden layer."""
        return not self.settings.hidden

    @property
    def above(self) -> str:
        """Name of what the paths go through, such as z2: the sums above, or the outputs."""
        return f"a{self.layer}" if self.is_output else f"z{self.layer + 1}"

    @property
    def start(self) -> str:
        """Name of what the paths come from, such as a1: the layer's activations, or the output's z."""
        return f"z{self.layer}" if self.is_output else f"a{self.layer}"

    @property
    def name(self) -> str:
        """The one that they come from, such as a¹₅."""
        return symbol(self.start, self.unit)

    @property
    def step_id(self) -> str:
        """The step of the walkthrough where their sum is."""
        return f"{self.layer}.{'IV' if self.is_output else 'II'}"

    @property
    def widths(self) -> tuple[int, ...]:
        """Units of every layer after this one."""
        return self.settings.config.layer_sizes[self.layer + 1 :]

    def link(self, **changed: str | int) -> str:
        """Relative URL of this page with some parameters changed."""
        return self.settings.link("paths", **{"layer": self.layer, "unit": self.unit + 1, **changed})


def choose_paths(settings: Settings) -> PathChoice:
    """The layer from its widget, unit and knocked-out paths as the scene has moved them."""
    hidden, layer = settings.hidden, 1
    if len(hidden) <= 1:  # nothing to choose; an old link may still ask for another
        ask("layer", options=("1",), among=words.ONE_LAYER_ONLY, widget="")
    else:
        layer = int(ask("layer", **_numbered(len(hidden))))
    start = PathChoice(settings, layer, 0)
    units = settings.config.layer_sizes[layer]
    wanted = ask("unit", label=words.unit_label(layer, start.is_output), widget="", **_numbered(units, AUTO))
    keep("unit", wanted, AUTO)  # once, also where a link asks twice
    unit = told_by_auto(settings, layer) if wanted == AUTO else int(wanted) - 1
    paths = len(recorded_step(settings).tape[start.above])
    return replace(start, unit=unit, dropped=switched_out("drop", paths))


def told_by_auto(settings: Settings, layer: int) -> int:
    """The unit of the layer that tells most."""
    step, start = recorded_step(settings), PathChoice(settings, layer, 0)
    return telling_unit(step, carried(step, start.above, start.start))


def _numbered(count: int, *names: str) -> dict[str, Any]:
    """Options from 1, after those with a name, and what a notice calls them."""
    return {"options": [*names, *numbers(count)], "among": from_one(count, *names)}
