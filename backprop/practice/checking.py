"""A whole solution checked: each number right, nearly, following from an earlier one, or of which mistake.

A number is compared with what the recorded step gives, then with what follows from the reader's own earlier
numbers; mistakes are looked for between those and it. Where a number that was not given must have been wrong
before, the mistake there is named if enough speaks for it.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from backprop.practice.batch_means import Batch
from backprop.practice.comparing import (
    FEW_DIGITS,
    FOLLOWS,
    LAST_DIGIT,
    NEARLY,
    RIGHT,
    ROUNDED_BEFORE,
    WRONG,
    Answer,
    Checked,
    Finding,
    is_close,
    is_same,
    tells,
)
from backprop.practice.following import Followed, Key, Own, delta_kind
from backprop.practice.formulas import Quantity
from backprop.practice.judging import is_taken_for, judge, problem
from backprop.practice.mistakes import GRADIENTS
from backprop.practice.order import inputs_of, place
from backprop.practice.searching import Search
from backprop.practice.spans import SHOWN_DIGITS
from backprop.tape import TrainingStep

OF_THE_BATCH = "of the batch"
"""Why it is right all the same: as the mean over all observations."""

MOST_SLACK = 0.5
"""More than this part of a number is no rounding."""

FAR = 0.05
"""More than this part of a product, or of all terms of a sum, is no rounding."""

MOST_SEARCHED = 150
"""For so many numbers that are not right mistakes are looked for."""

_PRODUCTS = GRADIENTS | {"through_activation", "weight_step"}


def check(step: TrainingStep, answers: Sequence[Answer], batch: Batch | None = None) -> tuple[Checked, ...]:
    """Every answer checked, in the order of the timeline.

    Args:
        step: the recorded step.
        answers: numbers of its solution.
        batch: where the step is of one observation among several, what it is for all of them.

    Raises:
        ValueError: if a quantity has no such kind, layer or index.
    """
    return _Check(step, answers, batch).checked


def explained(checked: Sequence[Checked]) -> list[tuple[tuple[Finding, ...], tuple[Checked, ...]]]:
    """Wrong numbers that belong together, and the mistakes that give all of them; in the order of the first.

    As few mistakes as will do; those of none that is known are together, with none.
    """
    left, groups = [each for each in checked if each.verdict == WRONG], []
    while any(each.findings for each in left):
        counts = Counter(finding for each in left for finding in each.findings)
        most = counts.most_common(1)[0][0]
        group = [each for each in left if most in each.findings]
        shared = [finding for finding in counts if all(finding in each.findings for each in group)]
        groups.append((tuple(shared), tuple(group)))
        left = [each for each in left if most not in each.findings]
    groups += [((), tuple(left))] if left else []
    order = list(checked)
    return sorted(groups, key=lambda group: order.index(group[1][0]))


class _Check:
    """The answers of one solution."""

    def __init__(self, step: TrainingStep, answers: Sequence[Answer], batch: Batch | None) -> None:
        self.step, self.config, self.batch = step, step.config, batch
        self.exact = Followed(step, {})
        for answer in answers:
            _require(self.exact, answer.quantity)
        own = _own(self.exact, answers)
        self.followed = Followed(step, own)
        self.search = Search(step, own, self.exact, self.followed)
        self.searched = 0
        self.results: dict[Quantity, Checked] = {}
        ordered = sorted(answers, key=lambda answer: place(self.config, answer.quantity))
        checked = []
        for answer in ordered:
            found = self._check(answer)
            self.results[answer.quantity] = found
            checked.append(found)
        known = _without_guesses(checked)
        self.checked = tuple(known) if self.searched > MOST_SEARCHED else self.search.before(known)

    def _check(self, answer: Answer) -> Checked:
        quantity = answer.quantity
        right = float(self.exact.reached[quantity.kind, quantity.layer][quantity.index]) + 0.0
        if is_same(answer, right):
            return Checked(answer, right, RIGHT)
        if of_the_batch := self._of_the_batch(answer, right):
            return of_the_batch
        self.searched += 1
        if self.searched > MOST_SEARCHED:
            return self._followed(answer, right, roughly=True) or Checked(answer, right, WRONG)
        return self._searched(answer, right)

    def _searched(self, answer: Answer, right: float) -> Checked:
        """What becomes of an answer that is not the right number to its last digit."""
        quantity = answer.quantity
        is_far = self._is_far(answer, right)
        if is_far and (followed := self._followed(answer, right)):
            return followed
        exactly, found = self._mistakes(answer)
        sources = self._sources(quantity)
        if is_far and (exactly or found):
            return Checked(answer, right, WRONG, "", exactly or found, sources)
        verdict = judge(problem(self.step, quantity), answer.value, answer.digits, answer.unit)
        if verdict.right and not exactly:
            return Checked(answer, right, RIGHT)
        is_rounded = answer.digits < SHOWN_DIGITS and abs(answer.value - right) <= answer.unit / 2
        if verdict.nearly or is_rounded:
            return Checked(answer, right, NEARLY, FEW_DIGITS)
        if followed := self._followed(answer, right):
            return followed
        if exactly:
            return Checked(answer, right, WRONG, "", exactly, sources)
        if is_close(answer, right):
            return Checked(answer, right, NEARLY, LAST_DIGIT)
        if found:
            return Checked(answer, right, WRONG, "", found, sources)
        if followed := self._followed(answer, right, roughly=True):
            return followed
        key = quantity.kind, quantity.layer
        found = tuple(Finding(wrong.mistake, wrong.part, key) for wrong in verdict.mistakes)
        return Checked(answer, right, WRONG, "", found)

    def _mistakes(self, answer: Answer) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
        """The mistakes that give it to all its digits, and those that it may be taken for."""
        made = [*self.search.made(answer.quantity)]
        exactly = tuple(finding for finding, value, _ in made if tells(answer, value))
        found = tuple(
            finding
            for finding, value, within in made
            if is_taken_for(within, answer.value, answer.digits, answer.unit)
            or (answer.digits == 1 and abs(answer.value - value) <= answer.unit / 2)
        )
        return exactly, found

    def _of_the_batch(self, answer: Answer, right: float) -> Checked | None:
        """Whether it is what all observations give, as their mean, or as their sum."""
        key, index = (answer.quantity.kind, answer.quantity.layer), answer.quantity.index
        if self.batch is None or key not in self.batch.means:
            return None
        if is_same(answer, float(self.batch.means[key][index])):
            return Checked(answer, right, RIGHT, OF_THE_BATCH)
        if is_same(answer, float(self.batch.sums[key][index])):
            return Checked(answer, right, WRONG, "", (Finding("mean_forgotten", None, key),))
        return None

    def _is_far(self, answer: Answer, right: float) -> bool:
        """Whether no rounding explains it: of a product, or of the terms of a sum."""
        kind, layer, index = answer.quantity.kind, answer.quantity.layer, answer.quantity.index
        work, size = self.exact.works[layer], abs(right)
        if kind == "new_weight":
            size += abs(work.weights[index])
        elif kind == "new_bias":
            size += abs(work.bias[index])
        elif kind == "path_sum":
            size += float(np.abs(self.exact.reached["path_term", layer][:, index[0]]).sum())
        elif kind == "pre_activation":
            size += float(np.abs(work.weights[index[0]]) @ np.abs(work.below)) + abs(work.bias[index])
        elif kind not in _PRODUCTS:
            return False
        return answer.digits >= SHOWN_DIGITS and bool(abs(answer.value - right) > FAR * size)

    def _followed(self, answer: Answer, right: float, roughly: bool = False) -> Checked | None:
        """What follows from numbers of the reader's own: rightly, if from wrong ones, or from rounded ones.

        `roughly` takes as much as all these roundings can add up to.
        """
        quantity, key = answer.quantity, (answer.quantity.kind, answer.quantity.layer)
        reached = [float(self.followed.reached[key][quantity.index])]
        if self.followed.at_once is not None and key == (delta_kind(self.config, key[1]), self.config.depth):
            reached.append(float(self.followed.at_once[quantity.index]))
        slack = float(self.followed.slack[key][quantity.index])
        for value in reached:
            units = 0.5 if answer.digits < SHOWN_DIGITS else 1.0
            allowed = units * answer.unit + 1e-9 * abs(value) + roughly * min(slack, MOST_SLACK * abs(value))
            if value == right or abs(answer.value - value) > allowed:
                continue
            if answer.digits < SHOWN_DIGITS - 1:
                return Checked(answer, right, NEARLY, FEW_DIGITS)
            if sources := self._sources(quantity):
                return Checked(answer, right, FOLLOWS, sources=sources)
            return Checked(answer, right, NEARLY, ROUNDED_BEFORE)
        return None

    def _sources(self, quantity: Quantity) -> tuple[Quantity, ...]:
        """The wrong numbers of the reader's own from which it was computed, nearest first."""
        found, seen, ahead = [], set(), [quantity]
        while ahead:
            for each in inputs_of(self.config, ahead.pop(0)):
                if each in seen:
                    continue
                seen.add(each)
                if not self.followed.has(each.kind, each.layer, each.index):
                    ahead.append(each)
                elif each in self.results and self.results[each].verdict in (WRONG, FOLLOWS):
                    found.append(each)
        return tuple(found)


