"""What texts claim about a step, looked up in the core: "a¹₂ = 0.318", counts of units, entries, costs."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from backprop import TrainingStep, forward_pass
from backprop.sgd import predicted_change
from tests.texts.checks import NUMBER, forms
from tests.texts.markup import Text
from ui.numbers import COUNT_WORDS, short

UP, DOWN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789"), str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
NAME = r"[zaxybwC][⁰¹²³⁴⁵⁶⁷⁸⁹]*[₀₁₂₃₄₅₆₇₈₉]*(?:,[₀₁₂₃₄₅₆₇₈₉]+)?"
CLAIM = re.compile(
    rf"(?<![\w∂/])(?<!· )(?<!of )(?<!gives )(?P<name>(?:[∂d]{NAME}/[∂d])?{NAME})(?P<is> = | is | was |: )"
    rf"(?P<number>{NUMBER.pattern})(?![\w.,/]*[\d%])(?! (?:[·×+−/*]|if\b))(?!\u00a0%| %)"
)
"""A name and its number; not the last factor of a product, nor what a wrong rule gives."""


@dataclass(frozen=True)
class Truth:
    """A recorded step, by the names of the screen."""

    step: TrainingStep
    known: dict[str, list[float]] = field(default_factory=dict)

    @cached_property
    def after(self):
        step = self.step
        return forward_pass(step.config, step.params_after, step.tape["x"], step.tape["y"])

    def values(self, name: str) -> list[float]:
        """What a name can stand for, before and after the update; nothing where it names no number."""
        if name not in self.known:
            self.known[name] = self._values(name)
        return self.known[name]

    def _values(self, name: str) -> list[float]:
        output, wrt = re.fullmatch(r"(?:[∂d](.+)/[∂d])?(.+)", name).groups()
        variable, indices = variable_of(wrt, self.step)
        try:
            if output is None:
                return [float(array[indices]) for array in self._arrays(variable)]
            if output == "C":
                return [float(self._derivative(variable)[indices])]
            above, rows = variable_of(output, self.step)
            return [float(self.step.vjp(above, variable).jacobian[rows + indices])]
        except (IndexError, KeyError, TypeError, ValueError):
            return []  # a whole array, or no array of this network

    def _arrays(self, variable: str) -> list[np.ndarray]:
        found = [self.step.tape[variable]]
        if variable[0] in "Wb":
            found.append(self.step.params_after[variable])
        elif variable[0] in "zaC":
            found.append(self.after[variable])
        return found

    def _derivative(self, variable: str) -> np.ndarray:
        if variable[0] in "Wb":
            return self.step.gradients[variable]
        return self.step.cotangent(variable)


def variable_of(name: str, step: TrainingStep) -> tuple[str, tuple[int, ...]]:
    """Such as ("W2", (0, 2)) for w²₁₃."""
    letter, layer, lowered = re.fullmatch(r"(.)([⁰¹²³⁴⁵⁶⁷⁸⁹]*)(.*)", name).groups()
    variable = f"{letter.upper() if letter == 'w' else letter}{layer.translate(UP)}"
    if letter == "w" and "," not in lowered:
        lowered = ",".join(lowered)
    return variable, tuple(int(index.translate(DOWN)) - 1 for index in filter(None, lowered.split(",")))


def wrong_claims(step: TrainingStep, texts: Sequence[Text]) -> Iterator[str]:
    """The sentences that say another number than the core."""
    truth = Truth(step)
    for text in texts:
        if "dited before the steps" in text.text:
            continue
        where = f"{text.kind}: {text.text[:250]}"
        for claim in CLAIM.finditer(text.text):
            values = truth.values(claim["name"])
            if values and not any(says(claim["number"], value) for value in values):
                yield f"{claim[0]!r}, by the core {values}: {where}"
        for expression, right in PATTERNS:
            for claim in expression.finditer(text.text):
                if not right(truth, claim):
                    yield f"{claim[0]!r}, not by the core: {where}"
        if (
            text.value is not None
            and (known := number_named(truth, text.name)) is not None
            and not np.isclose(known, float(text.value), rtol=1e-9, atol=1e-300)
        ):
            yield f"{text.name} is {text.value}, by the core {known}: {where}"


def claims_in(step: TrainingStep, texts: Sequence[Text]) -> int:
    """How many claims are checked."""
    truth = Truth(step)
    return sum(
        sum(bool(truth.values(claim["name"])) for claim in CLAIM.finditer(text.text))
        + sum(len(expression.findall(text.text)) for expression, _ in PATTERNS)
        + (text.value is not None and number_named(truth, text.name) is not None)
        for text in texts
    )


def says(number: str, value: float) -> bool:
    """Whether this is a way to write that number."""
    right_sign = number[0] == "−" if value < 0 and number.strip("+−0.") else number[0] != "−"
    return right_sign and number.lstrip("+−") in forms(value)


# --- counts and costs ----------------------------------------------------------------------------------

WORDS = {word: count for count, word in enumerate(COUNT_WORDS)}


def count_of(text: str) -> int:
    return WORDS[text] if text in WORDS else int(text.replace(",", ""))


COUNT = rf"(\d[\d,]*|{'|'.join(COUNT_WORDS)})"


def _units_off(truth: Truth, claim: re.Match[str]) -> bool:
    step = truth.step
    layers = range(1, step.config.depth + 1)
    off = {
        int((step.tape[f"z{layer}"] <= 0).sum())
        for layer in layers
        if step.config.activation(layer) == "relu"
    }
    return count_of(claim[1]) in off


def _weight_jacobians(truth: Truth, claim: re.Match[str]) -> bool:
    """Entries, those that are not structurally zero, different numbers among these."""
    known = set()
    for layer in range(1, truth.step.config.depth + 1):
        below = truth.step.tape[f"a{layer - 1}" if layer > 1 else "x"]
        m = truth.step.config.layer_sizes[layer]
        different = len({short(value) for value in below}), len(set(below.tolist()))
        known |= {(m * m * len(below), m * len(below), count) for count in different}
    return tuple(count_of(number) for number in claim.groups()) in known


def _cost(truth: Truth, claim: re.Match[str]) -> bool:
    step = truth.step
    if not (says(claim[1], step.loss_before) and says(claim[2], step.loss_after)):
        return False
    word, off = claim[3], step.loss_after - step.loss_before
    if word is None:
        return True
    return says(claim[4], abs(off)) and (off < 0) == (word == "down")


def _predicted(truth: Truth, claim: re.Match[str]) -> bool:
    return says(claim[1], predicted_change(truth.step))


def _sum_over_paths(truth: Truth, claim: re.Match[str]) -> bool:
    variable, _ = variable_of(claim[1], truth.step)
    paths = {vjp.paths for vjp in truth.step.vjp_steps if vjp.wrt == variable}
    return int(claim[2]) in paths


PATTERNS: tuple[tuple[re.Pattern[str], Callable[[Truth, re.Match[str]], bool]], ...] = (
    (re.compile(rf"{COUNT} units? (?:is|are) off for this"), _units_off),
    (
        re.compile(rf"{COUNT} entr\w+, {COUNT} of them not structurally zero, (?:only )?{COUNT} different"),
        _weight_jacobians,
    ),
    (
        re.compile(rf"[Cc]ost ({NUMBER.pattern}) → ({NUMBER.pattern})(?:, (up|down) ({NUMBER.pattern}))?"),
        _cost,
    ),
    (re.compile(rf"−η‖∇‖² (?:=|was) ({NUMBER.pattern})"), _predicted),
    (re.compile(rf"What is ∂C/∂({NAME}), the sum over all (\d+) paths"), _sum_over_paths),
)


# --- numbers by the names of their elements ------------------------------------------------------------


def number_named(truth: Truth, name: str) -> float | None:
    """What the core has for an element's data attributes; None where they are not known here."""
    step = truth.step
    attribute, _, which = name.partition("=")
    if attribute == "cost":
        change = step.loss_after - step.loss_before
        known = {"before": step.loss_before, "after": step.loss_after, "change": change}
        return known.get(which)
    place = re.fullmatch(r"([xzaC]\d?):(\d+)", which)
    if attribute == "node" and place and place[1] != "C":
        return float(step.tape[place[1]][int(place[2])])
    place = re.fullmatch(r"(before|after):(\d+)", which)
    if attribute == "output" and place:
        tape = step.tape if place[1] == "before" else truth.after
        return float(tape[f"a{step.config.depth}"][int(place[2])])
    return None
