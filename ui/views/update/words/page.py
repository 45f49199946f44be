"""The step, the cost over the learning rate, and the outputs."""

import numpy as np

from backprop import TrainingStep
from backprop.arrays import FloatArray
from backprop.noise import ROUNDING
from backprop.study.sweep import Sweep
from ui.names.numbers import as_typed, counted, every, percent, short
from ui.names.symbols import symbol
from ui.state.data import describe_target, observation_word, output_names, word_of_many
from ui.views.update.facts import level_from, nothing_gained, shown_cost

RATE_SLIDER = "η, the learning rate"  # the field of the sidebar is "Learning rate η"

LEAD = "One step against the gradient. Compare the cost curve with its tangent: the gradient promises no more than the tangent, and the two part as η grows."

PLAIN = 100.0
"""A prediction of so many times the cost's noise would show, if the cost followed it."""

PREDICTION = "prediction"
RATE, COST_AFTER = "learning rate η", "cost after the step"
LOWEST = "lowest"
IN_THE_WALKTHROUGH = "In the walkthrough →"
MANY_STEPS = "Many steps: Training →"


def taken(steps: int, most: int) -> str:
    """Under the buttons that take the step."""
    if not steps:
        return "The new weights become the current ones on every page and in the link."
    return f"{counted(steps, 'step')} taken, of up to {most}. Every page and the link use these weights."


def layer_to_see(weights: int) -> str:
    return f"Layer to see: one at a time, since this network has {counted(weights, 'weight')}"


def all_of(step: TrainingStep, count: int) -> str:
    """So many observations: all 150 flowers, both examples; "" where there is only one, and no mean."""
    return every(count, word_of_many(step.config)) if count > 1 else ""


# --- did the step help -------------------------------------------------------------------------------


def costs(before: str, after: str, change: str) -> str:
    return f"Cost {before} → {after}, {change}"


def moved(change: float) -> str:
    return f"{'down' if change < 0 else 'up'} {short(abs(change))}" if change else "unchanged"


def prediction(step: TrainingStep, predicted: str, actual: str) -> str:
    """The verdict's second line, as far as its numbers; `comparison` goes on."""
    over = " over the weights" if step.config.bias == "fixed" else ""
    return f"Predicted −η‖∇‖²{over} = {predicted}, actual {actual}"


def standstill(step: TrainingStep, rate: float, is_rounding: bool) -> str:
    """Why no parameter moves, or none by more than rounding; "" where the update with this η is one."""
    if rate == 0:
        return "With η = 0 nothing moves."
    if not any(update.gradient.any() for update in step.updates):
        return (
            f"Every gradient{' of a weight' if step.config.bias == 'fixed' else ''} is 0, so nothing moves."
        )
    return "Every step is 0 but for rounding, so nothing moves." if is_rounding else ""


def comparison(rate: float, change: float, predicted: float, noise: float, still: str) -> str:
    """What comes after the change predicted and the actual one; both are 0 where they are rounding noise.

    Args:
        rate: η.
        change: of the cost.
        predicted: the same by the gradient.
        noise: of the cost.
        still: why nothing moves; empty where something does.
    """
    if still:
        return f". {still}"
    if change > 0:
        return ". The step was too long: the cost went up."
    if change == 0 and abs(predicted) <= PLAIN * noise:
        return ". The change is too small for the digits of the cost."
    if change == 0:
        return ". The step was too long: it ends where the cost is as high as before."
    share = change / predicted if predicted else np.inf
    if abs(share - 1) >= 0.005:
        return f", {percent(share)} of it: the cost bends {'above' if share < 1 else 'below'} its tangent."
    if rate < 1:
        return ". So short a step follows the tangent."
    return f". Even with η = {as_typed(rate)} the cost follows the tangent."


# --- the cost over the learning rate -----------------------------------------------------------------


def own_cost(word: str) -> str:
    return f"this {word}"


def mean_cost(count: int) -> str:
    return "mean of both" if count == 2 else f"mean of all {count}"


def point(rate: float, cost: str, is_off: bool) -> str:
    """Beside the point on the curve, or at the edge of the chart where its cost is off it."""
    return f"η = {as_typed(rate)}: {cost}" + (",\noff the chart" if is_off else "")


def minimum(name: str, rate: float) -> str:
    """Beside the lowest point of a curve."""
    return f"{name} at\nη = {short(rate)}"


def lowest(sweep: Sweep) -> str:
    """Name of the first minimum: costs may fall again after it, and further."""
    is_lowest = sweep.best_cost is not None and sweep.best_cost <= sweep.costs.min() * (1 + ROUNDING)
    return LOWEST if is_lowest else "lowest so far"


