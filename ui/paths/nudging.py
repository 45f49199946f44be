"""Move one activation by ε and measure what each path delivers. Markup, no Streamlit."""

from functools import lru_cache

from backprop.paths import (
    Nudge,
    nudge,
)
from ui.numbers import percent, signed
from ui.paths.choice import PathChoice
from ui.paths.marks import (
    circled,
    number_cell,
    paragraph,
    row_head,
    sum_names,
    table,
)
from ui.recording import recorded_step
from ui.stage.names import symbol
from ui.svg import tag

ROUNDING = 1e-12


@lru_cache(maxsize=512)
def nudge_markup(choice: PathChoice, epsilon: float) -> str:
    """Δz_k, predicted and measured share of every path, and the remainder."""
    step = recorded_step(choice.settings)
    moved = nudge(step, choice.layer, choice.unit, epsilon)
    half = nudge(step, choice.layer, choice.unit, epsilon / 2)
    return paragraph(_nudge_sentence(choice, moved, half), "bp-note") + _nudge_table(choice, moved)


def _nudge_table(choice: PathChoice, moved: Nudge) -> str:
    z = symbol(choice.above)
    head = [
        "path",
        f"Δ{z}ₖ = ε · w",
        "predicted share of ΔC",
        "measured, this path alone",
        "curvature",
    ]
    rows = [
        [
            row_head(f"{circled(k)} {name}"),
            number_cell(float(moved.moves[k]), f"move:{k}"),
            number_cell(float(moved.predicted[k]), f"predicted:{k}"),
            number_cell(float(moved.measured[k]), f"measured:{k}"),
            number_cell(float(moved.measured[k] - moved.predicted[k]), f"curvature:{k}"),
        ]
        for k, name in enumerate(sum_names(choice.settings, choice.layer + 1))
    ]
    none = tag("td", "")
    rows += [
        [
            row_head("sum over paths"),
            none,
            number_cell(float(moved.predicted.sum()), "predicted:sum"),
            number_cell(float(moved.measured.sum()), "measured:sum"),
            number_cell(moved.own_curvature, "curvature:sum"),
        ],
        [row_head("paths moving together"), none, none, number_cell(moved.interaction, "interaction"), none],
        [
            row_head("ΔC, everything computed again"),
            none,
            none,
            number_cell(moved.total, "measured:total", "bp-strong-cell"),
            number_cell(moved.remainder, "remainder", "bp-strong-cell"),
        ],
    ]
    return table(head, rows, "bp-nudge")


def _nudge_sentence(choice: PathChoice, moved: Nudge, half: Nudge) -> str:
    if moved.epsilon == 0:
        return "With ε = 0 nothing moves. Drag the slider."
    said = (
        f"You move {choice.name} by {signed(moved.epsilon)}. The ledger predicts "
        f"ΔC = ε · ∂C/∂{choice.name} = {signed(moved.predicted.sum())}; the cost really moves by "
        f"{signed(moved.total)}. The remainder, {signed(moved.remainder)}, is curvature"
    )
    if moved.crosses:
        return f"{said}, and a ReLU after it goes on or off on the way: a kink, which no slope can predict."
    if abs(moved.remainder) <= ROUNDING * max(1.0, abs(moved.total)):
        return f"{said}: none here but rounding, since the cost is straight in this direction."
    ratio = half.remainder / moved.remainder
    left = f"at ε/2 it is {signed(half.remainder)}, {percent(ratio)} of that"
    return f"{said}: {left}; ε² alone would leave {percent(0.25)}."
