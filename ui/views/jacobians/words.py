"""Every sentence of the page "Jacobians". No HTML."""

from collections.abc import Sequence

import numpy as np

from backprop import TrainingStep, VJPStep
from backprop.arrays import FloatArray
from backprop.network import input_of
from backprop.study.routes import RouteCost, Routes, weight_routes
from ui.names.numbers import count_word, counted, every, short, signed
from ui.names.symbols import symbol
from ui.state.data import is_one_hot, observation_word
from ui.views.jacobians.rules import agree, diagonal_is_wrong, kind_of

LEAD = "Every Jacobian of this pass, in the order of use. Look down a column: several numbers mean several paths, and a sum."

ALL_JACOBIANS = "All Jacobians of this pass"
IN_THE_WALKTHROUGH = "See it in the walkthrough →"


def jacobian(vjp_step: VJPStep) -> str:
    """Such as ∂z²/∂a¹."""
    return f"∂{symbol(vjp_step.output)}/∂{symbol(vjp_step.wrt)}"


def jacobian_title(vjp_step: VJPStep) -> str:
    return f"{jacobian(vjp_step)}, shape {vjp_step.jacobian.shape}"


def block_of(block: int, count: int) -> str:
    return f"block {block + 1} of {count}"


def blocks(count: int) -> str:
    return f"One screen has no room for {every(count, 'block')}, but they look alike: the same numbers, in row k = "


# --- the chosen Jacobian -------------------------------------------------------------------------------


def badge(vjp_step: VJPStep) -> str:
    """Which chain rule this step is, by the structure of its Jacobian."""
    if vjp_step.paths == 1:
        return "1 path: single-variable chain rule"
    return f"{vjp_step.paths} paths summed: total derivative"


def upstream(vjp_step: VJPStep) -> str:
    return f"upstream: ∂C/∂{symbol(vjp_step.output)}"


def downstream(vjp_step: VJPStep) -> str:
    return f"times this: {_derivative(vjp_step)}"


def downstream_below(vjp_step: VJPStep) -> str:
    return f"Times this: {_derivative(vjp_step)}, below by both routes."


def _derivative(vjp_step: VJPStep) -> str:
    d = "d" if vjp_step.wrt[0] in "Wb" else "∂"
    return f"{d}C/{d}{symbol(vjp_step.wrt)}"


def row_alt(title: str, values: FloatArray) -> str:
    return f"{title} = {_listed(values)}."


def _listed(values: FloatArray) -> str:
    return ", ".join(map(signed, values.tolist()))


def meaning(step: TrainingStep, vjp_step: VJPStep, word: str = "") -> str:
    """What this Jacobian says, in a sentence or two.

    Args:
        step: the recorded step.
        vjp_step: one of its Jacobians.
        word: what the observation is called, where it is not what the network takes.
    """
    output, wrt = symbol(vjp_step.output), symbol(vjp_step.wrt)
    match kind_of(step, vjp_step):
        case "cost":
            return f"How the cost reacts to each output. C is one number, so this Jacobian is one row: each {wrt}ⱼ has one direct path."
        case "dense":
            return _softmax(vjp_step)
        case "elementwise":
            layer = int(vjp_step.output[1:])
            if step.config.is_dense(layer):
                return f"The only output of a softmax is 1, whatever {wrt}₁ is, so nothing comes back through it."
            switches = step.config.rule(layer).switches
            return f"{_elementwise(vjp_step)}{_off(vjp_step) if switches else ''}"
        case "weights":
            return _weights(vjp_step)
        case "bias":
            return f"Each bias is added to its own z: the identity. So dC/d{wrt} is ∂C/∂{output}."
    if wrt != "x":
        return _input(vjp_step)
    word = word or observation_word(step.config)
    return f"{_input(vjp_step)} Nothing is trained here; it tells how the {word} itself moves the cost."


def _softmax(vjp_step: VJPStep) -> str:
    paths, lost = count_word(vjp_step.paths), int((vjp_step.jacobian == 0).sum())
    but = f" but by rounding, which leaves {lost} here" if lost else ""
    return f"Softmax divides by a sum over all z, so every z moves every probability: there are no zeros{but}, and each z has {paths} paths to the cost. Keep only the diagonal and you lose all but one of them."


