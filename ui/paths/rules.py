"""Right rule, the reader's, one path, numeric slope, side by side. No Streamlit."""

from dataclasses import replace
from functools import lru_cache

import numpy as np

from backprop import TrainingStep, numerical_derivative
from backprop.arrays import BoolArray, FloatArray
from backprop.paths import cancellation, ledger
from ui.numbers import count_word, exact, percent, short, signed
from ui.paths.choice import PathChoice
from ui.paths.knock_out import knocked_out_step
from ui.paths.marks import circled, circles, fine_cost, number_cell, paragraph, table, text_cell
from ui.recording import recorded_step
from ui.settings import Settings
from ui.stage.names import symbol
from ui.svg import scripts, tag

TOLERANCE = 1e-6
CANCELS = 0.8
"""Paths are flagged where four fifths of them cancel."""


@lru_cache(maxsize=512)
def numeric_slopes(settings: Settings, name: str) -> tuple[FloatArray, BoolArray]:
    """∂C/∂name by central differences, and which entries the difference can judge."""
    step = recorded_step(settings)
    return numerical_derivative(step.config, step.tape, name)


def numeric_of(settings: Settings, name: str, unit: int) -> float | None:
    """One entry of it; None where the difference cannot tell."""
    numeric, judged = numeric_slopes(settings, name)
    return float(numeric[unit]) if judged[unit] else None


def agrees(value: float, numeric: float) -> bool:
    """Within what a central difference can tell."""
    return abs(value - numeric) <= TOLERANCE * max(1.0, abs(numeric))


def rule_cards(choice: PathChoice) -> str:
    """The four results as large numbers, each with its error."""
    step = recorded_step(choice.settings)
    book = ledger(step, choice.layer, choice.unit, choice.dropped)
    right = float(step.cotangent(choice.activation)[choice.unit])
    numeric = numeric_of(choice.settings, choice.activation, choice.unit)
    count = len(book.products)
    yours = f"Yours: without {circles(choice.dropped)}" if choice.dropped else "Yours: nothing knocked out"
    every = f"{_all(count)} paths summed" if count > 1 else "The one path there is"
    others = tuple(range(1, count))
    cards = [
        _card(choice, (), "right", every, right, numeric),
        _card(choice, choice.dropped, "yours", yours, book.total, numeric),
        _card(choice, others, "single", f"Single path: {circled(0)} alone", float(book.products[0]), numeric),
        _numeric_card(choice, numeric),
    ]
    return tag("div", *cards, class_="bp-cards")


def _all(count: int) -> str:
    return "Both" if count == 2 else f"All {count_word(count)}"


def _card(
    choice: PathChoice, dropped: tuple[int, ...], key: str, title: str, value: float, numeric: float | None
) -> str:
    after = knocked_out_step(replace(choice, dropped=dropped)).loss_after
    if numeric is None:
        error, state = "not judged: a kink is too near", ""
    else:
        off = abs(value - numeric)
        good = agrees(value, numeric)
        state = " bp-agrees" if good else " bp-differs"
        error = f"✓ error {short(off)}" if good else f"✗ error {short(off)}"
    return tag(
        "div",
        tag("p", scripts(title)),
        tag("p", signed(value), class_="bp-card-number", data_rule=key, data_value=exact(value)),
        tag("p", error),
        tag("p", f"cost after one update: {fine_cost(after)}", data_after=key, data_value=exact(after)),
        class_=f"bp-card{state}",
    )


def _numeric_card(choice: PathChoice, numeric: float | None) -> str:
    shown = "–" if numeric is None else signed(numeric)
    value = None if numeric is None else exact(numeric)
    return tag(
        "div",
        tag("p", "Numeric slope"),
        tag("p", shown, class_="bp-card-number", data_rule="numeric", data_value=value),
        tag("p", scripts(f"{choice.name} moved by ±1e−6")),
        tag("p", f"cost now: {fine_cost(recorded_step(choice.settings).loss_before)}"),
        class_="bp-card",
    )


