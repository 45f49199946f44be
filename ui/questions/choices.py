"""Questions with a choice: which rule, how many paths, which unit is off. No Streamlit."""

from dataclasses import dataclass
from math import prod

import numpy as np

from backprop import TrainingStep
from backprop.study.telling import telling_unit
from ui.names.numbers import count_word, every, short
from ui.names.symbols import symbol
from ui.questions.words import below_name, weight

SINGLE, TOTAL = "the single-variable chain rule", "the total derivative"
SINGLE_RULE = "Where a value reaches the next one by one path only, one product is the whole derivative."
TOTAL_RULE = "Where a value changes several of the next ones, each is a path, and their products are added."


@dataclass(frozen=True, slots=True)
class Choice:
    """A question with a few answers to choose from.

    Attributes:
        prompt: the question.
        options: the answers.
        right: the right one.
        remarks: a sentence for every wrong one, in the order of `options` without the right one.
        principle: the rule behind it.
        stop: id of the walkthrough's stop that shows it.
        given: numbers one may look at, as (name, shown).
        hints: each with more help.
    """

    prompt: str
    options: tuple[str, ...]
    right: str
    remarks: tuple[str, ...]
    principle: str
    stop: str
    given: tuple[tuple[str, str], ...] = ()
    hints: tuple[str, ...] = ()

    def remark(self, option: str) -> str:
        """What to say about a wrong answer."""
        wrong = [each for each in self.options if each != self.right]
        return self.remarks[wrong.index(option)]


def choices_of(step: TrainingStep) -> tuple[Choice, ...]:
    """All choices of a recorded step: of the deepest hidden layer first."""
    config = step.config
    last = config.depth
    found = [_rule_of_sum(step, last - 1), *_off_unit(step), _rule_of_weights(step, last - 1)]
    found += [_count_of_paths(step, last - 1), _rule_of_output(step), _rule_of_slope(step, last - 1)]
    if last > 2:
        found.append(_count_of_full_paths(step))
    return tuple(found)


def _rule_of_sum(step: TrainingStep, layer: int) -> Choice:
    vjp = step.vjp(f"z{layer + 1}", f"a{layer}")
    a = symbol(f"a{layer}", telling_unit(step, vjp))
    z, count = symbol(f"z{layer + 1}"), len(vjp.upstream)
    several = count > 1
    return Choice(
        prompt=f"Which rule gives ∂C/∂{a} from ∂C/∂{z}?",
        options=(SINGLE, TOTAL),
        right=TOTAL if several else SINGLE,
        remarks=(
            f"{a} enters {every(count, 'sum')} {z}ₖ, so there are {count_word(count)} paths: "
            "one product is not enough."
            if several
            else f"{z} has one entry, so there is one path, and nothing to add up.",
        ),
        principle=TOTAL_RULE if several else SINGLE_RULE,
        stop=f"{layer}.II",
        hints=(f"How many sums {z}ₖ does {a} enter?", f"It enters {count_word(count)}."),
    )


def _rule_of_output(step: TrainingStep) -> Choice:
    last = step.config.depth
    a, z = symbol(f"a{last}"), symbol(f"z{last}", 0)
    kind = step.config.output_activation
    several = step.vjp(f"a{last}", f"z{last}").paths > 1
    return Choice(
        prompt=f"Which rule gives ∂C/∂{z} from ∂C/∂{a}? The output is {kind}.",
        options=(SINGLE, TOTAL),
        right=TOTAL if several else SINGLE,
        remarks=(
            f"Every probability depends on {z} through the sum below the line, so every {a}ₖ is a path."
            if several
            else f"The activation {kind} takes each z by itself: {z} changes its own output and no other.",
        ),
        principle=TOTAL_RULE if several else SINGLE_RULE,
        stop=f"{last}.IV",
        hints=(f"Which outputs change when {z} changes?",),
    )


def _rule_of_slope(step: TrainingStep, layer: int) -> Choice:
    z, a = symbol(f"z{layer}", 0), symbol(f"a{layer}", 0)
    return Choice(
        prompt=f"Which rule gives ∂C/∂{z} from ∂C/∂{a}?",
        options=(SINGLE, TOTAL),
        right=SINGLE,
        remarks=(f"{z} changes {a} and nothing else, so there is one path and nothing to add up.",),
        principle=SINGLE_RULE,
        stop=f"{layer}.IV",
        hints=(f"Which activations change when {z} changes?",),
    )