def _elementwise(vjp_step: VJPStep) -> str:
    a, z = symbol(vjp_step.output), symbol(vjp_step.wrt)
    if len(vjp_step.jacobian) == 1:
        return f"There is one unit: {a}₁ reads {z}₁, one number and one path."
    return f"Each {a}ⱼ reads its own {z}ⱼ and no other: a diagonal, one path each."


def _off(vjp_step: VJPStep) -> str:
    """How many units are off."""
    off, count = int((vjp_step.jacobian.diagonal() == 0).sum()), len(vjp_step.jacobian)
    units = f"{off} of {count} units" if off < count else every(count, "unit").capitalize()
    if not off:
        return ""
    if off == 1:
        return f" {units} is off: 0 on the diagonal, so nothing flows back through it."
    return f" {units} are off: 0 on the diagonal, so nothing flows back through them."


def _weights(vjp_step: VJPStep) -> str:
    layer = int(vjp_step.output[1:])
    below = symbol(input_of(layer))
    where = f"block k has {below} in row k and zeros elsewhere"
    if len(vjp_step.jacobian) == 1:
        where = f"with one unit there is one block, and it is {below}"
    return f"A weight wᵢⱼ feeds zᵢ and no other sum, so {where}: one path from each weight to its z. All these numbers are known since the forward pass."


def _input(vjp_step: VJPStep) -> str:
    W, a, rows = symbol(f"W{vjp_step.output[1:]}"), symbol(vjp_step.wrt), len(vjp_step.jacobian)
    if rows == 1:
        return (
            f"This is {W} itself, with one row: each {a}ⱼ has one path, because there is one unit above it."
        )
    return f"This is {W} itself, dense: column j says how {a}ⱼ moves each of the {count_word(rows)} sums above it, and each of them is a path to the cost."


# --- full route against shortcut -----------------------------------------------------------------------

FULL_AGAINST_SHORTCUT = "Full route against shortcut"
FULL_ROUTE = "full route, through every entry"
SAVE = "Save as a picture"
MEASURED = "numeric slope"


def output_full(step: TrainingStep) -> str:
    a, z = _output_names(step)
    return f"full: ∂C/∂{a} · ∂{a}/∂{z}"


def output_shortcut(step: TrainingStep) -> str:
    a, z = _output_names(step)
    return f"shortcut: {a} − y" if step.config.shortcut else f"shortcut: ∂C/∂{a} * diagonal of ∂{a}/∂{z}"


def diagonal(is_wrong: bool) -> str:
    return "wrong: the diagonal only" if is_wrong else "the diagonal only"


def output_alt(step: TrainingStep, rows: Sequence[str], values: Sequence[FloatArray]) -> str:
    said = "; ".join(f"{row}: {_listed(each)}" for row, each in zip(rows, values, strict=True))
    return f"∂C/∂{_output_names(step)[1]} by each route. {said}."


def _output_names(step: TrainingStep) -> tuple[str, str]:
    return symbol(f"a{step.config.depth}"), symbol(f"z{step.config.depth}")


def output_sentence(step: TrainingStep) -> str:
    (a, z), config, last = _output_names(step), step.config, step.config.depth
    if step.vjp(f"a{last}", f"z{last}").paths > 1:
        alone = "The diagonal alone is not enough."
        if not diagonal_is_wrong(step):
            alone = "The diagonal alone gives the same here, but for rounding."
        elif is_one_hot(step.tape["y"]):
            alone = "The diagonal alone gives nothing for the wrong classes."
        return f"Softmax has a dense Jacobian, so ∂C/∂{z} is a total derivative. With cross-entropy the sum over paths cancels down to {a} − y. {alone}"
    if config.layer_sizes[-1] == 1:
        return _only_output(step)
    if config.shortcut:
        return f"{config.output_activation.capitalize()} works entry by entry, so ∂{a}/∂{z} is a diagonal: one path each. With {config.cost.label} the product of the two factors cancels down to {a} − y."
    return f"The output works entry by entry, so ∂{a}/∂{z} is a diagonal: one path each, and the single-variable chain rule is enough. Multiply entry by entry instead of writing the zeros down."


