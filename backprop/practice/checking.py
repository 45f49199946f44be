"""A whole solution checked: each number right, nearly, following from an earlier one, or of which mistake.

A number is compared with what the recorded step gives, then with what follows from the reader's own earlier
numbers; mistakes are looked for between those and it. Where a number that was not given must have been wrong
before, the mistake there is named if enough speaks for it.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from backprop.arrays import FloatArray
from backprop.batch import loss_and_gradients
from backprop.network import MLPConfig
from backprop.practice.following import Followed, Key, Own, delta_kind, slope_kind
from backprop.practice.formulas import FORMULAS, Quantity
from backprop.practice.judging import ALL_DIGITS, answers_of, is_taken_for, judge, problem, ways_of
from backprop.practice.judging import wrong_values as made_on
from backprop.practice.mistakes import GRADIENTS, MISTAKES, UPDATES, alone
from backprop.practice.spans import SHOWN_DIGITS, Range
from backprop.practice.workings import Workings
from backprop.tape import TrainingStep

RIGHT, NEARLY, FOLLOWS, WRONG = "right", "nearly", "follows", "wrong"
FEW_DIGITS, LAST_DIGIT, ROUNDED_BEFORE = "few digits", "last digit", "rounded before"
"""Why a number is nearly right."""

OF_THE_BATCH = "of the batch"
"""Why it is right all the same: as the mean over all observations."""

TELLING_DIGITS = 5
"""So many digits tell two results apart that are as near as a mistake is by chance."""

LAST_UNITS = 2.0
"""Units of the last digit that a number may be off by, to be nearly right."""

CLOSE = 0.005
"""Or this part of it."""

MOST_SLACK = 0.5
"""More than this part of a number is no rounding."""

FAR = 0.05
"""More than this part of a product, or of all terms of a sum, is no rounding."""

MOST_SEARCHED = 150
"""For so many numbers that are not right mistakes are looked for."""

ORDER = (
    *("pre_activation", "activation", "cost", "cost_slope", "jacobian", "path_term", "path_sum", "slope"),
    *("through_activation", "weight_gradient", "bias_gradient", "weight_step", "new_weight", "new_bias"),
)
"""Every kind of number in the order in which a layer has them."""

_OF_THE_COST = frozenset(("factor_forgotten", "target_forgotten"))
_OF_THE_SUM = _OF_THE_COST | {"one_path", "paths_averaged", "softmax_diagonal", "new_weights"}
_OF_THE_SLOPE = frozenset(("slope_forgotten", "wrong_slope", "z_for_a"))
_OF_THE_TERMS = frozenset(("transposed", "weights_forgotten", "upstream_forgotten", "activation_for_weight"))
_OF_THE_STEP = frozenset(("wrong_sign", "rate_forgotten", "step_alone", "gradient_alone"))


_PRODUCTS = GRADIENTS | {"through_activation", "weight_step"}
_READ = {
    "activation": "activation",
    "cost": "cost",
    "cost_slope": "upstream",
    "jacobian": "jacobian",
    "slope": "slope",
}
"""Kinds that are not computed from the workings but stand in them: where."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One number of a solution.

    Attributes:
        quantity: what it is said to be.
        value: the number.
        digits: how many significant ones it was given with.
        unit: of the last of them; 0 where all digits count. That of a 0 says how far it was rounded.
    """

    quantity: Quantity
    value: float
    digits: int = ALL_DIGITS
    unit: float = 0.0


@dataclass(frozen=True, slots=True)
class Finding:
    """A mistake that gives a number.

    Attributes:
        mistake: a key of MISTAKES.
        part: the path it is about, or which of its ways, as in WrongValue.
        where: kind and layer of the numbers in which it was made.
        second: another one made in the same number, or "".
    """

    mistake: str
    part: int | None
    where: Key
    second: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """What became of an answer.

    Attributes:
        answer: the number.
        right: what it should be.
        verdict: RIGHT, NEARLY, FOLLOWS or WRONG.
        reason: why it is nearly right, or right all the same, else "".
        findings: the mistakes that give it, each by itself; none where it is of no known one.
        sources: the earlier wrong numbers of the reader that it was computed from, or the mistake made on.
    """

    answer: Answer
    right: float
    verdict: str
    reason: str = ""
    findings: tuple[Finding, ...] = ()
    sources: tuple[Quantity, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """What the gradients and what comes after them are as means over all observations, and as their sums."""

    means: Mapping[Key, FloatArray]
    sums: Mapping[Key, FloatArray]


def batch_of(step: TrainingStep, X: ArrayLike, Y: ArrayLike) -> Batch:
    """The batch of these observations, X (N, n_in) and Y (N, n_out), with the parameters of the step."""
    cost, gradients = loss_and_gradients(step.config, step.params, X, Y)
    rate = step.updates[0].learning_rate
    means: dict[Key, FloatArray] = {}
    sums: dict[Key, FloatArray] = {}
    for found, times in ((means, 1), (sums, len(np.asarray(X)))):
        found["cost", step.config.depth] = np.asarray(times * cost)
        for name, gradient in gradients.items():
            what, layer = ("weight" if name[0] == "W" else "bias"), int(name[1:])
            found[f"{what}_gradient", layer] = times * gradient
            found[f"new_{what}", layer] = step.params[name] - rate * times * gradient
            if what == "weight":
                found["weight_step", layer] = -rate * times * gradient
    return Batch(means, sums)


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


def place(config: MLPConfig, quantity: Quantity) -> tuple[int, ...]:
    """What sorts quantities as the timeline has them: forward, back, update."""
    kind, layer, last = quantity.kind, quantity.layer, quantity.layer == config.depth
    rank = ORDER.index(kind)
    if kind == "slope" and last:
        rank = ORDER.index("jacobian")
    if rank < ORDER.index("cost"):
        return (0, layer, rank, *quantity.index)
    return (2 if kind in UPDATES else 1, -layer, rank, *quantity.index)


def inputs_of(config: MLPConfig, quantity: Quantity) -> Iterator[Quantity]:
    """The numbers that a quantity is computed from at once, parameters and observation left out."""
    kind, layer, index = quantity.kind, quantity.layer, quantity.index
    last, sizes = layer == config.depth, config.layer_sizes
    first = index[0] if index else 0

    def of(kind: str, layer: int, *indices: int) -> Iterator[Quantity]:
        return (Quantity(kind, layer, (i,)) for i in indices if layer)

    if kind == "pre_activation":
        yield from of("activation", layer - 1, *range(sizes[layer - 1]))
    elif kind == "activation":
        yield from of("pre_activation", layer, *(range(sizes[layer]) if config.is_dense(layer) else index))
    elif kind in ("cost", "cost_slope") or (kind == "jacobian" and last):
        yield from of("activation", layer, *(index or range(sizes[layer])))
    elif kind == "slope":
        yield from of("activation", layer, first)
        yield from of("pre_activation", layer, first)
    elif kind == "path_term":
        yield from (
            of("cost_slope", layer, first) if last else of(delta_kind(config, layer + 1), layer + 1, first)
        )
        yield Quantity("jacobian", layer, index)
    elif kind in ("path_sum", "through_activation"):
        if kind == "path_sum":
            paths = sizes[layer] if last else sizes[layer + 1]
            yield from (Quantity("path_term", layer, (k, first)) for k in range(paths))
        else:
            yield from of(slope_kind(config, layer), layer, first)
            yield from of("slope", layer, first)
        if last and config.shortcut is not None:
            yield from of("activation", layer, first)
    elif kind in GRADIENTS:
        yield from of(delta_kind(config, layer), layer, first)
        yield from of("activation", layer - 1, *index[1:])
    elif kind != "jacobian":
        before = {"weight_step": "weight_gradient", "new_weight": "weight_step", "new_bias": "bias_gradient"}
        yield Quantity(before[kind], layer, index)


class _Check:
    """The answers of one solution."""

    def __init__(self, step: TrainingStep, answers: Sequence[Answer], batch: Batch | None) -> None:
        self.step, self.config, self.batch = step, step.config, batch
        self.exact = Followed(step, {})
        for answer in answers:
            _require(self.exact, answer.quantity)
        self.own = _own(self.exact, answers)
        self.followed = Followed(step, self.own)
        self.searched = 0
        self.results: dict[Quantity, Checked] = {}
        ordered = sorted(answers, key=lambda answer: place(self.config, answer.quantity))
        checked = []
        for answer in ordered:
            found = self._check(answer)
            self.results[answer.quantity] = found
            checked.append(found)
        self.checked = self._searched_before(_without_guesses(checked))

    def _check(self, answer: Answer) -> Checked:
        quantity, key = answer.quantity, (answer.quantity.kind, answer.quantity.layer)
        right = float(self.exact.reached[key][quantity.index]) + 0.0
        if _is_same(answer, right):
            return Checked(answer, right, RIGHT)
        if of_the_batch := self._of_the_batch(answer, right):
            return of_the_batch
        self.searched += 1
        if self.searched > MOST_SEARCHED:
            return self._followed(answer, right, roughly=True) or Checked(answer, right, WRONG)
        number = answer.value, answer.digits, answer.unit
        is_far = self._is_far(answer, right)
        if is_far and (followed := self._followed(answer, right)):
            return followed
        made = [*self._made(quantity)]
        exactly = tuple(finding for finding, value, _ in made if _tells(answer, value))
        found = tuple(
            finding
            for finding, value, within in made
            if is_taken_for(within, *number)
            or (answer.digits == 1 and abs(answer.value - value) <= answer.unit / 2)
        )
        sources = self._sources(quantity)
        if is_far and (exactly or found):
            return Checked(answer, right, WRONG, "", exactly or found, sources)
        asked = problem(self.step, quantity)
        verdict = judge(asked, *number)
        if verdict.right and not exactly:
            return Checked(answer, right, RIGHT)
        is_rounded = answer.digits < SHOWN_DIGITS and abs(answer.value - right) <= answer.unit / 2
        if verdict.nearly or is_rounded:
            return Checked(answer, right, NEARLY, FEW_DIGITS)
        if followed := self._followed(answer, right):
            return followed
        if exactly:
            return Checked(answer, right, WRONG, "", exactly, sources)
        if _is_close(answer, right):
            return Checked(answer, right, NEARLY, LAST_DIGIT)
        if found:
            return Checked(answer, right, WRONG, "", found, sources)
        if followed := self._followed(answer, right, roughly=True):
            return followed
        found = tuple(Finding(wrong.mistake, wrong.part, key) for wrong in verdict.mistakes)
        return Checked(answer, right, WRONG, "", found)

    def _of_the_batch(self, answer: Answer, right: float) -> Checked | None:
        """Whether it is what all observations give, as their mean, or as their sum."""
        key, index = (answer.quantity.kind, answer.quantity.layer), answer.quantity.index
        if self.batch is None or key not in self.batch.means:
            return None
        if _is_same(answer, float(self.batch.means[key][index])):
            return Checked(answer, right, RIGHT, OF_THE_BATCH)
        if _is_same(answer, float(self.batch.sums[key][index])):
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

    def _made(self, quantity: Quantity) -> Iterator[tuple[Finding, float, Range]]:
        """Each mistake between the reader's own numbers and this one, made."""
        work, names = self._workings(quantity)
        key = quantity.kind, quantity.layer
        mistakes = [MISTAKES[name] for name in MISTAKES if name in names]
        right = float(self.exact.reached[key][quantity.index])
        reached = float(self.followed.reached[key][quantity.index])
        for name, part, value, spans in made_on(ways_of(work, quantity.kind), quantity, mistakes):
            if np.isfinite(value) and value not in (right, reached):
                yield Finding(name, part, key), value, answers_of(value, spans)

    def _workings(self, quantity: Quantity) -> tuple[Workings, frozenset[str]]:
        """The workings of a quantity from the reader's numbers, and the mistakes that may come after them."""
        kind, layer, index = quantity.kind, quantity.layer, quantity.index
        work, has, used = self.followed.works[layer], self.followed.has, self.followed.used
        first, every = index[:1], frozenset(MISTAKES)
        if kind in _READ:  # the reader's own is in the workings, where what comes out belongs
            changed: dict[str, Any] = {_READ[kind]: self.followed.reached[kind, layer]}
            work = replace(work, **changed)
        elif kind == "pre_activation":
            z = self.followed.reached[kind, layer]
            work = replace(work, pre_activation=z, activation=self.config.rule(layer).forward(z))
        if kind in ("new_weight", "weight_step", "new_bias"):
            of = "bias_gradient" if kind == "new_bias" else "weight_gradient"
            gradient: FloatArray | None = used[of, layer]
            if kind == "new_weight" and has("weight_step", layer, index) and work.rate:
                gradient = -used["weight_step", layer] / work.rate
            elif not has(of, layer, index):
                gradient = None
            if gradient is not None:
                bare = alone(work, np.full(len(work.slope), gradient[index]))
                return replace(bare, below=np.ones_like(work.below)), _OF_THE_STEP
        if kind in GRADIENTS | UPDATES and has(delta_kind(self.config, layer), layer, first):
            work = alone(work, used[delta_kind(self.config, layer), layer])
            return work, every - _OF_THE_SUM - _OF_THE_SLOPE - _transposed(kind)
        if kind in GRADIENTS | UPDATES | {"through_activation"}:
            if not work.is_last and has("path_sum", layer, first):
                work = replace(alone(work, used["path_sum", layer]), slope=work.slope)
                every -= _OF_THE_SUM | _transposed(kind)
            if has("slope", layer, first):
                every -= {"wrong_slope", "z_for_a"}
        if kind == "path_sum" and has("path_term", layer, (0, *first)):
            terms = used["path_term", layer][:, first[0]]
            return replace(work, upstream=terms, jacobian=np.ones_like(work.jacobian)), (
                every - _OF_THE_COST - _OF_THE_TERMS - {"softmax_diagonal", "new_weights"}
            )
        if work.is_last and kind not in ("cost", "cost_slope") and has("cost_slope", layer, first):
            every -= _OF_THE_COST
        return work, every

    def _searched_before(self, checked: list[Checked]) -> tuple[Checked, ...]:
        """Where nothing gives a number, look for a mistake in what was not given before it."""
        unknown: dict[Key, list[Checked]] = {}
        for each in checked:
            if each.verdict == WRONG and not each.findings:
                unknown.setdefault(_key(each), []).append(each)
        if not unknown or self.searched > MOST_SEARCHED:
            return tuple(checked)
        named: dict[int, Checked] = {}
        for key, group in unknown.items():
            if not _is_enough([each.answer for each in group]):
                continue
            found = tuple(
                finding
                for finding, followed in self._hypotheses
                if self._comes_before(finding.where, group[0].answer.quantity)
                and all(_fits(each.answer, followed, key) for each in group)
            )
            named |= {id(each): replace(each, findings=found) for each in group}
            if not found and (found := self._two_at_once([each.answer for each in group])):
                # One of their neighbours may be, by chance, what a single mistake gives.
                beside = [each for each in checked if each.verdict == WRONG and _key(each) == key]
                for each in beside:
                    both = [pair for pair in self._two_at_once([each.answer]) if pair in found]
                    named[id(each)] = replace(each, findings=(*each.findings, *both))
        return tuple(named.get(id(each), each) for each in checked)

    def _two_at_once(self, answers: Sequence[Answer]) -> tuple[Finding, ...]:
        """Two mistakes that, made in the same numbers, give all of them."""
        found: set[Finding] | None = None
        for answer in answers:
            fitting = {
                finding for finding, value in self._pairs(answer.quantity) if _rounds_to(answer, value)
            }
            found = fitting if found is None else found & fitting
            if not found:
                return ()
        return tuple(sorted(found or (), key=lambda finding: (finding.mistake, finding.second)))

    def _pairs(self, quantity: Quantity) -> Iterator[tuple[Finding, float]]:
        """Any two mistakes between the reader's own numbers and this one, made one after the other."""
        work, names = self._workings(quantity)
        for first, second in combinations([MISTAKES[name] for name in MISTAKES if name in names], 2):
            if quantity.kind not in first.kinds & second.kinds:
                continue
            with np.errstate(all="ignore"):
                for part, once, changed in first.make(work, quantity):
                    if changed.kind != quantity.kind:
                        continue
                    for _, twice, asked in second.make(once, changed):
                        value = float(FORMULAS[asked.kind](twice, *asked.index))
                        yield Finding(first.name, part, (quantity.kind, quantity.layer), second.name), value

    def _comes_before(self, where: Key, quantity: Quantity) -> bool:
        return place(self.config, Quantity(*where, ())) < place(self.config, quantity)

    @cached_property
    def _hypotheses(self) -> list[tuple[Finding, Followed]]:
        """Each mistake made in all numbers of a kind that are not given, and what follows from it."""
        found = []
        for key in self.exact.reached:
            if key in self.own or key[0] not in _VECTORS:
                continue
            ways: dict[Finding, FloatArray] = {}
            values = self.followed.reached[key]
            for index in np.ndindex(values.shape):
                for finding, value, _ in self._made(Quantity(*key, index)):
                    ways.setdefault(finding, values.copy())[index] = value
            for finding, wrong in ways.items():
                own = {**self.own, key: Own(wrong, np.zeros_like(wrong))}
                found.append((finding, Followed(self.step, own)))
        return found


