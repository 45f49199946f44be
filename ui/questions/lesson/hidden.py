"""Stops 7 and 8: a hidden activation, the first weights and the step."""

import numpy as np

from backprop import MLPConfig, TrainingStep
from backprop.network import input_of
from backprop.practice import Quantity, interesting
from ui.names.symbols import symbol
from ui.questions.lesson.building import Stop, choice, exercise, is_idle, nothing, shuffled, stop
from ui.questions.tasks import Exercise, Order
from ui.questions.words import lesson as words
from ui.state.recording import recorded_step
from ui.state.settings import Settings


def _layer_with_paths(config: MLPConfig) -> int:
    """The last hidden layer whose activations go into several units; 0 for none."""
    layers = range(config.depth - 1, 0, -1)
    return next((layer for layer in layers if config.layer_sizes[layer + 1] > 1), 0)


def sum_over_paths(settings: Settings, variant: int) -> Exercise | None:
    """A unit whose largest path has the wrong sign, if there is one; else any of mixed signs."""
    step, layer = recorded_step(settings), _layer_with_paths(settings.config)
    if not layer:
        return None
    terms = step.vjp(f"z{layer + 1}", f"a{layer}").path_terms

    def misleads(asked: Quantity) -> bool:
        column = terms[:, asked.index[0]]
        return bool(column.min() * column.max() < 0)

    found = sorted(interesting(step, "path_sum", (layer,)), key=lambda each: not misleads(each))
    unit = found[variant].index[0] + 1 if variant < len(found) else 1
    link = ("paths", (("layer", layer), ("unit", unit)) if settings.config.depth > 2 else (("unit", unit),))
    return exercise(step, "7a", found, variant, link)


def hidden(settings: Settings) -> Stop:
    """Stop 7."""
    config = settings.config
    layer = _layer_with_paths(config)
    if config.depth == 1:
        return Stop(7, (), missing=words.NO_HIDDEN)
    if not layer:
        return Stop(7, (), missing=words.ONE_UNIT_EACH)
    found = None if is_idle(settings) else sum_over_paths(settings, 0)
    if found is None:
        return Stop(7, (), missing=nothing(settings))
    steps = words.six_steps(layer, symbol(input_of(layer)))
    needs = ((1, 0), (3, 1), (3, 2), (5, 3), (5, 4))
    order = Order(words.ORDER, steps, shuffled(settings, len(steps)), needs, words.ORDER_PRINCIPLE)
    return Stop(7, (found, Exercise("7b", order, found.picture)), words.SAY_HIDDEN)


def _off(settings: Settings) -> Exercise | None:
    step, config = recorded_step(settings), settings.config
    for layer in range(1, config.depth):
        if not config.rule(layer).switches:
            continue
        z, upstream = step.tape[f"z{layer}"], step.cotangent(f"a{layer}")
        off = [int(j) for j in np.argsort(-np.abs(upstream), kind="stable") if z[j] <= 0]
        if off:
            j = off[0]
            a, name = symbol(f"a{layer}", j), symbol(f"z{layer}", j)
            remarks = {
                words.LEARNS: words.learns_remark(a, name, float(upstream[j])),
                words.LEARNS_BIAS: words.LEARNS_BIAS_REMARK,
            }
            if not config.has_biases:
                del remarks[words.LEARNS_BIAS]
            asked = choice(
                settings,
                words.does_it_learn(j + 1, layer),
                words.LEARNS_NOT,
                remarks,
                words.learns_principle(a, name),
            )
            return Exercise("8a", asked, ("off", (layer, j)))
    return None


def first_weight(settings: Settings, variant: int) -> Exercise | None:
    """A derivative by a weight of the first layer; the new weight where it is the only layer."""
    step = recorded_step(settings)
    if settings.config.depth == 1:
        return exercise(step, "8b", interesting(step, "new_weight", (1,)), variant)
    return exercise(step, "8b", interesting(step, "weight_gradient", (1,)), variant)


def promise(step: TrainingStep) -> tuple[float, float]:
    """The sum of all squared derivatives of what is learned, and the change of C that they promise."""
    rate = step.updates[0].learning_rate
    squared = sum(float((update.gradient**2).sum()) for update in step.updates)
    return squared, -rate * squared


def _cost_after(settings: Settings) -> Exercise | None:
    step = recorded_step(settings)
    _, promised = promise(step)
    actual = step.loss_after - step.loss_before
    if not np.isfinite(actual) or abs(promised) < 1e-9 * max(1.0, abs(step.loss_before)):
        return None
    if actual > 0:
        right = words.RISES
    elif abs(actual - promised) <= 1e-6 * abs(promised):
        right = words.FALLS_EXACTLY
    else:
        right = words.FALLS_LESS if actual > promised else words.FALLS_MORE
    remark = words.other_way_remark(actual, promised)
    options = (words.FALLS_LESS, words.FALLS_EXACTLY, words.FALLS_MORE, words.RISES)
    wrong = {each: words.EXACTLY_REMARK if each == words.FALLS_EXACTLY else remark for each in options}
    del wrong[right]
    principle = words.promise_principle(step.loss_before, step.loss_after, promised)
    asked = choice(settings, words.PROMISE, right, wrong, principle)
    return Exercise("8c", asked, ("promise", ()), link=("update", ()))


def first_layer(settings: Settings) -> Stop:
    """Stop 8."""
    config = settings.config
    switches = any(config.rule(layer).switches for layer in range(1, config.depth))
    says = words.say_step(switches) if config.depth > 1 else words.SAY_STEP_ALONE
    found = [] if is_idle(settings) else [_off(settings), first_weight(settings, 0), _cost_after(settings)]
    return stop(settings, 8, found, says)
