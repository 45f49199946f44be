"""Dead units, and paths that cancel. Markup, no Streamlit."""

from functools import lru_cache

import numpy as np

from backprop import TrainingStep
from backprop.paths import (
    cancellation,
    ledger,
)
from ui.data import observation_word
from ui.numbers import exact, percent, short, signed
from ui.paths.choice import PathChoice
from ui.paths.finder import finder_link
from ui.paths.marks import (
    paragraph,
)
from ui.paths.rules import CANCELS, activation_slopes
from ui.recording import recorded_step
from ui.stage.names import symbol
from ui.svg import scripts, tag


@lru_cache(maxsize=512)
def dead_unit_markup(choice: PathChoice) -> str:
    """∂C/∂a, the slope of the activation and ∂C/∂z of the unit, and where to find a dead one."""
    step = recorded_step(choice.settings)
    a, z = choice.name, symbol(f"z{choice.layer}", choice.unit)
    alive = float(step.cotangent(choice.activation)[choice.unit])
    slope = float(activation_slopes(step, choice.layer)[choice.unit])
    through = float(step.cotangent(f"z{choice.layer}")[choice.unit])
    pre = float(step.tape[f"z{choice.layer}"][choice.unit])
    cards = [
        _value_card("cotangent", f"∂C/∂{a}, all paths", alive, "the unit's paths are there"),
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
    z = symbol(f"z{choice.layer}", choice.unit)
    if slope == 0 and kind == "relu":
        off = f"{z} is not above 0, so ReLU is flat and the unit is off."
        if alive == 0:
            return f"{off} Here ∂C/∂{choice.name} is 0 as well."
        return (
            f"{off} The cost still depends on {choice.name}: ∂C/∂{choice.name} is {signed(alive)}, summed "
            f"over live paths. But nothing gets through to {z}, so the unit's weights learn nothing "
            f"from this {observation_word(step.config)}."
        )
    if kind == "relu":
        return f"{z} is above 0, so ReLU has slope 1 and the whole sum passes through: one path, one factor."
    if kind == "identity":
        return "The identity has slope 1 everywhere: the whole sum passes through, and no unit can be off."
    return (
        f"{kind} is never quite flat: the sum is scaled by {short(slope)}, one path, one factor. "
        "Only ReLU switches a unit off altogether."
    )


@lru_cache(maxsize=512)
def cancelling_markup(choice: PathChoice) -> str:
    """How much of this unit's paths cancels, and where to find paths that do."""
    step = recorded_step(choice.settings)
    products = ledger(step, choice.layer, choice.unit).products
    share = float(cancellation(products[:, None])[0])
    size, total = float(np.abs(products).sum()), float(products.sum())
    if len(products) == 1:
        said = "With one path there is nothing to cancel."
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
