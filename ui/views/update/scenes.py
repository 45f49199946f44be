"""The scene of the page: η, the cost after the step, the outputs, and every layer's update."""

from collections.abc import Iterable, Sequence

import numpy as np

from backprop.arrays import FloatArray
from backprop.noise import ROUNDING
from backprop.study.sweep import Sweep, costs_along, sweep_learning_rates
from ui.draw.packing import written
from ui.draw.scenes import (
    Following,
    Group,
    Line,
    Link,
    Mark,
    Number,
    Pair,
    Pairs,
    Part,
    Plot,
    Scene,
    Slider,
    Words,
    following,
)
from ui.names.numbers import apart, as_typed, short, signed
from ui.state.captions import edited_names, file_name, word_for
from ui.state.data import is_one_hot, output_names, word_of_many
from ui.state.recording import all_observations, recorded_step
from ui.state.settings import Settings
from ui.steps.words.forward import from_z
from ui.views.update.facts import Along, along, lowest_cost
from ui.views.update.layers import layer_parts
from ui.views.update.words import page as words

MOST, MOST_OF_MEAN = 4.0, 2.5
"""Costs up to so many times the first are on the chart."""

HEADROOM = 1.12
"""How high the chart is, in units of the highest of them, or of the first."""


def update_scene(settings: Settings, layers: Sequence[int]) -> str:
    """The scene as JSON, with the updates of these layers."""
    step, data, word = recorded_step(settings), all_observations(settings), one_of_many(settings)
    sweep = sweep_learning_rates(step, *data)
    moves = along(step, sweep, *data)
    rates, observations = moves.rates.tolist(), words.all_of(step, len(data[0]))
    pictures = [cost_plot(moves, sweep, observations, word)]
    if observations:
        pictures.append(mean_plot(moves, sweep, data))
    said = [words.longer_steps(step, sweep, is_beyond, observations, word) for is_beyond in (False, True)]
    longer = following([said[rate > (sweep.mean_best or 0.0)] for rate in rates])
    parts: list[Part] = [
        *verdict(moves),
        Group("pictures", (*pictures, outputs(moves))),
        Group("line", (Words(longer), Link(words.MANY_STEPS, settings.link("training")))),
    ]
    for layer in layers:
        parts += layer_parts(moves, layer, word, settings.step_link(f"update.{layer}"))
    slider = Slider("lr", "η", rates, 0, list(map(as_typed, rates)), words.RATE_SLIDER)
    file = file_name(settings, "weight-update-{picture}", "png", rate="{lr}")
    return written(Scene(slider, parts, file=file))


def one_of_many(settings: Settings) -> str:
    """What the observation is called beside others: an example of one's own is one observation of several."""
    is_of_several = settings.given is not None and len(settings.given.X) > 1
    is_given = is_of_several and "x" not in edited_names(settings)
    return word_of_many(settings.config) if is_given else word_for(settings)


# --- did the step help ---------------------------------------------------------------------------------


def verdict(moves: Along) -> tuple[Words, Words]:
    """The cost before and after, and the change predicted and actual."""
    step = moves.step
    before, after = step.loss_before, moves.costs.tolist()
    moved, hoped = (_without_noise(values, moves.noise) for values in (moves.changes, moves.predicted))
    shown = [apart(*_shown(moves, (before, cost))) for cost in after]
    (unchanged,) = map(short, _shown(moves, (before,)))
    texts = [pair if change else (unchanged,) * 2 for pair, change in zip(shown, moved, strict=True)]
    costs = (
        Number(before, "cost", "before", text=following([old for old, _ in texts])),
        Number(_of(moves.costs), "cost", "after", text=following([new for _, new in texts])),
        Number(_of(moves.changes), "cost", "change", text=following(list(map(words.moved, moved)))),
    )
    changes = (
        Number(_of(moves.predicted), "cost", "predicted", shown=following(hoped)),
        Number(_of(moves.changes), "cost", "actual", shown=following(moved)),
    )
    said = words.prediction(step, "{0}", "{1}")
    facts = zip(moves.rates.tolist(), moved, hoped, _still(moves), moves.is_told, strict=True)
    compared = [
        said
        + words.comparison(rate, change, predicted, moves.noise, still)
        + ("" if is_told else f" {from_z(step.config.depth)}")
        for rate, change, predicted, still, is_told in facts
    ]
    return (
        Words(words.costs("{0}", "{1}", "{2}"), "verdict", "verdict", is_spoken=True, numbers=costs),
        Words(following(compared), test_id="compared", numbers=changes),
    )


