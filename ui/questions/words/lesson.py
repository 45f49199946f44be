"""What the stops ask and say. What their pictures say stands with these, in ui/views/lesson."""

from collections.abc import Sequence

from ui.names.numbers import counted, every, listed, short, signed
from ui.names.symbols import symbol

TITLES = (
    "One path",
    "Two paths",
    "Why it looks like one",
    "A network is such a function",
    "The output",
    "A weight of the last layer",
    "A hidden activation",
    "To the first weights, and the step",
    "The other sum",
    "On your own",
)

# --- 1, 2, 3: a function of t ------------------------------------------------------------------------

SEE_ONE_PATH = "f depends on t through x alone. Both derivatives stand on the arrows. Move t if you like, then predict the slope of f."
SAY_ONE_PATH = "Along one path, derivatives multiply."

SEE_TWO_PATHS = "Now t moves x and y, and both move f. Freeze one, if you like; predict the slope."
SAY_TWO_PATHS = "If t moves two things, both move f: the products add. That is the total derivative."

SEE_ROW_TIMES_COLUMN = "The same derivatives, as a row and a column. What does their product add up?"
SAY_ROW_TIMES_COLUMN = "A row times a column is the sum over paths. It is written like the single-variable rule, and that is the whole confusion."

SHAPE = "Which shapes have ∂f/∂u and du/dt, and what does their product sum over?"
SHAPE_RIGHT = "(1, 2) times (2, 1) is one number, summed over x and y"
SHAPE_TWO = "(1, 2) and (2, 1) stay two numbers, one for x and one for y"
SHAPE_ONE = "(1, 1) times (1, 1): f has one derivative, so nothing is summed"
SHAPE_T = "(2, 1) times (1, 2) is a 2 × 2 matrix, summed over t"


def two_numbers(terms: Sequence[float], total: float) -> str:
    return f"{listed(map(signed, terms))}: which of the two is the slope? Neither: measured, it is {signed(total)}."


SHAPE_ONE_REMARK = "f has one derivative by t, but two by x and y: between t and f stand two numbers."
SHAPE_T_REMARK = "That is column times row. The slope of f is one number, so the row stands first."
SHAPE_PRINCIPLE = "Row times column multiplies entry by entry and adds: one product a path, and their sum."

REASON = "Why do people take df/dt = ∂f/∂u · du/dt for the single-variable rule?"
REASON_RIGHT = "u is a vector there: one product of a row and a column is written, a sum of products is meant"
REASON_SMALL = "The other products are so small that nobody writes them"
REASON_SAME = "Because it is the single-variable rule, used for each variable by itself"
REASON_ORDER = "Because partial derivatives commute"
REASON_SMALL_REMARK = "The two products may be of the same size. Nothing is left out for being small."
REASON_SAME_REMARK = "Each variable by itself gives one product. The slope is all of them together."
REASON_ORDER_REMARK = "That is true, but about second derivatives, and there is none here."
REASON_PRINCIPLE = "The letters look alike. The sum is hidden in the product of the row and the column."


# --- 4: forward --------------------------------------------------------------------------------------

SAY_FORWARD = "Every number here is a function of those to its left, and C of all of them."


def see_forward(unit: str, inputs: int, has_bias: bool) -> str:
    return f"{unit} adds up {every(inputs, 'input')}, each times its weight{', and its bias' if has_bias else ''}. Point at any other unit to see its sum."


# --- 5: the output -----------------------------------------------------------------------------------


def see_output(a: str, z: str) -> str:
    return f"Now backwards, from the cost. Between {z} and {a} stands a matrix of derivatives, ∂{a}/∂{z}. It is empty here."


def which_entries(a: str, z: str, count: int, rule: str) -> str:
    return f"Which of the {count * count} entries of ∂{a}/∂{z} can differ from 0? The output is {rule}."


def all_entries(count: int) -> str:
    return f"all {count * count}"


def diagonal(count: int) -> str:
    return f"the {count} on the diagonal"


ONE_ROW, ONE_COLUMN = "one row: that of the target", "one column: that of the target"
ROW_REMARK = "The matrix is about outputs and their z. The target comes in with the cost."


def dense_remark(dense: bool) -> str:
    if dense:
        return "Every z stands in the sum below the line of softmax: raise one, and all outputs move."
    return "Each output is taken from its own z alone: raise one z, and the other outputs stay."


def see_delta(z: str) -> str:
    return f"Now what the cost does. Predict ∂C/∂{z} from outputs and targets."


def say_output(dense: bool, rule: str) -> str:
    if dense:
        return "Each softmax output depends on every z: even here there is a sum over paths, and a − y is what is left of it."
    return f"Each {rule} output depends on its own z: one path, one product. With softmax it would be a sum."


# --- 6: a weight of the last layer -------------------------------------------------------------------


def see_weight(w: str, z: str) -> str:
    return f"One weight, {w}: it stands in one sum only, {z}. Everything behind {z} is already in ∂C/∂{z}."


def how_many_paths(w: str, z: str) -> str:
    return f"How many paths lead from {w} to the entries of {z}?"