def curve_alt(
    step: TrainingStep, sweep: Sweep, rate: float, cost: str, observations: str, word: str = ""
) -> str:
    """The curve in words.

    Args:
        step: the recorded step.
        sweep: along its update.
        rate: where the slider is.
        cost: there, as it is written.
        observations: all of them, if there are several: see `all_of`.
        word: what the observation is called, where it is not what the network takes.
    """
    word = word or observation_word(step.config)
    longest = short(float(sweep.learning_rates[-1]))
    first, last = (short(shown_cost(step, float(sweep.costs[number]))) for number in (0, -1))
    best = "" if sweep.best is None else f", {lowest(sweep)} at η = {short(sweep.best)}"
    said = [
        f"Curve of the cost of this {word} after one update, for learning rates from 0 to {longest}: it begins at {first} and ends at {last}{best}.",
        f"With η = {as_typed(rate)} it is {cost}.",
    ]
    if np.isfinite(sweep.reaches_zero):
        said += [f"The tangent reaches 0 at η = {short(sweep.reaches_zero)}."]
    if observations:
        said += [f"Beside it the mean cost of {observations}{_lowest_of_mean(sweep)}."]
    return " ".join(said)


def mean_alt(sweep: Sweep, rate: float, cost: str, observations: str) -> str:
    return f"Curve of the mean cost of {observations} after the same update{_lowest_of_mean(sweep)}. With η = {as_typed(rate)} it is {cost}."


def _lowest_of_mean(sweep: Sweep) -> str:
    return "" if sweep.mean_best is None else f", lowest at η = {short(sweep.mean_best)}"


def longer_steps(step: TrainingStep, sweep: Sweep, is_beyond: bool, observations: str, word: str = "") -> str:
    """What the curves say about longer steps.

    Args:
        step: the recorded step.
        sweep: along its update.
        is_beyond: whether η is larger than the best for the mean of all observations.
        observations: all of them, if there are several: see `all_of`.
        word: what the observation is called, where it is not what the network takes.
    """
    word = word or observation_word(step.config)
    if sweep.slope == 0:
        return f"{_gradient(step)} is 0 in every entry, so no step changes anything."
    if sweep.is_flat:
        return f"{_gradient(step)} is 0 but for rounding, so no step brings anything."
    own = _own_curve(step, sweep, f"{word} alone" if observations else word, word)
    return f"{own} {_mean_curve(step, sweep, is_beyond, observations, word)}" if observations else own


def _gradient(step: TrainingStep) -> str:
    """What the update takes its steps along: of the weights alone, where biases are fixed."""
    return "The gradient of the weights" if step.config.bias == "fixed" else "The gradient"


def _own_curve(step: TrainingStep, sweep: Sweep, alone: str, word: str) -> str:
    """Where a longer step stops helping this observation, and where it does harm."""
    zero = sweep.reaches_zero
    tangent = f"; its tangent would reach cost 0 at η = {short(zero)}" if np.isfinite(zero) else ""
    harm = "" if sweep.break_even is None else f", and from η = {short(sweep.break_even)} it does harm"
    if sweep.best is not None:
        return f"For this {word} a longer step stops helping at η = {short(sweep.best)}{harm}{tangent}."
    if harm or nothing_gained(step, sweep):
        return f"For this {word} no step helps by more than rounding{harm}{tangent}."
    longest, level = float(sweep.learning_rates[-1]), level_from(step, sweep)
    if level < longest:
        return f"For this {alone} a longer step helps up to about η = {short(level)} and brings no more beyond{tangent}."
    return f"For this {alone} a longer step keeps helping as far as the chart goes, η = {short(longest)}{tangent}."


def _mean_curve(step: TrainingStep, sweep: Sweep, is_beyond: bool, observations: str, word: str) -> str:
    if sweep.mean_is_flat:
        return f"The mean of {observations} does not change."
    if sweep.mean_best is None:
        return f"For the mean of {observations} it keeps helping as far as the chart goes."
    if sweep.mean_best == 0:
        named = word_of_many(step.config)
        payers = f"the other {named}s pay" if word == named else f"the {named}s pay"
        if observations.startswith("both"):
            payers = f"the other {named} pays"
        return f"The mean of {observations} only gets worse: {payers}."
    beyond = " You are beyond that." if is_beyond else ""
    return f"For the mean of {observations} it stops helping at η = {short(sweep.mean_best)}.{beyond}"


def outputs_title(step: TrainingStep) -> str:
    what = "Class probabilities" if step.config.is_dense(step.config.depth) else "Outputs"
    return f"{what} {symbol(f'a{step.config.depth}')}"


def output_title(name: str, target: float, is_class: bool) -> str:
    if not is_class:
        return f"{name}, target {as_typed(target)}"
    return f"{name}, the target" if target else name


def outputs_alts(step: TrainingStep, outputs: FloatArray) -> list[str]:
    """The outputs in words, for each of the rows that they may become."""
    what, before = outputs_title(step).rpartition(" ")[0], step.tape[f"a{step.config.depth}"].tolist()
    old = [f"{name} {short(value)}" for name, value in zip(output_names(step.config), before, strict=True)]
    target = describe_target(step.config, step.tape["y"])
    terms = ["; ".join(map("{} → {}".format, old, map(short, after))) for after in outputs.tolist()]
    return [f"{what} before and after the step: {said}. Target: {target}." for said in terms]
