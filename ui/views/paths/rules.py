"""What the numeric slope says of a rule's number, and what the numbers of a unit say."""

from dataclasses import dataclass

import numpy as np

from backprop import VJPStep
from backprop.arrays import FloatArray
from backprop.check import slope_noise
from backprop.noise import activation_slopes, beyond, carries_nothing, derivative_noise, is_learned
from ui.names.numbers import percent, short
from ui.names.symbols import symbol
from ui.state.cache import kept
from ui.state.captions import word_for
from ui.state.recording import recorded_step
from ui.state.settings import Settings
from ui.steps.checks import slope_check
from ui.steps.thesis import agrees, off_word, why_path
from ui.views.paths.choice import PathChoice
from ui.views.paths.knock_out import paths_into, single_path
from ui.views.paths.words import page as words

CANCELS = 0.8
"""Paths are flagged where four fifths of them cancel."""


def numeric_of(settings: Settings, name: str, unit: int) -> float | None:
    """One entry of ∂C/∂name by central differences, 0 where it is nothing but rounding.

    None where the difference cannot tell.
    """
    check = kept(slope_check, settings, name)
    if not check.judged[unit]:
        return None
    noise = slope_noise(recorded_step(settings), name)
    return float(beyond(check.numeric, noise)[unit])


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the numeric slope says of a number that a rule gives for ∂C/∂v.

    Attributes:
        mark: ✓ where the number is the derivative, ✗ where the slope tells it from that; "" where it cannot
            tell: then the number is wrong, but by less than the rounding of the slope.
        error: distance of the number and the slope.
    """

    mark: str
    error: float

    @property
    def text(self) -> str:
        """Such as ✗ 0.244."""
        return f"{self.mark} {short(self.error)}".strip()


def judge(settings: Settings, name: str, unit: int, value: float) -> Judgement | None:
    """Whether `value` is entry `unit` of ∂C/∂name; None where there is no numeric slope to tell."""
    numeric = numeric_of(settings, name, unit)
    if numeric is None:
        return None
    error = abs(value - numeric)
    if is_derivative(settings, name, unit, value):
        mark = "✓" if agrees(value, numeric) else "✗"
    else:
        mark = "✗" if error > slope_noise(recorded_step(settings), name)[unit] else ""
    return Judgement(mark, error)


def is_derivative(settings: Settings, name: str, unit: int, value: float) -> bool:
    """Whether `value` is what backpropagation finds for entry `unit` of ∂C/∂name, but for rounding."""
    step = recorded_step(settings)
    return bool(abs(value - step.cotangent(name)[unit]) <= 2 * derivative_noise(step)[name][unit])


def said_of_unit(choice: PathChoice) -> str:
    """What the numbers say of a unit with all its paths, in one sentence or two."""
    paths = kept(paths_into, choice.settings, choice.layer)
    products, total = paths.path_terms[:, choice.unit], float(paths.cotangent[choice.unit])
    if len(products) == 1:
        return f"{words.only_path(choice.name, symbol(choice.above, 0))} {_where_several_are(choice)}"
    step = recorded_step(choice.settings)
    if is_learned(step):
        return words.learned(word_for(choice.settings))
    if carries_nothing(step):
        z, is_relu = symbol(f"z{step.config.depth}"), step.config.rule(step.config.depth).switches
        return words.outputs_off(z) if is_relu else words.saturated(z)
    if not products.any():
        return words.ALL_0
    one = single_path(choice)
    judged = kept(slope_check, choice.settings, choice.start).judged[choice.unit]
    if choice.is_output and is_derivative(choice.settings, choice.start, choice.unit, products[one]):
        return words.diagonal_is_enough(one, total, int(np.count_nonzero(products)))
    why = words.DIAGONAL if choice.is_output else why_path(products)
    alone = words.one_alone(one, why, products[one], total)
    return f"{alone} {words.try_a_knock_out(bool(products.all()), judged)}"


def _where_several_are(choice: PathChoice) -> str:
    """Where to see more than one path."""
    sizes, depth = choice.settings.config.layer_sizes, choice.settings.config.depth
    others = [layer for layer in range(1, depth) if sizes[layer + 1] > 1]
    if others:
        return words.several_paths(others[-1], sizes[others[-1] + 1], sizes[others[-1]])
    return words.LAST_OF_ONE if choice.layer == depth - 1 else words.MORE_UNITS


# --- every unit of the layer -------------------------------------------------------------------------


def unit_flags(settings: Settings, layer: int) -> list[str]:
    """For every unit of a layer: off, paths cancel, or nothing; a z of the output cannot be off."""
    step = recorded_step(settings)
    cancelled = cancelled_shares(kept(paths_into, settings, layer))
    off = [off_word(step, layer)] if settings.hidden else []
    return [
        ", ".join(off * bool(slope == 0) + [f"{percent(share)} cancels"] * (share >= CANCELS))
        for slope, share in zip(activation_slopes(step, layer), cancelled.tolist(), strict=True)
    ]


def cancelled_shares(paths: VJPStep) -> FloatArray:
    """For every unit 1 − |sum| / sum of sizes of its paths: 0 if all pull one way, 1 if they cancel."""
    size = np.abs(paths.path_terms).sum(axis=0)
    return np.where(size > 0, 1 - np.abs(paths.cotangent) / np.where(size > 0, size, 1.0), 0.0)


def units_sentence(settings: Settings, layer: int, path: int | None) -> str:
    """For how many units of a layer one path alone is wrong; None is that on the diagonal."""
    name = PathChoice(settings, layer, 0).start
    check, terms = kept(slope_check, settings, name), kept(paths_into, settings, layer).path_terms
    single = (terms.diagonal() if path is None else terms[path]).tolist()
    wrong = sum(
        not is_derivative(settings, name, unit, value)
        for unit, value in enumerate(single)
        if check.judged[unit]
    )
    rule = words.DIAGONAL if path is None else words.alone(path)
    return words.units_judged(rule, wrong, int(check.judged.sum()), len(single))
