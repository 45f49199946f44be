"""Dead units, and paths that cancel. Markup, no Streamlit."""

from functools import lru_cache

import numpy as np

from backprop import TrainingStep
from backprop.carried import activation_slopes, beyond, noise_of
from ui.draw.prose import paragraph
from ui.draw.svg import scripts, tag
from ui.names.numbers import every, exact, percent, short, signed
from ui.names.symbols import symbol
from ui.state.captions import word_for
from ui.state.recording import recorded_step
from ui.views.paths.choice import PathChoice
from ui.views.paths.finder import finder_link
from ui.views.paths.knock_out import book_of, paths_into
from ui.views.paths.rules import CANCELS, cancelled_shares


@lru_cache(maxsize=512)
def dead_unit_markup(choice: PathChoice) -> str:
    """∂C/∂a, the slope of the activation and ∂C/∂z of the unit, and where to find a dead one."""
    step = recorded_step(choice.settings)
    a, z = choice.name, symbol(f"z{choice.layer}", choice.unit)
    alive = float(paths_into(choice.settings, choice.layer).cotangent[choice.unit])
    slope = float(activation_slopes(step, choice.layer)[choice.unit])
    name = f"z{choice.layer}"
    through = float(beyond(step.cotangent(name), noise_of(step)[name])[choice.unit])
    count = step.config.layer_sizes[choice.layer + 1]
    pre = float(step.tape[f"z{choice.layer}"][choice.unit])
    cards = [
        _value_card("cotangent", f"∂C/∂{a}, {every(count, 'path')}", alive, _arriving(count, alive)),
        _sign_between("×"),
        _value_card("slope", f"∂{a}/∂{z}", slope, f"{z} = {signed(pre)}"),
        _sign_between("="),
        _value_card("through", f"∂C/∂{z}", through, "what its weights get"),
    ]
    return (
        paragraph(_dead_sentence(step, choice, alive, slope))
        + tag("div", *cards, class_="bp-cards bp-product")
        + finder_link(choice, "dead")
    )


def _arriving(count: int, alive: float) -> str:
    if alive == 0:
        return "nothing arrives"
    return "the unit's path is there" if count == 1 else "the unit's paths are there"


def _value_card(key: str, title: str, value: float, note: str) -> str:
    return tag(
        "div",
        tag("p", scripts(title)),
        tag("p", signed(value), class_="bp-card-number", data_split=key, data_value=exact(value)),
        tag("p", scripts(note)),
        class_="bp-card",
    )


def _sign_between(sign: str) -> str:
    return tag("span", sign, class_="bp-between")


def _dead_sentence(step: TrainingStep, choice: PathChoice, alive: float, slope: float) -> str:
    kind = step.config.hidden_activation
    z, whole = symbol(f"z{choice.layer}", choice.unit), f"∂C/∂{choice.name}"
    live = np.count_nonzero(book_of(choice).products)
    if slope == 0 and kind == "relu":
        off = f"{z} is not above 0, so ReLU is flat and the unit is off."
        if alive == 0:
            return f"{off} Here {whole} is 0 as well."
        over = "carried by its one live path" if live == 1 else f"the sum of {live} live paths"
        return (
            f"{off} The cost still depends on {choice.name}: {whole} is {signed(alive)}, {over}. But nothing "
            f"gets through to {z}, so the unit's weights learn nothing from this "
            f"{word_for(choice.settings)}."
        )
    if kind == "relu":
        return f"{z} is above 0, so ReLU has slope 1 and all of {whole} passes through: one path, one factor."
    if kind == "identity":
        return f"The identity has slope 1 everywhere: all of {whole} passes through, and no unit can be off."
    if slope == 0:
        pre = signed(float(step.tape[f"z{choice.layer}"][choice.unit]))
        return (
            f"At {z} = {pre} {kind} is so flat that its slope is 0 in the computer's numbers: nothing gets "
            f"through to {z}, as if the unit were off."
        )
    return (
        f"{kind} has no slope of exactly 0, as ReLU has where it is off: {whole} is scaled by "
        f"{short(slope)}, one path, one factor."
    )


@lru_cache(maxsize=512)
def cancelling_markup(choice: PathChoice) -> str:
    """How much of this unit's paths cancels, and where to find paths that do."""
    paths = paths_into(choice.settings, choice.layer)
    products, total = paths.path_terms[:, choice.unit], float(paths.cotangent[choice.unit])
    share, size = float(cancelled_shares(paths)[choice.unit]), float(np.abs(products).sum())
    if len(products) == 1:
        return paragraph("With one path there is nothing to cancel.")
    if size == 0:
        said = f"All paths of {choice.name} carry 0 here: there is nothing to cancel."
    elif (products >= 0).all() or (products <= 0).all():
        said = f"All paths of {choice.name} pull the same way, to {signed(total)}: nothing cancels."
    elif share >= CANCELS:
        said = (
            f"These paths cancel: without their signs they add up to {short(size)}, with them only to "
            f"{signed(total)}. {percent(share)} is lost in the sum."
        )
    else:
        said = (
            f"Without their signs the paths of {choice.name} add up to {short(size)}, with them to "
            f"{signed(total)}: {percent(share)} cancels."
        )
    return tag("p", scripts(said), data_cancelled=exact(share)) + finder_link(choice, "cancel")