def verdict(choice: PathChoice) -> str:
    """What the numbers say, in one sentence or two."""
    step = recorded_step(choice.settings)
    right, yours = (ledger(step, choice.layer, choice.unit, d) for d in ((), choice.dropped))
    if len(right.products) == 1:
        return (
            "One unit above means one path, and here the single-variable chain rule is the whole truth. "
            "Give the next layer more units."
        )
    if not choice.dropped:
        products, total = right.products, right.total
        alone = int(np.abs(products - total).argmax())
        said = (
            f"{circled(alone)} alone would say {signed(products[alone])} where the truth is {signed(total)}. "
        )
        return said + "Knock a path out and watch the sum leave the dashed line."
    off = yours.total - right.total
    if off == 0:
        one = len(choice.dropped) == 1
        which = f"Path {circles(choice.dropped)} carries" if one else f"Paths {circles(choice.dropped)} carry"
        return f"{which} nothing here, so the sum is the same. With other inputs it may not be."
    said = f"Without {circles(choice.dropped)} you are off by {signed(off)}"
    if yours.total * right.total < 0:
        said += ", and the sign is wrong"
        if activation_slopes(step, choice.layer)[choice.unit]:
            said += ": the unit's weights would move the wrong way"
    elif right.total:
        said += f", {percent(abs(off / right.total))} of the true value"
    return f"{said}."


# --- every unit of the layer -------------------------------------------------------------------------


def unit_flags(choice: PathChoice) -> list[str]:
    """For every unit of the layer: dead, paths cancel, or nothing."""
    step = recorded_step(choice.settings)
    terms = step.vjp(choice.above, choice.activation).path_terms
    cancelled = cancellation(terms)
    slopes = activation_slopes(step, choice.layer)
    return [
        ", ".join(
            flag
            for flag, applies in (
                ("off", slopes[unit] == 0),
                (f"{percent(cancelled[unit])} cancels", cancelled[unit] >= CANCELS),
            )
            if applies
        )
        for unit in range(terms.shape[1])
    ]


def activation_slopes(step: TrainingStep, layer: int) -> FloatArray:
    """The diagonal of ∂a^l/∂z^l, shape (n,)."""
    return step.vjp(f"a{layer}", f"z{layer}").jacobian.diagonal()


def unit_table(choice: PathChoice) -> str:
    """Right rule, single path and numeric slope of every unit, with the errors."""
    step = recorded_step(choice.settings)
    vjp_step = step.vjp(choice.above, choice.activation)
    numeric, judged = numeric_slopes(choice.settings, choice.activation)
    flags = unit_flags(choice)
    head = [
        "unit",
        "all paths",
        "error",
        f"{circled(0)} alone",
        "error",
        "numeric slope",
        "largest path",
        "note",
    ]
    rows = []
    for unit, right in enumerate(vjp_step.cotangent.tolist()):
        single = float(vjp_step.path_terms[0, unit])
        largest = int(np.abs(vjp_step.path_terms[:, unit]).argmax())
        slope = float(numeric[unit]) if judged[unit] else None
        rows.append(
            [
                _unit_link(choice, unit),
                number_cell(right, f"right:{unit}", "bp-strong-cell"),
                _error_cell(right, slope, f"right-error:{unit}"),
                number_cell(single, f"single:{unit}"),
                _error_cell(single, slope, f"single-error:{unit}"),
                text_cell("near a kink") if slope is None else number_cell(slope, f"numeric:{unit}"),
                text_cell(f"{circled(largest)} {signed(vjp_step.path_terms[largest, unit])}"),
                text_cell(flags[unit]),
            ]
        )
    return table(head, rows, "bp-units", marked=choice.unit) + paragraph(
        _units_sentence(choice, vjp_step.path_terms), "bp-note"
    )


def _units_sentence(choice: PathChoice, terms: FloatArray) -> str:
    numeric, judged = numeric_slopes(choice.settings, choice.activation)
    wrong = int((judged & (np.abs(terms[0] - numeric) > TOLERANCE * np.maximum(1.0, np.abs(numeric)))).sum())
    said = f"{circled(0)} alone is wrong for {wrong} of the {int(judged.sum())} units that can be judged"
    skipped = int((~judged).sum())
    if skipped:
        said += f"; {skipped} lie too near a kink of a ReLU for a numeric slope"
    return f"{said}. The error is the distance to the numeric slope. Choose a unit by its name."


def _unit_link(choice: PathChoice, unit: int) -> str:
    name = scripts(symbol(choice.activation, unit))
    href = choice.link(unit=unit + 1)
    current = "true" if unit == choice.unit else None
    link = tag("a", name, href=href, data_app_link="", target="_self", aria_current=current)
    return tag("th", link, scope="row")


def _error_cell(value: float, numeric: float | None, key: str) -> str:
    if numeric is None:
        return text_cell("–")
    off = abs(value - numeric)
    good = agrees(value, numeric)
    text = f"{'✓' if good else '✗'} {short(off)}"
    return number_cell(off, key, "bp-good" if good else "bp-bad", text)
