"""Which mistake gives a number: made after the reader's own numbers, or in one that was not given."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import combinations
from typing import Any

import numpy as np

from backprop.arrays import FloatArray
from backprop.practice.comparing import WRONG, Answer, Checked, Finding, fits, is_enough, rounds_to
from backprop.practice.following import Followed, Key, Own, delta_kind
from backprop.practice.formulas import FORMULAS, Quantity
from backprop.practice.judging import answers_of, ways_of
from backprop.practice.judging import wrong_values as made_on
from backprop.practice.mistakes import GRADIENTS, MISTAKES, UPDATES, alone
from backprop.practice.order import place
from backprop.practice.spans import Range
from backprop.practice.workings import Workings
from backprop.tape import TrainingStep

_OF_THE_COST = frozenset(("factor_forgotten", "target_forgotten"))
_OF_THE_SUM = _OF_THE_COST | {"one_path", "paths_averaged", "softmax_diagonal", "new_weights"}
_OF_THE_SLOPE = frozenset(("slope_forgotten", "wrong_slope", "z_for_a"))
_OF_THE_TERMS = frozenset(("transposed", "weights_forgotten", "upstream_forgotten", "activation_for_weight"))
_OF_THE_STEP = frozenset(("wrong_sign", "rate_forgotten", "step_alone", "gradient_alone"))

_READ = {
    "activation": "activation",
    "cost": "cost",
    "cost_slope": "upstream",
    "jacobian": "jacobian",
    "slope": "slope",
}
"""Kinds that are not computed from the workings but stand in them: where."""

_VECTORS = frozenset(("pre_activation", "activation", "cost_slope", "path_sum", "through_activation"))


class Search:
    """The mistakes in one solution.

    Attributes:
        step: the recorded step.
        own: the numbers of the reader.
        exact: what is right.
        followed: what follows from the reader's own numbers.
    """

    def __init__(
        self, step: TrainingStep, own: Mapping[Key, Own], exact: Followed, followed: Followed
    ) -> None:
        self.step, self.config, self.own, self.exact, self.followed = step, step.config, own, exact, followed

    def made(self, quantity: Quantity) -> Iterator[tuple[Finding, float, Range]]:
        """Each mistake between the reader's own numbers and this one, made."""
        work, names = self._workings(quantity)
        key = quantity.kind, quantity.layer
        mistakes = [MISTAKES[name] for name in MISTAKES if name in names]
        right = float(self.exact.reached[key][quantity.index])
        reached = float(self.followed.reached[key][quantity.index])
        for name, part, value, spans in made_on(ways_of(work, quantity.kind), quantity, mistakes):
            if np.isfinite(value) and value not in (right, reached):
                yield Finding(name, part, key), value, answers_of(value, spans)

    def before(self, checked: Sequence[Checked]) -> tuple[Checked, ...]:
        """Where nothing gives a number, look for a mistake in what was not given before it."""
        unknown: dict[Key, list[Checked]] = {}
        for each in checked:
            if each.verdict == WRONG and not each.findings:
                unknown.setdefault(each.key, []).append(each)
        named: dict[int, Checked] = {}
        for key, group in unknown.items():
            if not is_enough([each.answer for each in group]):
                continue
            found = tuple(
                finding
                for finding, followed in self._hypotheses
                if self._comes_before(finding.where, group[0].answer.quantity)
                and all(fits(each.answer, followed, key) for each in group)
            )
            named |= {id(each): replace(each, findings=found) for each in group}
            if not found and (found := self._two_at_once([each.answer for each in group])):
                # One of their neighbours may be, by chance, what a single mistake gives.
                beside = [each for each in checked if each.verdict == WRONG and each.key == key]
                for each in beside:
                    both = [pair for pair in self._two_at_once([each.answer]) if pair in found]
                    named[id(each)] = replace(each, findings=(*each.findings, *both))
        return tuple(named.get(id(each), each) for each in checked)

    def _two_at_once(self, answers: Sequence[Answer]) -> tuple[Finding, ...]:
        """Two mistakes that, made in the same numbers, give all of them."""
        found: set[Finding] | None = None
        for answer in answers:
            fitting = {finding for finding, value in self._pairs(answer.quantity) if rounds_to(answer, value)}
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
                for finding, value, _ in self.made(Quantity(*key, index)):
                    ways.setdefault(finding, values.copy())[index] = value
            for finding, wrong in ways.items():
                own = {**self.own, key: Own(wrong, np.zeros_like(wrong))}
                found.append((finding, Followed(self.step, own)))
        return found


def _transposed(kind: str) -> frozenset[str]:
    """The mistake "transposed", where it is that of the weights on the way back."""
    return frozenset(("transposed",)) if kind in ("through_activation", "bias_gradient") else frozenset()
