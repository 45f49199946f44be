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
from ui.names.numbers import COUNT_WORDS, short
from ui.names.symbols import circled

UP, DOWN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789"), str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
NAME = r"[zaxybwC][⁰¹²³⁴⁵⁶⁷⁸⁹]*[₀₁₂₃₄₅₆₇₈₉]*(?:,[₀₁₂₃₄₅₆₇₈₉]+)?"
N = f"({NUMBER.pattern})"
CLAIM = re.compile(
    rf"(?<![\w∂/])(?<!· )(?<!η )(?<!of )(?<!gives )(?P<name>(?:[∂d]{NAME}/[∂d])?{NAME})(?: = | is | was |: )"
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
                if not is_true(right, truth, claim):
                    yield f"{claim[0]!r}, not by the core: {where}"
        if (
            text.value is not None
            and (known := number_named(truth, text.name)) is not None
            and not np.isclose(known, float(text.value), rtol=1e-9, atol=1e-300)
        ):
            yield f"{text.name} is {text.value}, by the core {known}: {where}"


def is_true(right: Callable[[Truth, re.Match[str]], bool], truth: Truth, claim: re.Match[str]) -> bool:
    """Whether a sentence says what the core says; not if it speaks of what is not there."""
    try:
        return right(truth, claim)
    except (IndexError, KeyError, StopIteration, ValueError):
        return False


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
    off = {int((step.tape[f"z{layer}"] <= 0).sum()) for layer in layers if step.config.rule(layer).switches}
    return count_of(claim[1]) in off


def _weight_jacobians(truth: Truth, claim: re.Match[str]) -> bool:
    """Entries, those that are not structurally zero, different numbers among these."""
    known = set()
    for layer in range(1, truth.step.config.depth + 1):
        below = truth.step.tape[input_of(layer)]
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


def _paths_of(truth: Truth, name: str) -> np.ndarray:
    """The path terms of one entry, such as a¹₂: one for each unit above."""
    variable, (unit,) = variable_of(name, truth.step)
    vjp = next(vjp for vjp in truth.step.vjp_steps if vjp.wrt == variable)
    return vjp.path_terms[:, unit]


def _asked_sum(truth: Truth, claim: re.Match[str]) -> bool:
    return count_said(claim[2]) == len(_paths_of(truth, claim[1]))


def _some_sum(truth: Truth, claim: re.Match[str]) -> bool:
    """The sum over so many paths of a hidden unit, or of z of the outputs."""
    step = truth.step
    last, sizes = step.config.depth, step.config.layer_sizes
    sums = [(f"a{layer}", sizes[layer + 1]) for layer in range(1, last)] + [(f"z{last}", sizes[last])]
    return any(
        says(claim[2], float(slope)) and count_said(claim[1]) == paths
        for name, paths in sums
        for slope in step.cotangent(name)
    )


def _one_path_alone(truth: Truth, claim: re.Match[str]) -> bool:
    terms = _paths_of(truth, claim[1])
    alone, count, total = claim.group(3, 4, 5)
    paths = [circled(k) for k in range(len(terms))]
    return (
        claim[2] in paths
        and says(alone, float(terms[paths.index(claim[2])]))
        and count_said(count) == len(terms)
        and (says(total, terms.sum()) or (total == "0" and abs(terms.sum()) < 1e-12 * abs(terms).max()))
    )


def _ledger(truth: Truth, claim: re.Match[str]) -> bool:
    """The ledger's accessible name: factors and product of every path, the sum of those kept, the slope."""
    variable, (unit,) = variable_of(claim[1], truth.step)
    vjp = next(vjp for vjp in truth.step.vjp_steps if vjp.wrt == variable)
    paths = claim[2].split("; ")
    total = 0.0
    if len(paths) != len(vjp.upstream):
        return False
    for k, (path, *row) in enumerate(
        zip(paths, vjp.upstream, vjp.jacobian[:, unit], vjp.path_terms[:, unit], strict=True), start=1
    ):
        said = re.fullmatch(rf"path (\d+), {N} times {N} = {N}(, knocked out)?", path)
        if not said or int(said[1]) != k or not all(map(says, said.group(2, 3, 4), row)):
            return False
        total += 0.0 if said[5] else float(row[2])
    slope = float(truth.step.cotangent(variable)[unit])
    is_near = claim[4] is None or np.isclose(float(claim[4].replace("−", "-")), slope, rtol=0.01, atol=1e-6)
    return (says(claim[3], total) or abs(total) < 1e-12) and bool(is_near)


def _largest_change(truth: Truth, claim: re.Match[str]) -> bool:
    kind, unit, source, before, after, change = claim.groups()
    layer, (row,) = variable_of(unit, truth.step)
    name, index = f"b{layer[1:]}", (row,)
    if kind == "weight to":
        name, index = f"W{layer[1:]}", (row, *variable_of(source, truth.step)[1])
    updates = {update.name: update for update in truth.step.updates}
    update = updates[name]
    largest = max(np.abs(each.step).max() for name, each in updates.items() if name[1:] == layer[1:])
    numbers = update.before[index], update.after[index], update.step[index]
    return abs(numbers[2]) == largest and all(map(says, (before, after, change), numbers))


def _can_differ(truth: Truth, claim: re.Match[str]) -> bool:
    vjp = truth.step.vjp(f"z{layer_of(claim[1])}", f"W{layer_of(claim[1])}")
    below = truth.step.tape[input_of(layer_of(claim[1]))]
    counts = vjp.jacobian.size, vjp.jacobian.shape[0] * len(below)
    return [count_said(number) for number in claim.group(2, 3)] == [*counts]


def _list(said: str, values: np.ndarray) -> bool:
    """A list with names in it, such as "input 1 +0.0500, input 2 −1"; of a long one only its beginning."""
    numbers = NUMBER.findall(re.sub(r"(?:in|out)put \d+|[a-z]{3,}", "", said))
    is_cut = said.endswith("and so on")
    return (is_cut or len(numbers) == len(values)) and all(map(says, numbers, values.tolist()))


def _network(truth: Truth, claim: re.Match[str]) -> bool:
    step = truth.step
    last = step.tape[f"a{step.config.depth}"]
    return _list(claim[1], step.tape["x"]) and _list(claim[2], last) and says(claim[3], step.loss_before)


def _outputs(truth: Truth, claim: re.Match[str]) -> bool:
    last = f"a{truth.step.config.depth}"
    pairs = re.findall(rf"({NUMBER.pattern}) → ({NUMBER.pattern})", claim[1])
    values = zip(truth.step.tape[last], truth.after[last], strict=True)
    return all(
        says(old, before) and says(new, after)
        for (old, new), (before, after) in zip(pairs, values, strict=True)
    )


def _outer_product(truth: Truth, claim: re.Match[str]) -> bool:
    column, row = (
        truth.step.cotangent(f"z{layer_of(claim[1])}"),
        truth.step.tape[input_of(layer_of(claim[1]))],
    )
    return _list(claim[2], column) and _list(claim[3], row)


def _gradient_row(truth: Truth, claim: re.Match[str]) -> bool:
    row = truth.step.gradients[f"W{layer_of(claim[2])}"][int(claim[1]) - 1]
    return _list(claim[3], row)


def _heatmap(truth: Truth, claim: re.Match[str]) -> bool:
    output, wrt = (variable_of(name, truth.step)[0] for name in claim.group(1, 2))
    jacobian = np.atleast_2d(truth.step.vjp(output, wrt).jacobian)
    shape = tuple(int(size) for size in claim.group(3, 4))
    return shape == jacobian.shape and says(claim[5], jacobian.min()) and says(claim[6], jacobian.max())


def _zero_rows(truth: Truth, claim: re.Match[str]) -> bool:
    depth = truth.step.config.depth
    zeros = {int((truth.step.cotangent(f"z{layer}") == 0).sum()) for layer in range(1, depth + 1)}
    return count_said(claim[1]) in zeros


def _sums_above(truth: Truth, claim: re.Match[str]) -> bool:
    layer = layer_of(claim[1])
    return {count_said(number) for number in claim.group(2, 3, 4)} == {
        truth.step.config.layer_sizes[layer + 1]
    }


def layer_of(superscript: str) -> int:
    return int(superscript.translate(UP))


def input_of(layer: int) -> str:
    return f"a{layer - 1}" if layer > 1 else "x"


def count_said(text: str) -> int:
    """Such as 3 for "all 3", 2 for "both", 1 for "the only" and for "one"."""
    words = {"both": 2, "the only": 1}
    return words[text] if text in words else count_of(text.removeprefix("all "))


LAYER = "([⁰¹²³⁴⁵⁶⁷⁸⁹]+)"
EVERY = r"(all \d+|both|the only)"
PATTERNS: tuple[tuple[re.Pattern[str], Callable[[Truth, re.Match[str]], bool]], ...] = tuple(
    (re.compile(expression), right)
    for expression, right in (
        (rf"{COUNT} units? (?:is|are) off for this", _units_off),
        (
            rf"{COUNT} entr\w+, {COUNT} of them not structurally zero, (?:only )?{COUNT} different",
            _weight_jacobians,
        ),
        (rf"[Cc]ost {N} → {N}(?:, (up|down) {N})?", _cost),
        (rf"−η‖∇‖² (?:=|was) {N}", _predicted),
        (rf"What is ∂C/∂({NAME}), the sum over {EVERY} paths?", _asked_sum),
        (rf"[Tt]he sum of {EVERY} paths? is {N}", _some_sum),
        (
            rf"For ({NAME}) path (\S+) alone, [^;]+, gives [^=]+ = {N}; the sum over {EVERY} paths is {N}",
            _one_path_alone,
        ),
        (
            rf"The paths of ({NAME}) to the cost: (path 1, .*?)\. Sum {N}\.(?: The numeric slope is {N}\.)?",
            _ledger,
        ),
        (
            rf"change: the (weight to|bias of) ({NAME})(?: from ({NAME}))?, from {N} to {N} \({N}\)",
            _largest_change,
        ),
        (rf"∂z{LAYER}/∂W[^ ]+ has {COUNT} entr\w+; {COUNT} can differ", _can_differ),
        (
            rf"The network on this \w+. Inputs: (.*?)\. Hidden units: .*?Outputs: (.*?)\. Target.*?Cost: {N}",
            _network,
        ),
        (r"before and after the step: (.*?)\.(?: |$)", _outputs),
        (rf"Outer product: the column ∂C/∂z{LAYER}, (.*?), times the row \S+, (.*?), gives", _outer_product),
        (rf"Heatmap of row (\d+) of dC/dW{LAYER}. With all paths: (.*?)\. Your way", _gradient_row),
        (rf"Heatmap of ∂({NAME})/∂({NAME}), (\d+) by (\d+), values from {N} to {N}", _heatmap),
        (rf"{COUNT} rows? (?:is|are) 0, so", _zero_rows),
        (
            rf"a{LAYER}ⱼ reaches the cost through {EVERY} sums? of the next layer: {COUNT} paths?, {COUNT} p",
            _sums_above,
        ),
    )
)
"""A sentence's pattern, and whether what it says is what the core says."""


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
