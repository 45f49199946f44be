"""Every sentence of the page "Overview". No HTML."""

from backprop import MLPConfig, TrainingStep
from ui.names.numbers import as_typed, count_word, counted, short, signed
from ui.names.symbols import circled, symbol
from ui.state.data import describe_target, input_names, output_names
from ui.steps.thesis import Thesis


def lead(observation: str) -> str:
    return f"One training step of a small network on one {observation}, every number shown. Where a value reaches the cost on several paths, its derivative is their sum: the total derivative."


BEGIN = "Begin the lesson, ten minutes →"
SEE_THIS_STEP = "See this step →"

# --- the network ---------------------------------------------------------------------------------------

COLOURS = (("bp-line bp-pos", "positive"), ("bp-line bp-neg", "negative"), ("", "darker, thicker: larger"))
"""Each with its look: the sign of the number on a line, in a unit or of a bar."""
CHOSEN, OFF = "the unit taken apart below", "off"
INPUT, COST = "input x", "cost C"
AS_GIVEN, STANDARDISED, TYPED, SOME_TYPED = "as given", "standardised", "as typed", "standardised or typed"
MOST_TELLING = "most telling"
LAYER = "Layer"


def unit_of(name: str) -> str:
    return f"Unit of {symbol(name)}"


def layer_title(layer: int, depth: int) -> str:
    """Of a layer of units; the only hidden one has no number."""
    what = "output" if layer == depth else "hidden" if depth == 2 else f"hidden {layer}"
    return f"{what} {symbol(f'a{layer}')}"


def output(name: str, target: float, is_wanted: bool) -> str:
    return f"{name}, {'target ' if is_wanted else ''}y = {as_typed(target)}"


def network_alt(step: TrainingStep, word: str) -> str:
    """`word` is what the observation is called."""
    config, (x, a, y, C) = step.config, (step.tape[name] for name in ("x", f"a{step.config.depth}", "y", "C"))
    inputs = ", ".join(f"{name} {signed(value)}" for name, value in zip(input_names(config), x, strict=True))
    outputs = ", ".join(f"{name} {short(value)}" for name, value in zip(output_names(config), a, strict=True))
    hidden = ", ".join(map(str, config.layer_sizes[1:-1])) or "none"
    return f"The network on this {word}. Inputs: {inputs}. Hidden units: {hidden}. Outputs: {outputs}. Target: {describe_target(config, y)}. Cost: {short(C.item())}."


# --- the paths of a unit and their sum -----------------------------------------------------------------

NUMERIC_SLOPE, NOT_JUDGED = "numeric slope", "not judged"


def paths_from(count: int, widens: bool) -> str:
    """`widens`: whether there is one path to the next layer and several from there."""
    if count == 1:
        return "One path to the next layer" if widens else "One path to the cost"
    return f"{count_word(count).capitalize()} paths to the cost"


def sum_of(count: int) -> str:
    return "One product, no sum" if count == 1 else f"{count_word(count).capitalize()} products, one sum"


def product(thesis: Thesis, k: int) -> str:
    """② −0.798 · +0.585 = −0.467."""
    upstream, weight, value = thesis.upstream[k], thesis.weights[k], thesis.products[k]
    return f"{circled(k)} {signed(upstream)} · {signed(weight)} = {signed(value)}"


def paths_alt(thesis: Thesis) -> str:
    return f"{counted(len(thesis.products), 'path')} from {thesis.name} to the cost."


def only_reader(name: str, reader: str) -> str:
    """Why there is one path."""
    return f"Only {reader} reads {name}, so the single-variable chain rule is the whole truth here."


def more_paths(layer: int, paths: int) -> str:
    return f"The units of hidden layer {layer} have {paths} paths each."


def sum_alt(thesis: Thesis) -> str:
    if len(thesis.products) == 1:
        return f"The path's product: {product(thesis, 0)}."
    terms = "; ".join(product(thesis, k) for k in range(len(thesis.products)))
    return f"The paths' products: {terms}. Their sum is {signed(thesis.total)}."


# --- the map of the pass -------------------------------------------------------------------------------

MAP = "The map of the pass"
WHERE_TO_BEGIN = "Where to begin"


def leads(config: MLPConfig, word: str, forward: int) -> dict[str, str]:
    """The phases, each with a sentence; `word` is what the observation is, `forward` counts steps."""
    back = "How the cost reacts, from the outputs to the weights."
    if config.depth > 1:
        back = "How the cost reacts, from the last layer to the first; each hidden layer starts from the ∂C/∂z of the layer after it."
    fixed = " The biases are fixed." if config.bias == "fixed" else ""
    moved = "Each weight" if fixed or not config.has_biases else "Each parameter"
    return {
        "Forward": f"From the {word} to the cost: {forward} steps, one after another.",
        "Backward": back,
        "Update": f"{moved} moves against its gradient: W ← W − η dC/dW.{fixed}",
    }


CHECK_ANSWERS, WORKED_OUT = (
    "Check my answers",
    "Worked it out on paper? Paste your numbers: you are told which is wrong, and which mistake gives it.",
)
NEED_OF_A_SUM = "Wonder why one rule needs a sum and another does not? See it in the zeros of each Jacobian."


def new_to_this(word: str) -> str:
    """Where those begin who have never seen it."""
    return f"New to this? Step from the {word} to the new weights with the → key."


def sum_over(paths: int) -> str:
    return f"The sum over {count_word(paths)} paths"


def know_the_rule(label: str) -> str:
    """Where those begin who know the chain rule: at a sum, such as ∂C/∂a¹."""
    return f"Know the chain rule? Go straight to {label}: one path will not do."


# --- every page ----------------------------------------------------------------------------------------

EVERY_PAGE = "Every page"