def _still(moves: Along) -> list[str]:
    """Why nothing moves, for each η."""
    layers = [moves.moves(layer).is_rounding for layer in range(1, moves.step.config.depth + 1)]
    is_rounding = np.all(layers, axis=0).tolist()
    return [
        words.standstill(moves.step, rate, is_still)
        for rate, is_still in zip(moves.rates.tolist(), is_rounding, strict=True)
    ]


def _without_noise(values: FloatArray, noise: float) -> list[float]:
    shown: list[float] = np.where(np.abs(values) > noise, values, 0.0).tolist()
    return shown


def _shown(moves: Along, costs: Iterable[float]) -> list[float]:
    """The costs, or 0 for what is nothing but rounding; see `shown_cost`."""
    lowest = -np.inf if moves.step.config.cost.is_bounded else lowest_cost(moves.step)
    return [cost if cost > lowest else 0.0 for cost in costs]


# --- the cost over the learning rate -------------------------------------------------------------------


def cost_plot(moves: Along, sweep: Sweep, observations: str, word: str) -> Plot:
    """The cost of this observation after one update, and its tangent."""
    texts = list(map(short, _shown(moves, moves.costs.tolist())))
    rates, tops = moves.rates.tolist(), _top(moves.step.loss_before, moves.costs, MOST)
    marks: tuple[Mark, ...] = ()
    if sweep.best is not None and sweep.best_cost is not None:
        marks = (Mark(sweep.best, sweep.best_cost, words.minimum(words.lowest(sweep), sweep.best)),)
    alts = [
        words.curve_alt(moves.step, sweep, *at, observations, word) for at in zip(rates, texts, strict=True)
    ]
    return Plot(
        alt=following(alts),
        axes=(words.RATE, words.COST_AFTER),
        end=float(sweep.learning_rates[-1]),
        top=_of(tops),
        lines=(
            Line("cost", words.own_cost(word), sweep.costs, Number(_of(moves.costs), "point", "cost")),
            Line(
                "prediction",
                words.PREDICTION,
                sweep.predicted,
                Number(_of(moves.step.loss_before + moves.predicted), "point", "prediction"),
            ),
        ),
        point=following(list(map(words.point, rates, texts, (moves.costs > tops).tolist()))),
        marks=marks,
    )


def _top(first: float, highest: FloatArray | float, most: float) -> FloatArray:
    """How high a chart is that begins at one cost and should show another."""
    top = HEADROOM * np.maximum(first, np.minimum(highest, most * first))
    return np.where(top > 0, top, 1.0)


def mean_plot(moves: Along, sweep: Sweep, data: tuple[FloatArray, FloatArray]) -> Plot:
    """The mean cost of all observations after the same update."""
    count = len(data[0])
    observations = words.all_of(moves.step, count)
    marks: tuple[Mark, ...] = ()
    if sweep.mean_best is not None:
        lowest = float(costs_along(moves.step, np.array([sweep.mean_best]), *data)[0])
        marks = (Mark(sweep.mean_best, lowest, words.minimum(words.LOWEST, sweep.mean_best)),)
    means = zip(moves.rates.tolist(), map(short, moves.mean_costs.tolist()), strict=True)
    return Plot(
        alt=following([words.mean_alt(sweep, rate, cost, observations) for rate, cost in means]),
        axes=(words.RATE, ""),
        end=float(sweep.learning_rates[-1]),
        top=float(
            _top(moves.mean_costs[0], max(sweep.mean_costs.max(), moves.mean_costs.max()), MOST_OF_MEAN)
        ),
        lines=(
            Line(
                "mean",
                words.mean_cost(count),
                sweep.mean_costs,
                Number(_of(moves.mean_costs), "point", "mean"),
            ),
        ),
        marks=marks,
    )


# --- outputs before and after --------------------------------------------------------------------------


def outputs(moves: Along) -> Pairs:
    """Every output before and after the update."""
    step = moves.step
    before, target = step.tape[f"a{step.config.depth}"], step.tape["y"]
    named, is_class = zip(output_names(step.config), target.tolist(), strict=True), is_one_hot(target)
    pairs = []
    for k, (name, y) in enumerate(named):
        old, new = float(before[k]), moves.outputs[:, k]
        is_seen = np.abs(new - old) > ROUNDING * np.maximum(np.abs(new), abs(old))
        texts = list(map(signed, np.where(is_seen, new - old, 0.0).tolist()))
        pairs.append(
            Pair(
                words.output_title(name, y, is_class),
                is_class and y == 1,
                Number(old, "output", f"before:{k}", "short"),
                Number(_of(new), "output", f"after:{k}", "short"),
                Number(_of(new - old), "change", str(k), text=following(texts)),
            )
        )
    alt = following(words.outputs_alts(step, moves.outputs))
    return Pairs(words.outputs_title(step), alt, pairs)


def _of(values: FloatArray) -> Following[float]:
    return following(values.tolist())
