"""The thesis on one observation: one path into a hidden unit against the sum of all of them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from backprop import GradientCheck, MLPConfig, TrainingStep, VJPStep
from backprop.arrays import FloatArray
from backprop.check import check_gradient, slope_noise
from backprop.differences import TOLERANCE
from backprop.noise import beyond, carried, carries_nothing, is_learned
from backprop.study.telling import merits, telling_path, telling_unit
from ui.names.symbols import symbol
from ui.state.data import output_names
from ui.steps.words import thesis as words


@dataclass(frozen=True, slots=True)
class Thesis:
    """One hidden unit and its paths to the cost; without a hidden layer, one z of the outputs.

    Attributes:
        output, wrt: the two layers, such as z2 and a1, or a1 and z1.
        unit: of the second, 0-based.
        reason: why it is this unit, a sentence.
        single: the one path that stands for the single-variable rule, 0-based.
        upstream: ∂C/∂z_k of every path, or ∂C/∂a_k.
        weights: ∂z_k/∂a_j = w_kj of every path, or ∂a_k/∂z_j.
        products: their products; one where an output takes its own z and no other.
        total: the sum of the products as backpropagation computed it: ∂C/∂a_j, or ∂C/∂z_j.
        numeric: the central difference; None where it cannot tell.
        unjudged: why it cannot, or "".
        names: what the outputs stand for.
        repeated: an output k with ∂C/∂z_k = a_k, since ∂C/∂z = a − y and y_k = 0; None if there is none.
        learned: whether the target is met to the last digit.
        saturated: whether nothing comes back although it is not met.
        dead: what the outputs are then: "saturated", or "off" where they are ReLU units.
        constant: whether the only output is a softmax, which is 1 whatever comes in.
        last_z: the z of the outputs, such as z2.
        widens: whether there is one path to the next layer, and from there on there are several.
    """

    output: str
    wrt: str
    unit: int
    reason: str
    single: int
    upstream: tuple[float, ...]
    weights: tuple[float, ...]
    products: tuple[float, ...]
    total: float
    numeric: float | None
    unjudged: str
    names: tuple[str, ...]
    repeated: int | None
    learned: bool
    saturated: bool
    dead: str
    constant: bool
    last_z: str
    widens: bool

    @property
    def has_hidden(self) -> bool:
        """Whether the paths are those of a hidden unit."""
        return self.wrt[0] == "a"

    @property
    def name(self) -> str:
        """The hidden unit's activation, such as a¹₅, or the z, such as z¹₂."""
        return symbol(self.wrt, self.unit)


def last_sum(config: MLPConfig) -> tuple[str, str]:
    """Between which two layers the last sum over paths is: z2 and a1, or without a hidden layer a1 and z1."""
    last = config.depth
    return (f"z{last}", f"a{last - 1}") if last > 1 else (f"a{last}", f"z{last}")


def thesis_of(step: TrainingStep) -> Thesis:
    """The most telling unit of the last hidden layer, or z of the outputs, with its numbers."""
    return theses_of(step, [None])[0]


def theses_of(step: TrainingStep, units: Sequence[int | None], layer: int | None = None) -> list[Thesis]:
    """Some units with their numbers.

    Args:
        step: the recorded one.
        units: of the layer, 0-based; None is the most telling one.
        layer: a hidden one; without, the last, or where there is none that of the outputs.
    """
    above, wrt = (f"z{layer + 1}", f"a{layer}") if layer else last_sum(step.config)
    vjp_step = carried(step, above, wrt)
    check = check_gradient(step, vjp_step.wrt)
    numeric = beyond(check.numeric, slope_noise(step, vjp_step.wrt))
    telling = telling_unit(step, vjp_step)
    return [
        _thesis(step, vjp_step, check, numeric, telling if unit is None else unit, unit is None)
        for unit in units
    ]


def _thesis(
    step: TrainingStep,
    vjp_step: VJPStep,
    check: GradientCheck,
    numeric: FloatArray,
    unit: int,
    is_telling: bool,
) -> Thesis:
    last, outputs = step.config.depth, step.config.layer_sizes[-1]
    is_dense = step.config.is_dense(last)
    of_paths = slice(None) if is_dense or vjp_step.wrt[0] == "a" else slice(unit, unit + 1)
    products = vjp_step.path_terms[of_paths, unit]
    total = vjp_step.cotangent[unit]
    return Thesis(
        output=vjp_step.output,
        wrt=vjp_step.wrt,
        unit=unit,
        reason=why_unit(step, vjp_step) if is_telling else picked(step, vjp_step, unit),
        single=unit if _is_dense_output(vjp_step) else telling_path(products),
        upstream=tuple(vjp_step.upstream[of_paths].tolist()),
        weights=tuple(vjp_step.jacobian[of_paths, unit].tolist()),
        products=tuple(products.tolist()),
        total=float(total),
        numeric=float(numeric[unit]) if check.judged[unit] else None,
        unjudged=check.why_not(unit),
        names=output_names(step.config),
        repeated=_repeated(step) if vjp_step.output == f"z{last}" else None,
        learned=is_learned(step),
        saturated=carries_nothing(step) and not is_learned(step),
        dead=_dead_word(step),
        constant=is_dense and outputs == 1,
        last_z=f"z{last}",
        widens=len(products) == 1
        and max(step.config.layer_sizes[int(vjp_step.wrt[1:]) + 1 :], default=1) > 1,
    )