def _rule_of_weights(step: TrainingStep, layer: int) -> Choice:
    w, z, own = weight(layer, 0, 0), symbol(f"z{layer}"), symbol(f"z{layer}", 0)
    return Choice(
        prompt=f"Which rule gives dC/d{w} from ∂C/∂{z}?",
        options=(SINGLE, TOTAL),
        right=SINGLE,
        remarks=(
            f"{w} is in one sum only, {own}, so there is one product: "
            f"∂C/∂{own} · {symbol(below_name(layer), 0)}. All paths behind {own} are already in ∂C/∂{own}.",
        ),
        principle=SINGLE_RULE,
        stop=f"{layer}.VI",
        hints=(f"How many of the sums {z}ₖ contain {w}?",),
    )


def _count_of_paths(step: TrainingStep, layer: int) -> Choice:
    sizes = step.config.layer_sizes
    right, own = sizes[layer + 1], sizes[layer]
    a, z = symbol(f"a{layer}", 0), symbol(f"z{layer + 1}")
    remarks = {
        1: "One path is what the single-variable rule would take.",
        own: f"{own} is the number of units in its own layer; what counts is where it leads.",
        own * right: f"{own * right} is the number of weights in {symbol(f'W{layer + 1}')}, of all units.",
        right + 1: f"Count the units of layer {layer + 1}.",
    }
    return _counted(
        f"How many products are added up in ∂C/∂{a} = Σₖ ∂C/∂{z}ₖ · ∂{z}ₖ/∂{a}?",
        right,
        remarks,
        f"There is one path for each unit of the next layer: here {right}.",
        f"{layer}.II",
        f"Count the weights of {symbol(f'W{layer + 1}')} that multiply {a}: they are a column.",
    )


def _count_of_full_paths(step: TrainingStep) -> Choice:
    after = step.config.layer_sizes[2:]
    right = prod(after)
    a = symbol("a1", 0)
    written = " · ".join(map(str, after))
    remarks = {
        after[0]: f"{after[0]} is how many ways there are to the next layer; each goes on.",
        sum(after): "Those are the units on the way, added. Each choice of one a layer is a path: multiply.",
        1: "One path is what the single-variable rule would take.",
    }
    return _counted(
        f"How many full paths lead from {a} to the outputs, one unit a layer?",
        right,
        remarks,
        f"Each path chooses one unit of every layer after: {written} = {right:,}. Backpropagation adds them "
        "up layer by layer.",
        "1.II",
        f"The layers after it have these numbers of units: {', '.join(map(str, after))}.",
    )


def _counted(
    prompt: str, right: int, remarks: dict[int, str], principle: str, stop: str, hint: str
) -> Choice:
    numbers = sorted({right, *remarks})
    return Choice(
        prompt=prompt,
        options=tuple(f"{number:,}" for number in numbers),
        right=f"{right:,}",
        remarks=tuple(remarks[number] for number in numbers if number != right),
        principle=principle,
        stop=stop,
        hints=(hint,),
    )


def _off_unit(step: TrainingStep) -> list[Choice]:
    """Which unit is off: one of those that are, beside up to three that are on."""
    if step.config.hidden_activation != "relu":
        return []
    found = []
    for layer in range(step.config.depth - 1, 0, -1):
        z = step.tape[f"z{layer}"]
        off, on = np.flatnonzero(z <= 0), np.flatnonzero(z > 0)[:3]
        if not off.size or not on.size:
            continue
        shown = sorted([int(off[0]), *map(int, on)])
        remarks = tuple(
            f"{symbol(f'z{layer}', unit)} = {short(z[unit])} is above 0, so this unit passes everything on."
            for unit in shown
            if unit != off[0]
        )
        found.append(
            Choice(
                prompt=f"Which unit of hidden layer {layer} is off here, so that all its gradients are 0?",
                options=tuple(f"unit {unit + 1}" for unit in shown),
                right=f"unit {off[0] + 1}",
                remarks=remarks,
                principle="relu′(z) is 0 where z ≤ 0: whatever ∂C/∂a is, ∂C/∂z and the gradients are 0.",
                stop=f"{layer}.IV",
                given=tuple((symbol(f"z{layer}", unit), short(z[unit])) for unit in shown),
                hints=("Look at the sign of z.",),
            )
        )
    return found
