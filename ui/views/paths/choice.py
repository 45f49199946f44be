"""What the reader of the page has chosen: layer, unit, paths knocked out, nudge. All of it in the URL."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from backprop.noise import carried
from backprop.study.telling import telling_unit
from ui.names.symbols import circled, symbol
from ui.state.address import asked_all, is_of_link, keep_texts, seed
from ui.state.choices import notice, option, pills, slider
from ui.state.recording import recorded_step
from ui.state.settings import Settings
from ui.views.paths import words

AUTO = "auto"
EPSILON, LARGEST_EPSILON = 0.1, 1.0


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
    """The controls at the top of the page, and what they are set to."""
    hidden, layer = settings.hidden, 1
    if len(hidden) == 1:
        _only_layer()
    with st.container(horizontal=True, key="paths_choice"):
        if len(hidden) > 1:
            layer = int(_unit_pills("Hidden layer", "layer", _numbers(len(hidden)), "1"))
        options = [AUTO, *_numbers(hidden[layer - 1])]
        wanted = _unit_pills(words.unit_label(layer), "unit", options, AUTO, words.AUTO_HELP)
        unit = _telling(settings, layer) if wanted == AUTO else int(wanted) - 1
        dropped = _knock_out(settings, layer)
    return PathChoice(settings, layer, unit, dropped)


def choose_epsilon() -> float:
    """The slider of the nudge."""
    return slider("Nudge ε", "eps", -LARGEST_EPSILON, LARGEST_EPSILON, EPSILON, 0.01)


def _numbers(count: int) -> list[str]:
    return [str(number) for number in range(1, count + 1)]


def _telling(settings: Settings, layer: int) -> int:
    step = recorded_step(settings)
    return telling_unit(step, carried(step, f"z{layer + 1}", f"a{layer}"))


def _unit_pills(
    label: str, key: str, options: Sequence[str], default: str, help_text: str | None = None
) -> str:
    return pills(label, key, options, default, help_text, expected=_choices(options))


def _only_layer() -> None:
    """One hidden layer leaves nothing to choose; an old link may still ask for another."""
    option("Hidden layer", "layer", ("1",), "1", words.ONE_LAYER_ONLY)


def _knock_out(settings: Settings, layer: int) -> tuple[int, ...]:
    """The paths that are knocked out."""
    options = _numbers(settings.config.layer_sizes[layer + 1])
    dropped = asked_all("drop")
    right = [path for path in options if path in dropped]
    wrong = [path for path in dropped if path not in options]
    if wrong and is_of_link("drop"):
        notice("Knocked-out path", _choices(options), wrong[0], "the others" if right else "none")
    seed("drop", right)
    if not set(st.session_state.get("drop", ())).issubset(options):
        st.session_state["drop"] = right
    chosen = st.pills(
        f"Knock out paths ({circled(0)} is 1)", options, selection_mode="multi", key="drop", wrap=True
    )
    keep_texts("drop", sorted(chosen or (), key=int))
    return tuple(int(path) - 1 for path in asked_all("drop"))


def _choices(options: Sequence[str]) -> str:
    names = [option for option in options if option == AUTO]
    numbers = [option for option in options if option != AUTO]
    between = numbers[0] if len(numbers) == 1 else f"1 to {numbers[-1]}"
    return " or ".join([*names, between])