_VECTORS = frozenset(("pre_activation", "activation", "cost_slope", "path_sum", "through_activation"))


def _without_guesses(checked: Sequence[Checked]) -> list[Checked]:
    """A number of one digit can be of many mistakes: it is of those that others beside it are of."""
    known: dict[Key, set[Finding]] = {}
    for each in checked:
        if each.answer.digits > 1:
            known.setdefault(_key(each), set()).update(each.findings)
    found = []
    for each in checked:
        if each.answer.digits == 1:
            findings = [finding for finding in each.findings if finding in known.get(_key(each), ())]
            each = replace(each, findings=tuple(findings))
        found.append(each)
    return found


def _key(checked: Checked) -> Key:
    """Kind and layer of what was answered."""
    return checked.answer.quantity.kind, checked.answer.quantity.layer


def _transposed(kind: str) -> frozenset[str]:
    """The mistake "transposed", where it is that of the weights on the way back."""
    return frozenset(("transposed",)) if kind in ("through_activation", "bias_gradient") else frozenset()


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


def _is_same(answer: Answer, value: float) -> bool:
    """Whether a number of three digits or more rounds to the answer; of many, the last may be off."""
    off, units = abs(answer.value - value), LAST_UNITS if answer.digits > TELLING_DIGITS else 0.5 + 1e-9
    return off <= 1e-9 * abs(value) or (answer.digits >= SHOWN_DIGITS and off <= answer.unit * units)


