"""Stop 9: a batch."""

from backprop.network import input_of
from ui.draw.scenes import (
    Group,
    Part,
)
from ui.names.symbols import entries, symbol
from ui.questions.lesson.batch import batch_of
from ui.state.recording import recorded_step
from ui.state.settings import Settings
from ui.views.lesson.scenes.parts import MOST_WRITTEN, side_by_side


def batch(settings: Settings, is_shown: bool) -> list[Part]:
    """D and A, one observation a row; then D W beside them, and Dᵀ A / N below."""
    found, last = batch_of(settings), settings.config.depth
    rows = [name.rpartition(" ")[2] for name in found.names]
    step = recorded_step(settings)
    below = input_of(last)
    units, inputs = (entries(f"z{last}", found.D.shape[1]), entries(below, found.A.shape[1]))
    D = ("D", units, found.D, "cell=D")
    A = ("A", inputs, found.A, "cell=A")
    through = (f"D {symbol(f'W{last}')}", inputs, found.D @ step.tape[f"W{last}"], "cell=DW")
    gradient = (f"Dᵀ A / {len(found.D)}", inputs, found.D.T @ found.A / len(found.D), "cell=DA")
    is_small = found.A.shape[1] <= MOST_WRITTEN
    above = side_by_side(rows, [D, A], is_small)
    if not is_shown:
        return [above]
    weights = side_by_side(units, [gradient], is_small)
    return [above, Group("columns", (weights, side_by_side(rows, [through], is_small)))]
