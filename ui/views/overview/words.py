"""Every sentence of the page "Overview". No Streamlit, no HTML."""

from ui.names.numbers import count_word, signed
from ui.names.symbols import circled, symbol
from ui.steps.thesis import Thesis


def lead(observation: str) -> str:
    return f"One training step of a small neural network on one {observation}, every number shown. Where a value has one path to the cost, the single-variable chain rule will do; where it has several, you need their sum, the total derivative."


UNIT_BELOW = "the unit examined below"

# --- the thesis as a picture ---------------------------------------------------------------------------

ONE_PATH = "One path: the single-variable chain rule"
NEGATIVE_LINE = "negative number on the line"
NUMERIC_SLOPE = "numeric slope, for comparison"


def all_paths(count: int) -> str:
    return f"{count_word(count).capitalize()} paths summed: the total derivative"


def product(thesis: Thesis, k: int) -> str:
    """② −0.798 · +0.585 = −0.467."""
    upstream, weight, value = thesis.upstream[k], thesis.weights[k], thesis.products[k]
    return f"{circled(k)} {signed(upstream)} · {signed(weight)} = {signed(value)}"


def one_path_alt(thesis: Thesis) -> str:
    return f"One path from {thesis.name} to the cost, by the single-variable rule: {product(thesis, thesis.single)}."


def all_paths_alt(thesis: Thesis) -> str:
    return f"{len(thesis.products)} paths from {thesis.name} to the cost."


def sum_alt(thesis: Thesis) -> str:
    terms = "; ".join(product(thesis, k) for k in range(len(thesis.products)))
    return f"The paths' products: {terms}. Their sum is {signed(thesis.total)}."


# --- the map of the pass -------------------------------------------------------------------------------

MAP = "The map of the pass"
WHERE_TO_BEGIN = "Where to begin"


def leads(word: str, forward: int) -> dict[str, str]:
    """The phases, each with a sentence; `word` is what the observation is, `forward` counts steps."""
    return {
        "Forward": f"From the {word} to the cost: {forward} steps, one after another.",
        "Backward": "How the cost reacts, from the last layer to the first; each hidden layer starts from the ∂C/∂z of the layer after it.",
        "Update": "Each parameter moves against its gradient: W ← W − η dC/dW.",
    }


NEED_OF_A_SUM = "Wonder why one rule needs a sum and another does not? See it in the zeros of each Jacobian."


def new_to_this(word: str) -> str:
    """Where those begin who have never seen it."""
    return f"New to this? Step from the {word} to the new weights with the → key."


def sum_over(paths: int) -> str:
    return f"The sum over {count_word(paths)} paths"


def know_the_rule(layer: int) -> str:
    """Where those begin who know the chain rule: at this hidden layer's sum."""
    return f"Know the chain rule? Go straight to ∂C/∂{symbol(f'a{layer}')}: one path will not do."


# --- every page ----------------------------------------------------------------------------------------

EVERY_PAGE = "Every page"