def _dead_word(step: TrainingStep) -> str:
    """What outputs are that pass nothing on."""
    last = step.config.depth
    if not step.config.rule(last).switches:
        return words.SATURATED
    return words.OFF_OR_MET if (step.tape[f"a{last}"] > 0).any() else words.OFF


def _repeated(step: TrainingStep) -> int | None:
    last = step.config.depth
    if last == 1:  # its paths have ∂C/∂a as a factor
        return None
    a, y, upstream = step.tape[f"a{last}"], step.tape["y"], step.cotangent(f"z{last}")
    if not np.allclose(upstream, a - y, rtol=1e-9, atol=1e-12):
        return None
    same = (y == 0) & np.isclose(upstream, a, rtol=1e-9, atol=0)
    return int(same.argmax()) if same.any() else None


# --- one choice of unit and path, on every page ------------------------------------------------------


def _is_dense_output(vjp_step: VJPStep) -> bool:
    """Whether the paths lead from a z through several outputs: one rule keeps only that on the diagonal."""
    return vjp_step.output[0] == "a" and vjp_step.paths > 1


def why_unit(step: TrainingStep, vjp_step: VJPStep) -> str:
    """Why `telling_unit` takes its unit, as a sentence that starts with the unit's name."""
    if vjp_step.wrt[0] == "z":
        return _why_output(step, vjp_step)
    units = merits(step, vjp_step)
    best = max(units)
    is_on, is_mixed, size = best
    name = symbol(vjp_step.wrt, units.index(best))
    if len(units) == 1:
        return words.only_unit(name)
    if size == 0:
        return words.stands_for_all(name)
    rivals = sum(merit[:2] == (is_on, is_mixed) for merit in units)
    layer = int(vjp_step.wrt[1:])
    on = on_word(step, layer) if is_on and not all(on for on, *_ in units) else ""
    return words.chosen_unit(name, rivals, on, is_mixed, "" if is_on else off_word(step, layer))


def _why_output(step: TrainingStep, vjp_step: VJPStep) -> str:
    """The same of the z of an output, which needs no reason where all are alike."""
    name = symbol(vjp_step.wrt, telling_unit(step, vjp_step))
    if len(vjp_step.cotangent) == 1:
        return words.only_output(name)
    return words.least_told(name) if vjp_step.paths > 1 else words.one_path_like_all(name)


def picked(step: TrainingStep, vjp_step: VJPStep, unit: int) -> str:
    """The same of a unit that the reader has chosen."""
    is_on, *_ = merits(step, vjp_step)[unit]
    off = "" if is_on else off_word(step, int(vjp_step.wrt[1:]))
    return words.picked_unit(symbol(vjp_step.wrt, unit), off)


def on_word(step: TrainingStep, layer: int) -> str:
    """What a unit of the layer is whose slope is not 0."""
    return "on" if step.config.rule(layer).switches else "not flat"


def off_word(step: TrainingStep, layer: int) -> str:
    """What a unit with slope 0 is: ReLU switches off, the others are flat where they saturate."""
    return "off" if step.config.rule(layer).switches else "flat"


def why_path(products: FloatArray) -> str:
    """Why `telling_path` takes its path, in words that follow the path's mark."""
    misled = np.abs(products - products.sum())
    return words.misleads_most(int((misled == misled.max()).sum())) if misled.any() else words.LIKE_ANY


def agrees(value: float, numeric: float) -> bool:
    """Whether a derivative is the numeric slope, within what a central difference can tell."""
    return abs(value - numeric) <= TOLERANCE * max(1.0, abs(numeric))


# --- what the overview says --------------------------------------------------------------------------


def thesis_sentence(thesis: Thesis) -> str:
    """The point, in one line of text."""
    if thesis.constant:
        return words.NOTHING_TO_LEARN
    if thesis.learned:
        if not thesis.has_hidden:
            return words.LEARNED_OUTPUTS
        return words.LEARNED if len(thesis.products) > 1 else words.LEARNED_ON_ONE_PATH
    if thesis.saturated:
        outputs, paths = len(thesis.names), len(thesis.products)
        return words.saturated(thesis.last_z, outputs, thesis.dead, paths if thesis.has_hidden else 0)
    is_sum = len(thesis.products) > 1
    if not any(thesis.products):
        return words.ALL_0 if is_sum else words.only_path_0(thesis.name, thesis.widens)
    if thesis.numeric is None:
        verdict = words.slope_not_judged(thesis.unjudged)
    elif agrees(thesis.total, thesis.numeric):
        verdict = words.AGREES
    else:
        verdict = words.disagrees(thesis.numeric)
    if not is_sum:
        if thesis.widens:
            return words.one_way_on(thesis.name, symbol(thesis.output, 0), thesis.total, verdict)
        return words.one_product(thesis.name, len(thesis.names), thesis.has_hidden, thesis.total, verdict)
    why = why_path(np.array(thesis.products)) if thesis.has_hidden else words.ON_DIAGONAL
    return words.path_and_sum(thesis.single, why, thesis.products, thesis.total, verdict)


def thesis_note(thesis: Thesis) -> str:
    """Why this unit, and why a number stands in two places."""
    k = thesis.repeated
    if k is None or thesis.upstream[k] == 0:
        return thesis.reason
    twice = words.in_two_places(thesis.upstream[k], int(thesis.output[1:]), k, thesis.names[k])
    return f"{thesis.reason} {twice}"