def _tells(answer: Answer, value: float) -> bool:
    """Whether an answer of many digits is this number and hardly another."""
    return answer.digits >= TELLING_DIGITS and (
        _is_same(answer, value) or abs(answer.value - value) <= 10.0**-TELLING_DIGITS * abs(value)
    )


def _is_close(answer: Answer, value: float) -> bool:
    off = abs(answer.value - value)
    return off <= CLOSE * abs(value) or (answer.digits >= SHOWN_DIGITS and off <= LAST_UNITS * answer.unit)


def _is_enough(answers: Sequence[Answer]) -> bool:
    """Whether so many digits fit a mistake hardly by chance; 0 fits many."""
    return sum(answer.digits for answer in answers if answer.value) >= TELLING_DIGITS


def _rounds_to(answer: Answer, value: float) -> bool:
    """Whether a number is this one up to its last digit."""
    return abs(answer.value - value) <= answer.unit + 1e-9 * abs(value)


def _fits(answer: Answer, followed: Followed, key: Key) -> bool:
    """Whether an answer is what this step reaches."""
    value, slack = (float(each[key][answer.quantity.index]) for each in (followed.reached, followed.slack))
    return abs(answer.value - value) <= answer.unit / 2 + min(slack, CLOSE * abs(value)) + 1e-9 * abs(value)
