"""Right rule, the reader's, one path, numeric slope, side by side. No Streamlit."""

from dataclasses import dataclass, replace

import numpy as np

from backprop import VJPStep
from backprop.arrays import FloatArray
from backprop.check import STEP, GradientCheck, slope_noise
from backprop.noise import activation_slopes, beyond, carries_nothing, derivative_noise, is_learned
from ui.draw.prose import link, number_cell, paragraph, table, text_cell
from ui.draw.svg import scripts, tag
from ui.names.numbers import as_typed, exact, percent, short, signed
from ui.names.symbols import circled, symbol
from ui.state.cache import kept
from ui.state.captions import word_for
from ui.state.recording import recorded_step
from ui.state.settings import Settings
from ui.steps.checks import not_judged, slope_check
from ui.steps.thesis import agrees, off_word, why_path
from ui.views.paths import words
from ui.views.paths.choice import PathChoice
from ui.views.paths.knock_out import book_of, cost_texts, knocked_out_step, missing, paths_into, single_path

CANCELS = 0.8
"""Paths are flagged where four fifths of them cancel."""


def numeric_of(settings: Settings, name: str, unit: int) -> float | None:
    """One entry of ∂C/∂name by central differences, 0 where it is nothing but rounding.

    None where the difference cannot tell.
    """
    check = kept(slope_check, settings, name)
    if not check.judged[unit]:
        return None
    noise = slope_noise(recorded_step(settings), name)
    return float(beyond(check.numeric, noise)[unit])


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the numeric slope says of a number that a rule gives for ∂C/∂v.

    Attributes:
        mark: ✓ where the number is the derivative, ✗ where the slope tells it from that; "" where it cannot
            tell: then the number is wrong, but by less than the rounding of the slope.
        error: distance of the number and the slope.
    """

    mark: str
    error: float

    @property
    def text(self) -> str:
        """Such as ✗ 0.244."""
        return f"{self.mark} {short(self.error)}".strip()

    @property
    def cell_class(self) -> str:
        """Class of a table's cell."""
        return {"✓": "bp-good", "✗": "bp-bad", "": ""}[self.mark]


def judge(settings: Settings, name: str, unit: int, value: float) -> Judgement | None:
    """Whether `value` is entry `unit` of ∂C/∂name; None where there is no numeric slope to tell."""
    numeric = numeric_of(settings, name, unit)
    if numeric is None:
        return None
    error = abs(value - numeric)
    if is_derivative(settings, name, unit, value):
        mark = "✓" if agrees(value, numeric) else "✗"
    else:
        mark = "✗" if error > slope_noise(recorded_step(settings), name)[unit] else ""
    return Judgement(mark, error)


def is_derivative(settings: Settings, name: str, unit: int, value: float) -> bool:
    """Whether `value` is what backpropagation finds for entry `unit` of ∂C/∂name, but for rounding."""
    step = recorded_step(settings)
    return bool(abs(value - step.cotangent(name)[unit]) <= 2 * derivative_noise(step)[name][unit])


def rule_cards(choice: PathChoice) -> str:
    """The four results as large numbers, each with its error."""
    step = recorded_step(choice.settings)
    book = kept(book_of, choice)
    one, count = single_path(choice), len(book.products)
    alone = replace(choice, dropped=tuple(k for k in range(count) if k != one))
    all_paths = replace(choice, dropped=())
    after = [kept(knocked_out_step, each).loss_after for each in (all_paths, choice, alone)]
    now, *costs = cost_texts(step.loss_before, *after)
    right = float(kept(paths_into, choice.settings, choice.layer).cotangent[choice.unit])
    rules = (
        ("right", words.all_paths_card(count), right),
        ("yours", words.yours_card(choice.dropped), book.total),
        ("single", f"Single path: {circled(one)} alone", float(book.products[one])),
    )
    cards = [
        _card(choice, key, title, value, cost, text)
        for (key, title, value), cost, text in zip(rules, after, costs, strict=True)
    ]
    return tag("div", *cards, _numeric_card(choice, now), class_="bp-cards")


def _card(choice: PathChoice, key: str, title: str, value: float, cost: float, cost_text: str) -> str:
    judged = judge(choice.settings, choice.activation, choice.unit, value)
    state = {"✓": " bp-agrees", "✗": " bp-differs", "": ""}[judged.mark if judged else ""]
    error = f"{judged.mark} error {short(judged.error)}".strip() if judged else "not judged"
    after = tag("p", words.cost_after(cost_text), data_after=key, data_value=exact(cost))
    return value_card(title, value, tag("p", error) + after, state, data_rule=key)


def _numeric_card(choice: PathChoice, cost_now: str) -> str:
    check = kept(slope_check, choice.settings, choice.activation)
    numeric = numeric_of(choice.settings, choice.activation, choice.unit)
    note = not_judged(check, choice.unit) or f"{choice.name} moved by ±{as_typed(STEP)}"
    notes = paragraph(note) + tag("p", f"cost now: {cost_now}")
    return value_card("Numeric slope", numeric, notes, data_rule="numeric")