def _without_guesses(checked: Sequence[Checked]) -> list[Checked]:
    """A number of one digit can be of many mistakes: it is of those that others beside it are of."""
    known: dict[Key, set[Finding]] = {}
    for each in checked:
        if each.answer.digits > 1:
            known.setdefault(each.key, set()).update(each.findings)
    found = []
    for each in checked:
        if each.answer.digits == 1:
            findings = [finding for finding in each.findings if finding in known.get(each.key, ())]
            each = replace(each, findings=tuple(findings))
        found.append(each)
    return found


def _own(exact: Followed, answers: Sequence[Answer]) -> Mapping[Key, Own]:
    own: dict[Key, Own] = {}
    for answer in answers:
        quantity = answer.quantity
        shape = exact.reached[quantity.kind, quantity.layer].shape
        entry = own.setdefault((quantity.kind, quantity.layer), Own(np.full(shape, np.nan), np.zeros(shape)))
        entry.values[quantity.index], entry.half[quantity.index] = answer.value, answer.unit / 2
    return own


def _require(exact: Followed, quantity: Quantity) -> None:
    key = quantity.kind, quantity.layer
    if key not in exact.reached:
        raise ValueError(
            f"quantity: expected one of {', '.join(f'{k} of {n}' for k, n in exact.reached)}, got {key}"
        )
    shape = exact.reached[key].shape
    fits = len(shape) == len(quantity.index) and all(
        0 <= i < n for i, n in zip(quantity.index, shape, strict=True)
    )
    if not fits:
        raise ValueError(f"index: expected one within shape {shape}, got {quantity.index}")
