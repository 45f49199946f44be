"""Dead units, and paths that cancel."""

import numpy as np

from backprop import TrainingStep
from backprop.noise import activation_slopes, beyond, derivative_noise
from ui.draw.prose import paragraph
from ui.draw.svg import scripts, tag
from ui.names.numbers import exact, signed
from ui.names.symbols import symbol
from ui.state.cache import kept
from ui.state.captions import word_for
from ui.state.recording import recorded_step
from ui.views.paths.choice import PathChoice
from ui.views.paths.finder import finder_link
from ui.views.paths.knock_out import paths_into, products_of
from ui.views.paths.rules import CANCELS, cancelled_shares
from ui.views.paths.words import further as words


def dead_unit_markup(choice: PathChoice) -> str:
    """∂C/∂a, the slope of the activation and ∂C/∂z of the unit, and where to find a dead one."""
    step = recorded_step(choice.settings)
    a, z = choice.name, symbol(f"z{choice.layer}", choice.unit)
    alive = float(kept(paths_into, choice.settings, choice.layer).cotangent[choice.unit])
    slope = float(activation_slopes(step, choice.layer)[choice.unit])
    name = f"z{choice.layer}"
    through = float(beyond(step.cotangent(name), derivative_noise(step)[name])[choice.unit])
    numbers = (("cotangent", alive), ("slope", slope), ("through", through))
    factors = [
        tag("strong", signed(value), data_split=key, data_value=exact(value)) for key, value in numbers
    ]
    left, right = (scripts(text) for text in words.through(a, z))
    product = tag("p", left, factors[0], " × ", factors[1], " = ", factors[2], right)
    return paragraph(_dead_sentence(step, choice, alive, slope)) + product + finder_link(choice, "dead")


def _dead_sentence(step: TrainingStep, choice: PathChoice, alive: float, slope: float) -> str:
    rule, name, z = step.config.rule(choice.layer), choice.name, symbol(f"z{choice.layer}", choice.unit)
    if rule.switches and slope:
        return words.relu_on(name, z)
    if rule.switches and alive:
        live = int(np.count_nonzero(products_of(choice)))
        return words.relu_off(name, z, alive, live, word_for(choice.settings))
    if rule.switches:
        return words.relu_off_and_0(name, z)
    if rule.linear:
        return words.identity(name)
    if slope == 0:
        return words.flat(z, float(step.tape[f"z{choice.layer}"][choice.unit]), rule.name)
    return words.scaled(name, slope, rule.name)


def cancelling_markup(choice: PathChoice) -> str:
    """How much of this unit's paths cancels, and where to find paths that do."""
    paths = kept(paths_into, choice.settings, choice.layer)
    products, total = paths.path_terms[:, choice.unit], float(paths.cotangent[choice.unit])
    share, size = float(cancelled_shares(paths)[choice.unit]), float(np.abs(products).sum())
    if len(products) == 1:
        return paragraph(words.NOTHING_TO_CANCEL)
    if size == 0:
        said = words.all_carry_0(choice.name)
    elif (products >= 0).all() or (products <= 0).all():
        said = words.same_way(choice.name, total)
    elif share >= CANCELS:
        said = words.mostly_cancel(size, total, share)
    else:
        said = words.partly_cancel(choice.name, size, total, share)
    return tag("p", scripts(said), data_cancelled=exact(share)) + finder_link(choice, "cancel")