def value_card(title: str, value: float | None, notes: str, state: str = "", **data: str) -> str:
    """A large number under its title, and over what is said of it, which is markup."""
    digits = None if value is None else exact(value)
    shown = "–" if value is None else signed(value)
    number = tag("p", shown, class_="bp-card-number", **data, data_value=digits)
    return tag("div", paragraph(title), number, notes, class_=f"bp-card{state}")


def verdict(choice: PathChoice) -> str:
    """What the numbers say, in one sentence or two."""
    book = kept(book_of, choice)
    products = book.products
    total = float(kept(paths_into, choice.settings, choice.layer).cotangent[choice.unit])
    if choice.dropped:
        return _verdict_without(choice, products[list(choice.dropped)], book.total, total)
    if len(products) == 1:
        return words.ONE_PATH
    step = recorded_step(choice.settings)
    if is_learned(step):
        return words.learned(word_for(choice.settings))
    if carries_nothing(step):
        return words.saturated(symbol(f"z{step.config.depth}"))
    if not products.any():
        return words.ALL_0
    one = single_path(choice)
    judged = kept(slope_check, choice.settings, choice.activation).judged[choice.unit]
    alone = words.one_alone(one, why_path(products), products[one], total)
    return f"{alone} {words.try_a_knock_out(bool(products.all()), judged)}"


def _verdict_without(choice: PathChoice, dropped: FloatArray, yours: float, total: float) -> str:
    off = -missing(choice)
    if off == 0:
        return words.without_a_loss(choice.dropped, bool(dropped.any()))
    slope = activation_slopes(recorded_step(choice.settings), choice.layer)[choice.unit]
    return words.without(choice.dropped, off, total, yours * total < 0, slope != 0)


# --- every unit of the layer -------------------------------------------------------------------------


def unit_flags(choice: PathChoice) -> list[str]:
    """For every unit of the layer: off, paths cancel, or nothing."""
    step = recorded_step(choice.settings)
    cancelled = cancelled_shares(kept(paths_into, choice.settings, choice.layer))
    off = off_word(step)
    return [
        ", ".join([off] * bool(slope == 0) + [f"{percent(share)} cancels"] * (share >= CANCELS))
        for slope, share in zip(activation_slopes(step, choice.layer), cancelled.tolist(), strict=True)
    ]


def cancelled_shares(paths: VJPStep) -> FloatArray:
    """For every unit 1 − |sum| / sum of sizes of its paths: 0 if all pull one way, 1 if they cancel."""
    size = np.abs(paths.path_terms).sum(axis=0)
    return np.where(size > 0, 1 - np.abs(paths.cotangent) / np.where(size > 0, size, 1.0), 0.0)


def unit_table(choice: PathChoice) -> str:
    """Right rule, single path and numeric slope of every unit, with the errors."""
    vjp_step = kept(paths_into, choice.settings, choice.layer)
    check, one = kept(slope_check, choice.settings, choice.activation), single_path(choice)
    flags = unit_flags(choice)
    head = [
        "unit",
        "all paths",
        "error",
        f"{circled(one)} alone",
        "error",
        "numeric slope",
        "largest path",
        "note",
    ]
    rows = []
    for unit, right in enumerate(vjp_step.cotangent.tolist()):
        single = float(vjp_step.path_terms[one, unit])
        slope = numeric_of(choice.settings, choice.activation, unit)
        rows.append(
            [
                _unit_link(choice, unit),
                number_cell(right, f"right:{unit}", "bp-strong-cell"),
                _error_cell(choice, unit, right, f"right-error:{unit}"),
                number_cell(single, f"single:{unit}"),
                _error_cell(choice, unit, single, f"single-error:{unit}"),
                slope_cell(slope, not_judged(check, unit), f"numeric:{unit}"),
                text_cell(_largest_path(vjp_step.path_terms[:, unit])),
                text_cell(flags[unit]),
            ]
        )
    return table(head, rows, "bp-units", marked=choice.unit) + paragraph(
        units_sentence(choice, vjp_step.path_terms[one], check), "bp-note"
    )


def slope_cell(slope: float | None, why_not: str, key: str) -> str:
    """A numeric slope, or why there is none."""
    return text_cell(why_not) if slope is None else number_cell(slope, key)


def _largest_path(products: FloatArray) -> str:
    largest = int(np.abs(products).argmax())
    return f"{circled(largest)} {signed(products[largest])}" if products[largest] else "all 0"


def units_sentence(choice: PathChoice, single: FloatArray, check: GradientCheck) -> str:
    """For how many units the one path is wrong; `single` holds what it says, shape (n,)."""
    wrong = sum(
        not is_derivative(choice.settings, choice.activation, unit, value)
        for unit, value in enumerate(single.tolist())
        if check.judged[unit]
    )
    return words.units_judged(single_path(choice), wrong, int(check.judged.sum()), len(single))


def _unit_link(choice: PathChoice, unit: int) -> str:
    name = scripts(symbol(choice.activation, unit))
    href = choice.link(unit=unit + 1)
    current = "true" if unit == choice.unit else None
    return tag("th", link(name, href, aria_current=current), scope="row")


def _error_cell(choice: PathChoice, unit: int, value: float, key: str) -> str:
    judged = judge(choice.settings, choice.activation, unit, value)
    return (
        text_cell("–") if judged is None else number_cell(judged.error, key, judged.cell_class, judged.text)
    )