def paths_remark(count: int, w: str, z: str) -> str:
    return f"{w} stands in one row of W, the one that makes {z}. The other sums do not know it: count 1, not {count}."


def one_path_of_weight(w: str, z: str) -> str:
    return f"{w} feeds {z} and nothing else."


def say_weight(weights: int, inputs: int, below: str) -> str:
    few = (
        f"The {counted(weights, 'derivative')} ∂z/∂w are {counted(inputs, 'number')} {below} we already know."
    )
    return f"A weight feeds one z: one product, no sum. {few} All paths behind that z are in ∂C/∂z already."


# --- 7: a hidden activation --------------------------------------------------------------------------


def see_hidden(a: str, z: str, paths: int) -> str:
    return f"{a} goes into {every(paths, 'sum')} {z}ₖ. On the lines stand its weights and the ∂C/∂{z}ₖ from behind. Predict ∂C/∂{a}."


SAY_HIDDEN = "A hidden activation reaches the cost through every unit after it, so ∂C/∂aⱼ = Σₖ ∂C/∂zₖ · wₖⱼ: down column j, over k."


SEE_ORDER = "You have summed the paths. Now the whole layer: six steps, of which some need others."
ORDER = "Put the six steps of a hidden layer in order, as you would compute them backwards."
ORDER_PRINCIPLE = "A product comes after both of its factors. Any order that keeps to it is right."


def six_steps(layer: int, below: str) -> tuple[str, ...]:
    """The steps I to VI of hidden layer l; `below` is what enters it."""
    z, a, W, after = (symbol(name) for name in (f"z{layer}", f"a{layer}", f"W{layer}", f"z{layer + 1}"))
    return (
        f"∂{after}/∂{a} = {symbol(f'W{layer + 1}')}",
        f"∂C/∂{a} = ∂C/∂{after} · ∂{after}/∂{a}",
        f"∂{a}/∂{z} = the slopes of the activation",
        f"∂C/∂{z} = ∂C/∂{a} · ∂{a}/∂{z}",
        f"∂{z}/∂{W} = {below}, over and over",
        f"dC/d{W} = ∂C/∂{z} · ∂{z}/∂{W}",
    )


# --- 8: the first weights, and the step --------------------------------------------------------------


def see_off(a: str, z: str, value: float) -> str:
    return f"{a} is off: {z} = {short(value)} is not above 0. Yet its lines to the cost are there, with their weights."


def does_it_learn(unit: int, layer: int) -> str:
    return f"Does unit {unit} of layer {layer}, which is off, learn from this observation?"


LEARNS = "Yes: its ∂C/∂a is a sum over paths that are alive"
LEARNS_BIAS = "Only its bias does: the weights wait"
LEARNS_NOT = "No: its ∂C/∂z is 0, and so is its row of dC/dW"


def learns_remark(a: str, z: str, value: float) -> str:
    return f"∂C/∂{a} = {signed(value)}, yes. But ∂{a}/∂{z} = 0 stands between it and the weights."


LEARNS_BIAS_REMARK = "The bias hangs on ∂C/∂z like the weights, and that is 0."


def learns_principle(a: str, z: str) -> str:
    return f"∂C/∂{z} = ∂C/∂{a} · 0: the mask lets nothing through."


def see_gradient(w: str, z: str, below: str) -> str:
    return f"Behind the sum: ∂C/∂a times the slope of the activation is ∂C/∂{z}; times {below} it is dC/d{w}."


def see_new_weight(w: str) -> str:
    return f"The step: predict the new {w}. It moves against its derivative, η times as far."


def see_promise(rate: str, squared: float, promised: float, do_biases: bool) -> str:
    return f"Now all weights{' and biases' if do_biases else ''} step at once, with η = {rate}. The sum of all squared derivatives is {short(squared)}: the gradient promises a change of C by −η · {short(squared)} = {signed(promised)}."


PROMISE = "What will the cost do?"
FALLS_LESS = "fall, but by less than promised"
FALLS_MORE = "fall by more than promised"
FALLS_EXACTLY = "fall by exactly what is promised"
RISES = "rise"
EXACTLY_REMARK = "The promise is the tangent's. The cost follows its curve, and leaves the tangent."


def other_way_remark(actual: float, promised: float) -> str:
    return f"Look at how far η goes, and how the curve bends. Promised were {signed(promised)}."


def promise_principle(before: float, after: float, promised: float) -> str:
    return f"C went from {short(before)} to {short(after)}, by {signed(after - before)}; promised were {signed(promised)}."


def say_step(switches: bool) -> str:
    if switches:
        return "A unit that is off passes nothing on, although its paths are alive. The gradient promises the tangent only."
    return "Behind the sum there is one path each: the slope of the activation, then the input. The gradient promises the tangent only."


SAY_STEP_ALONE = "A step goes against the derivative. The gradient promises the tangent only."

# --- 9: the other sum --------------------------------------------------------------------------------


def see_batch(count: int, word: str, below: str) -> str:
    return f"{counted(count, word)}, one a row: D has their ∂C/∂z, A their {below}. Two products follow, Dᵀ A / N and D W."


WHICH_SUM = "What does each of the two products sum over, and which sum is the total derivative?"


