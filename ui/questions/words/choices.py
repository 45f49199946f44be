"""Questions with a choice: the question, its answers, and what is said to each."""

from dataclasses import dataclass
from math import prod

from backprop import MLPConfig
from backprop.network import input_of
from ui.names.numbers import count_word, every, short
from ui.names.symbols import entry_symbol, symbol

NOT_CHOSEN = "Choose one of the answers."
SINGLE, TOTAL = "the single-variable chain rule", "the total derivative"
AVERAGED = "the mean of the products of all paths"
NEVER_AVERAGED = "The products of paths are added: nothing divides by how many there are."
NOTHING_TO_AVERAGE = "There is one path only, and nothing divides."
NONE_OFF, NONE_OFF_REMARK = "none of these", "One of them is off: its z is not above 0."
FEWEST_OPTIONS = 3
SINGLE_RULE = "Where a value reaches the next one by one path only, one product is the whole derivative."
TOTAL_RULE = "Where a value changes several of the next ones, each is a path, and their products are added."
ONE_PATH = "One path is what the single-variable rule would take."


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


def _rule(prompt: str, several: bool, remark: str, stop: str, *hints: str) -> Choice:
    """Which rule: that for several paths or that for one; the remark is said to the other of these."""
    right, principle = (TOTAL, TOTAL_RULE) if several else (SINGLE, SINGLE_RULE)
    remarks = (remark, NEVER_AVERAGED if several else NOTHING_TO_AVERAGE)
    return Choice(prompt, (SINGLE, TOTAL, AVERAGED), right, remarks, principle, stop, hints=hints)


def rule_of_sum(config: MLPConfig, layer: int, unit: int) -> Choice:
    a, z = symbol(f"a{layer}", unit), symbol(f"z{layer + 1}")
    count = config.layer_sizes[layer + 1]
    return _rule(
        f"Which rule gives ∂C/∂{a} from ∂C/∂{z}?",
        count > 1,
        f"{a} enters {every(count, 'sum')} {z}ₖ, so there are {count_word(count)} paths: one product is not enough."
        if count > 1
        else f"{z} has one entry, so there is one path, and nothing to add up.",
        f"{layer}.II",
        f"How many sums {z}ₖ does {a} enter?",
        f"It enters {count_word(count)}.",
    )


def rule_of_output(config: MLPConfig, several: bool) -> Choice:
    """`several`: each z reaches the cost through several outputs."""
    last, kind = config.depth, config.output_activation
    a, z = symbol(f"a{last}"), symbol(f"z{last}", 0)
    return _rule(
        f"Which rule gives ∂C/∂{z} from ∂C/∂{a}? The output is {kind}.",
        several,
        f"Every probability depends on {z} through the sum below the line, so every {a}ₖ is a path."
        if several
        else f"The activation {kind} takes each z by itself: {z} changes its own output and no other.",
        f"{last}.IV",
        f"Which outputs change when {z} changes?",
    )


def rule_of_slope(layer: int) -> Choice:
    z, a = symbol(f"z{layer}", 0), symbol(f"a{layer}", 0)
    return _rule(
        f"Which rule gives ∂C/∂{z} from ∂C/∂{a}?",
        False,
        f"{z} changes {a} and nothing else, so there is one path and nothing to add up.",
        f"{layer}.IV",
        f"Which activations change when {z} changes?",
    )


def rule_of_weights(config: MLPConfig, layer: int) -> Choice:
    w, z, own = entry_symbol(f"W{layer}", (0, 0)), symbol(f"z{layer}"), symbol(f"z{layer}", 0)
    below = symbol(input_of(layer), 0)
    return _rule(
        f"Which rule gives dC/d{w} from ∂C/∂{z}?",
        False,
        f"{w} is in one sum only, {own}, so there is one product: ∂C/∂{own} · {below}. All paths behind {own} are already in ∂C/∂{own}.",
        f"{layer}.{'V' if layer == config.depth else 'VI'}",
        f"How many of the sums {z}ₖ contain {w}?",
    )


def count_of_paths(config: MLPConfig, layer: int) -> Choice:
    own, right = config.layer_sizes[layer : layer + 2]
    a, z, W = symbol(f"a{layer}", 0), symbol(f"z{layer + 1}"), symbol(f"W{layer + 1}")
    return _counted(
        f"How many products are added up in ∂C/∂{a} = Σₖ ∂C/∂{z}ₖ · ∂{z}ₖ/∂{a}?",
        right,
        {
            1: ONE_PATH,
            own: f"{own} is the number of units in its own layer; what counts is where it leads.",
            own * right: f"{own * right} is the number of weights in {W}, of all units.",
            right + 1: f"Count the units of layer {layer + 1}.",
        },
        f"There is one path for each unit of the next layer: here {right}.",
        f"{layer}.II",
        f"Count the weights of {W} that multiply {a}: they are a column.",
    )


def count_of_full_paths(config: MLPConfig) -> Choice:
    after = config.layer_sizes[2:]
    right, written = prod(after), " · ".join(map(str, after))
    return _counted(
        f"How many full paths lead from {symbol('a1', 0)} to the outputs, one unit a layer?",
        right,
        {
            after[0]: f"{after[0]} is how many ways there are to the next layer; each goes on.",
            sum(
                after
            ): "Those are the units on the way, added. Each choice of one a layer is a path: multiply.",
            1: ONE_PATH,
        },
        f"Each path chooses one unit of every layer after: {written} = {right:,}. Backpropagation adds them up layer by layer.",
        "1.II",
        f"The layers after it have these numbers of units: {', '.join(map(str, after))}.",
    )


def _counted(
    prompt: str, right: int, remarks: dict[int, str], principle: str, stop: str, hint: str
) -> Choice:
    """A number, among others that each have their remark: with two options, a coin would do."""
    while len({right, *remarks}) < FEWEST_OPTIONS:
        remarks[max(right, *remarks) + 1] = hint
    numbers = sorted({right, *remarks})
    return Choice(
        prompt,
        tuple(f"{number:,}" for number in numbers),
        f"{right:,}",
        tuple(remarks[number] for number in numbers if number != right),
        principle,
        stop,
        hints=(hint,),
    )


def off_unit(activation: str, layer: int, z: dict[int, float], off: int) -> Choice:
    """Which of these units, by their z, is off: `off` is."""
    names = {unit: symbol(f"z{layer}", unit) for unit in z}
    more = len(z) < FEWEST_OPTIONS
    return Choice(
        f"Which unit of hidden layer {layer} is off here, so that all its gradients are 0?",
        (*(f"unit {unit + 1}" for unit in z), *[NONE_OFF] * more),
        f"unit {off + 1}",
        (
            *(
                f"{names[unit]} = {short(z[unit])} is above 0, so this unit passes everything on."
                for unit in z
                if unit != off
            ),
            *[NONE_OFF_REMARK] * more,
        ),
        f"{activation}′(z) is 0 where z ≤ 0: whatever ∂C/∂a is, ∂C/∂z and the gradients are 0.",
        f"{layer}.IV",
        given=tuple((names[unit], short(z[unit])) for unit in z),
        hints=("Look at the sign of z.",),
    )
