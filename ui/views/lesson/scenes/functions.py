"""Stops 1 to 3: a function of t, and its derivatives as a row and a column."""

from collections.abc import Sequence
from dataclasses import replace

from backprop.total_derivative import OUTERS, evaluate
from ui.draw.along_t.pictures import Each as Along
from ui.draw.along_t.pictures import curve_picture, frozen_curves, ledger, network, paths_sum, said
from ui.draw.along_t.rules import slope
from ui.draw.along_t.words import TANGENT
from ui.draw.packing import written
from ui.draw.scenes import (
    Cases,
    Group,
    Network,
    Number,
    Part,
    Said,
    Scene,
    Slider,
    Slope,
    Switches,
    Words,
    following,
    formula,
    slot,
)
from ui.names.numbers import as_typed
from ui.questions.lesson.functions import AT, ONE_PATH, TWO_PATHS, example
from ui.state.choices import numbers
from ui.state.parameters import real
from ui.views.lesson.scenes import words


def along_t(place: Sequence[int], is_shown: bool, wrong: float | None, between: float | None) -> str:
    """Arrows and curve, and once they may be seen, products and tangent; a wrong slope is drawn at its t.

    Of two variables each can stand still: its product is out, and the curve is drawn with that one frozen.
    """
    number, variant = place
    outer, inners = (ONE_PATH, TWO_PATHS)[number - 1][variant]
    row = real("t")
    positions = sorted([*row.positions, *([] if between is None else [between])])
    each = [evaluate(outer, inners, t) for t in positions]
    names = OUTERS[outer].variables
    can_freeze = len(names) > 1
    total, curve = paths_sum(each, names), curve_picture(each)
    tangents = []
    if is_shown:
        steep = Number(following([slope(result) for result in each]), "key", "total")
        label = Cases(total, TANGENT, words.TANGENT_OF_FROZEN) if can_freeze else TANGENT
        tangents.append(Slope("total", label, steep, total if can_freeze else None))
    if wrong is not None:
        at = following([wrong if t == AT else None for t in positions])
        tangents.append(Slope("single", words.YOURS, Number(at, "key", "single")))
    frozen = frozen_curves(each) if can_freeze else ()
    curve = replace(curve, slopes=tangents, frozen=frozen)  # a list: an empty tuple would not be sent
    if not is_shown:
        curve = replace(curve, alt=words.CURVE_ALT)
    arrows = network(each) if is_shown else _without_products(each)
    if can_freeze:
        arrows = replace(arrows, switched=[f"path:{name}" for name in names])
    parts: list[Part] = [Group("pictures", (arrows, curve))]
    if is_shown:
        parts.append(ledger(each, total))
    whole = said(each, lambda r: words.at_t(names, r.u.tolist(), float(r.f), slope(r) if is_shown else None))
    spoken: Said = whole
    if can_freeze:
        some = words.FROZEN_SHOWN if is_shown else words.FROZEN
        spoken = Cases(total, whole, some, words.ALL_FROZEN, idle=words.FROZEN_IDLE if is_shown else some)
    parts.append(Words(spoken, "caption", is_spoken=True))
    slider = Slider("t", row.label, positions, row.step, [*map(as_typed, positions)])
    switches = Switches("drop", words.FREEZE_LABEL, numbers(len(names)), names) if can_freeze else None
    return written(Scene(slider, parts, switches))


def _without_products(each: Along) -> Network:
    """The arrows, all of one colour: the sign of a product would tell."""
    found = network(each)
    return replace(found, edges=[replace(edge, product=0.0) for edge in found.edges])


def row_times_column(is_shown: bool) -> list[Part]:
    """∂f/∂u and du/dt of stop 2 as row and column; with their product once it may be seen."""
    result = example(2, 0)
    names = OUTERS[result.outer].variables
    row, column = " & ".join(slot(i) for i in range(2)), r" \\ ".join(slot(2 + i) for i in range(2))
    factors = [
        Number(float(value), form="short") for value in (*result.df_du.tolist(), *result.du_dt.tolist())
    ]
    left = r"\frac{\partial f}{\partial \mathbf{u}} \, \frac{d \mathbf{u}}{dt} = "
    both = rf"\begin{{matrix}} {row} \end{{matrix}} \, \begin{{matrix}} {column} \end{{matrix}}"
    if not is_shown:
        return [formula(left + both, *factors)]
    total = Number(float(result.total), "total", "sum", "short")
    terms = " + ".join(rf"{slot(5 + 2 * i)} \cdot {slot(6 + 2 * i)}" for i in range(len(names)))
    again = [
        Number(float(value), form="factor")
        for pair in zip(result.df_du.tolist(), result.du_dt.tolist(), strict=True)
        for value in pair
    ]
    return [formula(rf"{left} {both} = {terms} = {slot(4)}", *factors, total, *again)]
