"""Move one activation by ε and measure what each path delivers. Markup, no Streamlit."""

import numpy as np

from backprop.arrays import FloatArray
from backprop.noise import ROUNDING, cost_noise
from backprop.study.paths import Nudge, nudge
from ui.draw.prose import number_cell, paragraph, row_head, table
from ui.draw.svg import tag
from ui.names.symbols import circled, symbol
from ui.state.cache import kept
from ui.state.data import named_entries
from ui.state.recording import recorded_step
from ui.views.paths import words
from ui.views.paths.choice import PathChoice
from ui.views.paths.knock_out import paths_into

CLEAR = 100
"""A remainder so many times as large as rounding can be compared with that of half the move."""


def nudge_markup(choice: PathChoice, epsilon: float) -> str:
    """Δz_k, predicted and measured share of every path, and the remainder."""
    step = recorded_step(choice.settings)
    moved = nudge(step, choice.layer, choice.unit, epsilon)
    half = nudge(step, choice.layer, choice.unit, epsilon / 2)
    # Up to every path's cost is compared with two others; each is off by its own rounding.
    rounding = (len(moved.moves) + 2) * (cost_noise(step) + ROUNDING * abs(moved.total))
    sentence = paragraph(_nudge_sentence(choice, moved, half, rounding), "bp-note")
    return sentence + _nudge_table(choice, moved, rounding)


def _beyond(value: float, rounding: float) -> float:
    """A difference of costs, 0 where rounding alone could make it."""
    return float(value) if abs(value) > rounding else 0.0


def _nudge_table(choice: PathChoice, moved: Nudge, rounding: float) -> str:
    def measured(value: float, key: str, class_: str = "") -> str:
        return number_cell(_beyond(value, rounding), key, class_)

    predicted, promised = _predicted(choice, moved)
    rows = [
        [
            row_head(f"{circled(k)} {name}"),
            number_cell(float(moved.moves[k]), f"move:{k}"),
            number_cell(float(predicted[k]), f"predicted:{k}"),
            measured(moved.measured[k], f"measured:{k}"),
            measured(moved.measured[k] - moved.predicted[k], f"curvature:{k}"),
        ]
        for k, name in enumerate(named_entries(choice.settings.config, choice.above))
    ]
    none = tag("td", "")
    if len(rows) > 1:
        rows += [
            [
                row_head("sum over paths"),
                none,
                number_cell(promised, "predicted:sum"),
                measured(moved.measured.sum(), "measured:sum"),
                measured(moved.own_curvature, "curvature:sum"),
            ],
            [row_head("paths moving together"), none, none, measured(moved.interaction, "interaction"), none],
        ]
    rows.append(
        [
            row_head("ΔC, everything computed again"),
            none,
            none,
            measured(moved.total, "measured:total", "bp-strong-cell"),
            measured(moved.remainder, "remainder", "bp-strong-cell"),
        ]
    )
    return table(words.nudge_head(symbol(choice.above)), rows, "bp-nudge")


def _predicted(choice: PathChoice, moved: Nudge) -> tuple[FloatArray, float]:
    """ε times the ledger's products, and times their sum."""
    paths = kept(paths_into, choice.settings, choice.layer)
    carries = paths.path_terms[:, choice.unit] != 0
    together = moved.predicted.sum() if paths.cotangent[choice.unit] else 0.0
    return np.where(carries, moved.predicted, 0.0), float(together)


def _nudge_sentence(choice: PathChoice, moved: Nudge, half: Nudge, rounding: float) -> str:
    if moved.epsilon == 0:
        return words.NO_NUDGE
    total, remainder = (_beyond(value, rounding) for value in (moved.total, moved.remainder))
    said = words.nudged(choice.name, moved.epsilon, _predicted(choice, moved)[1], total)
    if remainder == 0:
        return f"{said} {words.NO_REMAINDER if moved.crosses else words.STRAIGHT}"
    if moved.crosses:
        return f"{said} {words.kink(remainder)}"
    if abs(remainder) < CLEAR * rounding:
        return f"{said} {words.faint_curvature(remainder)}"
    return f"{said} {words.curvature(remainder, half.remainder, half.remainder / moved.remainder)}"