def _only_output(step: TrainingStep) -> str:
    (a, z), config = _output_names(step), step.config
    if config.is_dense(config.depth):
        return f"The only output of a softmax is 1, so ∂{a}/∂{z} is 0, and so is {a} − y: nothing comes back."
    said = f"There is one output, so ∂{a}/∂{z} is one number: one path, and the single-variable chain rule is enough."
    if config.shortcut:
        return f"{said} With {config.cost.label} the product of the two factors cancels down to {a} − y."
    return said


def weights_sentence(step: TrainingStep, layer: int) -> str:
    cost = weight_routes(step, layer).cost
    below = input_of(layer)
    entries, held = counted(cost.entries, "entry", "entries"), _held(step.tape[below], cost.filled)
    return f"∂{symbol(f'z{layer}')}/∂{symbol(f'W{layer}')} has {entries}; {_may_differ(cost)} can differ from 0, and {held} {symbol(below)}. The outer product needs one multiplication a weight, and no sum."


def _may_differ(cost: RouteCost) -> str:
    if cost.entries == 1:
        return "it"
    return str(cost.filled) if cost.filled < cost.entries else every(cost.entries, "of them", "of them")


def _held(values: FloatArray, filled: int) -> str:
    """How many different numbers the entries that can differ from 0 hold."""
    different = len(np.unique(values))
    if filled == 1:
        return "it is the number of"
    if different == 1:
        return f"{every(filled, 'of them', 'of them')} hold the same number, {short(values[0])}, that of"
    only = "only " if different < filled else ""
    zero = " (0 is one)" if (values == 0).any() else ""
    return f"they hold {only}{different} different numbers{zero}, those of"


def difference_in_words(routes: Routes, number: str = "") -> str:
    """How far the results of both routes are apart; `number` stands for how far."""
    said = "exactly the same"
    if routes.difference:
        said = "which is rounding" if agree(routes) else "so they disagree"
    return f"{number or short(routes.difference)}, {said}"


def largest_difference(routes: Routes) -> str:
    """With a place for the number."""
    return f"Largest difference between full route and shortcut: {difference_in_words(routes, '{0}')}."


def shortcut_route(layer: int) -> str:
    return f"shortcut: ∂C/∂{symbol(f'z{layer}')} ⊗ {symbol(input_of(layer))}"


def routes_title(layer: int, shown: int, count: int) -> str:
    """With how many columns of the gradient are shown."""
    part = "" if shown == count else f": the first {shown} of {count} columns"
    return f"dC/d{symbol(f'W{layer}')} by both routes{part}"


def routes_alt(layer: int, routes: Routes) -> str:
    W, same = symbol(f"W{layer}"), difference_in_words(routes)
    return f"Two heatmaps of dC/d{W}, by both routes. Largest difference: {same}."


# --- the whole pass ------------------------------------------------------------------------------------

WHOLE_PASS = "What the whole pass needs"
ONE_BY_ONE = "Jacobian by Jacobian"
LEDGER = ("multiplications", "in full", "can differ from 0", "by shortcut")
TOTAL = "whole pass"


def pass_sentence(total: RouteCost) -> str:
    return f"Through every entry of every Jacobian it takes {counted(total.full, 'multiplication')}; by shortcut {total.shortcut:,}. Only {total.filled:,} entries can differ from 0."


def ledger_name(jacobian: str, is_needed: bool) -> str:
    return jacobian if is_needed else f"{jacobian}, not in the total"


def pass_note(step: TrainingStep) -> str:
    said = "No step needs ∂z¹/∂x: training stops at the parameters, and x is none. It is here because it is instructive, and the total leaves it out."
    if step.config.shortcut:
        a, z = _output_names(step)
        said += f" By shortcut the total counts {a} − y in place of ∂C/∂{a} · ∂{a}/∂{z}."
    return said
