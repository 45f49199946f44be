"""The paths of a choice, the training step without some of them, and what its cost says."""

from backprop import TrainingStep, VJPStep
from backprop.arrays import FloatArray
from backprop.noise import beyond, carried, path_noise
from backprop.study.paths import (
    diagonal_mask,
    knock_out_mask,
    output_knock_out_mask,
    single_path_mask,
    step_with_paths,
)
from backprop.study.telling import telling_path
from ui.names.numbers import apart
from ui.state.cache import kept
from ui.state.recording import recorded_step
from ui.state.settings import Settings
from ui.views.paths.choice import PathChoice
from ui.views.paths.words import update as words

SAME_COST = 1e-12
"""Two costs that differ by less, relative to their size, differ by rounding."""

NO_COST = 1e-24
"""Costs below are as good as 0: an output that is right to the last digit."""


def paths_into(settings: Settings, layer: int) -> VJPStep:
    """The paths into a layer's activations, or into the output's z, 0 where they are nothing but rounding."""
    start = PathChoice(settings, layer, 0)
    return carried(recorded_step(settings), start.above, start.start)


def products_of(choice: PathChoice) -> FloatArray:
    """What each path of the chosen unit carries, knocked out or not."""
    return kept(paths_into, choice.settings, choice.layer).path_terms[:, choice.unit]


def missing(choice: PathChoice) -> float:
    """What the knocked-out paths carry together: 0 where they cancel, but for rounding."""
    dropped = list(choice.dropped)
    noise = path_noise(recorded_step(choice.settings), choice.above, choice.start)
    return float(beyond(products_of(choice)[dropped].sum(), noise[dropped, choice.unit].sum()))


def knocked_out_step(choice: PathChoice) -> TrainingStep:
    """The training step without the knocked-out paths."""
    step = recorded_step(choice.settings)
    if not choice.dropped:
        return step
    if choice.is_output:
        return step_with_paths(step, output_knock_out_mask(step.config, choice.unit, choice.dropped))
    return step_with_paths(step, knock_out_mask(step.config, choice.layer, choice.unit, choice.dropped))


def single_path(choice: PathChoice) -> int:
    """The path of the unit that stands for the single-variable rule, 0-based: on the overview, too.

    At the output it is that on the diagonal, the only one that the article keeps.
    """
    return choice.unit if choice.is_output else telling_path(products_of(choice))


def single_path_step(choice: PathChoice) -> TrainingStep:
    """The training step in which every unit of the layer keeps that path alone."""
    step = recorded_step(choice.settings)
    if choice.is_output:
        return step_with_paths(step, diagonal_mask(step.config))
    return step_with_paths(step, single_path_mask(step.config, choice.layer, single_path(choice)))


# --- costs, compared ---------------------------------------------------------------------------------


def same_cost(one: float, other: float) -> bool:
    """Whether two costs are the same but for rounding."""
    return abs(one - other) <= SAME_COST * max(abs(one), abs(other))


def cost_texts(*costs: float) -> tuple[str, ...]:
    """Costs with as many digits as tell them apart; those that differ by rounding read alike."""
    return apart(*(next(first for first in costs if same_cost(first, cost)) for cost in costs))


def cost_sentence(right: TrainingStep, wrong: TrainingStep) -> str:
    """What one update with a wrong rule does to the cost, beside the update with the right one.

    Without an update (η = 0) there is nothing to compare; where even the right update raises the cost, η is
    too large for either to tell.
    """
    eta = right.updates[0].learning_rate
    if eta == 0:
        return words.NO_UPDATE
    if max(right.loss_after, wrong.loss_after) < NO_COST:
        return words.NO_COSTS
    if same_cost(right.loss_after, wrong.loss_after):
        return words.SAME_COSTS
    before, good, bad = cost_texts(right.loss_before, right.loss_after, wrong.loss_after)
    if right.loss_after > right.loss_before and not same_cost(right.loss_after, right.loss_before):
        return words.eta_too_large(eta, before, good, bad)
    return (words.worse if wrong.loss_after > right.loss_after else words.lucky)(good, bad)
