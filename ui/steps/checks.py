"""The numeric slope of a derivative, and why it is not judged where it is not."""

from collections.abc import Sequence

from backprop import GradientCheck
from backprop.check import check_gradient
from ui.state.recording import recorded_step
from ui.state.settings import Settings
from ui.steps.words import thesis as words


def slope_check(settings: Settings, name: str) -> GradientCheck:
    """The numeric slope of every entry of one variable, such as "a1", beside what backpropagation found."""
    return check_gradient(recorded_step(settings), name)


def not_judged(check: GradientCheck, index: int | Sequence[int]) -> str:
    """Such as "not judged: a ReLU input lies too near 0, its kink"; "" where the slope is judged."""
    reason = check.why_not(index)
    return words.not_judged(reason) if reason else ""