def sums_right(word: str) -> str:
    return f"Dᵀ A over {word}s; D W over units, and that is the total derivative"


def sums_both(word: str) -> str:
    return f"both over {word}s, and both are the total derivative"


def sums_swapped(word: str) -> str:
    return f"Dᵀ A over units, and that is the total derivative; D W over {word}s"


SUMS_UNITS = "both over units: the chain rule, twice"
SUMS_BOTH_REMARK = "D W multiplies along a row of D, and a row is one observation: it sums over its units."
SUMS_SWAPPED_REMARK = (
    "Transposed, D has a unit in each row and the observations along it: Dᵀ A sums over them."
)
SUMS_UNITS_REMARK = "Dᵀ A runs down the columns of D and A, from observation to observation. No path leads from one to another."
SUMS_PRINCIPLE = "Dᵀ A sums over observations, D W over units."


def see_mean(w: str, z: str, below: str) -> str:
    return f"Predict the mean gradient of {w}: down the columns {z} of D and {below} of A."


SAY_BATCH = "Over observations: bookkeeping. Over units: the total derivative. Same symbol, two reasons."

SEE_BROKEN = "Four lines, from the cost to the gradient of a batch. One does not hold."
BROKEN = "One line of this derivation, for a network with one hidden layer, is broken. Which?"
BROKEN_REMARK = "That line holds."
LINE_COST_DENSE = "∂C/∂z²ₖ = a²ₖ − yₖ"
LINE_SUM = "∂C/∂a¹ⱼ = Σₖ ∂C/∂z²ₖ · w²ₖⱼ"
LINE_MASK = "∂C/∂z¹ⱼ = ∂C/∂a¹ⱼ · f′(z¹ⱼ)"
LINE_MEAN = "the mean of ∂C/∂z¹ⱼ · xᵢ over the batch is dC/dw¹ⱼᵢ: bookkeeping, no paths"
LINE_COST = "∂C/∂z²ₖ = ∂C/∂a²ₖ · g′(z²ₖ), one path each"
BROKEN_COST = "∂C/∂z²ₖ = −yₖ · (1 − a²ₖ)"
BROKEN_INDEX = "∂C/∂a¹ⱼ = Σₖ ∂C/∂z²ₖ · w²ⱼₖ"
BROKEN_SUM = "∂C/∂a¹ⱼ = ∂C/∂z²ⱼ · w²ⱼⱼ"
BROKEN_MEAN = "the mean of ∂C/∂z¹ⱼ · xᵢ over the batch is dC/dw¹ⱼᵢ: the total derivative over all paths"
WHY_COST = "It keeps the diagonal of the softmax Jacobian only, and says 0 for every wrong class."
WHY_INDEX = "w²ⱼₖ is the weight from a¹ₖ to z²ⱼ: row and column are swapped."
WHY_SUM = "The sum over k is gone: a¹ⱼ goes into every z²ₖ, not into one."
WHY_MEAN = "A sum over observations is no sum over paths: no path leads from one observation to another."

# --- 10: on your own ---------------------------------------------------------------------------------


def see_own(sizes: Sequence[int]) -> str:
    return f"A network you have not seen: {' → '.join(map(str, sizes))} units, tanh, softmax, cross-entropy. Forward all is there, backward nothing."


SEE_OWN_DELTA = "This is its last layer."
SEE_OWN_HIDDEN = "Layer 2 of this network: its ∂C/∂z², and W², whose columns belong to the units of layer 1. Predict a derivative of layer 1."
SEE_OWN_WEIGHT = "Layer 1 of this network: tanh′(z) = 1 − (a)². Predict a derivative by a weight of W¹."
SEE_OWN_SENTENCE = "Now in your own words, in one sentence."
OWN_SENTENCE = "Why does ∂C/∂aⱼ need a sum over k, and dC/dwₖⱼ does not?"
MODEL = "aⱼ goes into every unit k after it, so its effects along all these paths add; the weight wₖⱼ goes into unit k alone, so one product is all."
POINTS = ("aⱼ reaches every unit after it", "the products of the paths add", "a weight feeds one unit only")

# --- stops without a meaning -------------------------------------------------------------------------

NO_HIDDEN = "This network has no hidden layer: no activation stands between input and output, so there is no sum to predict."
ONE_UNIT_EACH = (
    "Every hidden activation of this network goes into one unit only: one path, nothing to add up."
)
ONE_OUTPUT = "This network has one output: D has one column, so D W adds up nothing."
ONE_OBSERVATION = "There is one observation only, and a batch needs more."


def nothing_carried(advice: str) -> str:
    return (
        f"No derivative of this network is more than rounding here, so there is nothing to predict. {advice}"
    )


def nothing_to_ask(advice: str) -> str:
    return f"All that could be asked here is too near 0 to be predicted. {advice}"


def try_another(has_observations: bool, has_seed: bool) -> str:
    """What can be changed: a network of one's own may have one observation, and its weights are given."""
    what = listed([*["observation"] * has_observations, *["seed"] * has_seed], " or ")
    return f"Try another {what}." if what else "Try other numbers."
