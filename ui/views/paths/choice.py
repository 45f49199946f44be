"""What the reader of the page has chosen: layer, unit, paths knocked out, nudge. All of it in the URL."""

from dataclasses import dataclass, replace
from typing import Any

from backprop.noise import carried
from backprop.study.telling import telling_unit
from ui.names.symbols import symbol
from ui.state.address import asked_all, is_of_link, keep, keep_texts
from ui.state.choices import ask, numbers, say
from ui.state.parameters import AUTO, PARAMETERS
from ui.state.recording import recorded_step
from ui.state.settings import Settings
from ui.views.paths import words


@dataclass(frozen=True, slots=True)
class PathChoice:
    """One view of the page, checked.

    Attributes:
        settings: those of the sidebar.
        layer: a hidden layer, from 1.
        unit: one of its units, 0-based.
        dropped: the paths that are knocked out, 0-based, in order.
    """

    settings: Settings
    layer: int
    unit: int
    dropped: tuple[int, ...] = ()

    @property
    def above(self) -> str:
        """Name of the sums that the paths go through, such as z2."""
        return f"z{self.layer + 1}"

    @property
    def activation(self) -> str:
        """Name of the hidden layer's activations, such as a1."""
        return f"a{self.layer}"

    @property
    def name(self) -> str:
        """The unit's activation, such as a¹₅."""
        return symbol(self.activation, self.unit)

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
    if len(hidden) == 1:  # nothing to choose; an old link may still ask for another
        ask("layer", options=("1",), among=words.ONE_LAYER_ONLY, widget="")
    else:
        layer = int(ask("layer", **_numbered(len(hidden))))
    wanted = ask("unit", label=words.unit_label(layer), widget="", **_numbered(hidden[layer - 1], AUTO))
    keep("unit", wanted, AUTO)  # once, also where a link asks twice
    unit = told_by_auto(settings, layer) if wanted == AUTO else int(wanted) - 1
    return PathChoice(settings, layer, unit, _knocked_out(settings, layer))


def told_by_auto(settings: Settings, layer: int) -> int:
    """The unit of the layer that tells most."""
    step = recorded_step(settings)
    return telling_unit(step, carried(step, f"z{layer + 1}", f"a{layer}"))


def _knocked_out(settings: Settings, layer: int) -> tuple[int, ...]:
    offered = _numbered(settings.config.layer_sizes[layer + 1])
    row, dropped = replace(PARAMETERS["drop"], **offered), asked_all("drop")
    right = [path for path in offered["options"] if path in dropped]
    problems = [problem for path in dropped if (problem := row.problem(path))]
    if is_of_link("drop") and problems:
        say(row.notice(problems[0], "the others" if right else "none"))
    keep_texts("drop", right)
    return tuple(int(path) - 1 for path in right)


def _numbered(count: int, *names: str) -> dict[str, Any]:
    """Options from 1, after those with a name, and what a notice calls them."""
    between = "1" if count == 1 else f"1 to {count}"
    return {"options": [*names, *numbers(count)], "among": " or ".join([*names, between])}
