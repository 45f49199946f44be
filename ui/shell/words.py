"""Every sentence around the pages, in the sidebar and its dialogs, one to a line."""

from collections.abc import Sequence

from ui.names.numbers import as_typed, counted, every, short
from ui.names.typed import quoted
from ui.state.own import OwnNetwork

# --- the sidebar -------------------------------------------------------------------------------------

TO_START = "Back to the start"
TO_IRISES = "Back to the irises"
TO_INITIAL = "Back to the initial weights"
TO_GIVEN = "Back to the weights given"
FROM_BOOKS = "From books"


OWN_BUTTON, EDIT_BUTTON = "Own numbers", "Edit numbers"
NO_OWN = "Own numbers: expected them in the link, got none. You see the irises."


def other_output(problem: str, shown: str) -> str:
    return f"Output: {problem}. You see {shown} outputs with a squared error."


def no_observation(count: int, came: str) -> str:
    return f"Observation: expected 1 to {count}, got {came}. You see the first."


def outputs_and_cost(activation: str, cost: str) -> str:
    return f"{activation} outputs, {cost} cost"


def best_seen(page: str) -> str:
    return f"Best seen on {page} →"


def other_weights(sizes: Sequence[int]) -> str:
    """`sizes` of the network that the weights are for which are given."""
    return f"The weights given are for a network {'-'.join(map(str, sizes))}; these are the seed's."


def edited(count: int, when: str, listed: str) -> str:
    """Markdown."""
    return f"**{counted(count, 'number')} {'is' if count == 1 else 'are'} edited**{when}: {listed}"


def put_back(count: int) -> str:
    return "Put it back" if count == 1 else "Put them back"


STAY = "With η = 0 the weights stay"
CHANGED = "The weights have changed"
INITIAL = "The weights are the initial ones"


def trained(epochs: int, batch: int | None, split: int | None, scaled: str) -> str:
    """What was done before; `scaled` is what of x the same flowers standardise, or "" if nothing."""
    of_split = "" if split is None else f", split {split}"
    said = f"{counted(epochs, 'epoch')} of training (batch size {batch or 'full'}{of_split}, with this η)"
    return f"{said}, whose flowers also standardise {scaled}" if scaled else said


SEED_OF_GIVEN = "Of the random initial weights: the same seed, layers and activation give the same weights everywhere. In a training it also shuffles the observations."


def batch_of_given(count: int) -> str:
    at_once = f"{every(count, 'observation')} at once" if count > 1 else "the only one"
    return f"Observations a step: full takes {at_once}, 1 a single one."


def taken(steps: int, word: str) -> str:
    return f"{counted(steps, 'update step')} on this {word}, with this η"


def too_many_epochs(rate: float, asked: int, shown: int) -> str:
    """They diverge, so fewer are shown."""
    seen = f"epoch {shown}" if shown else "epoch 0, before any training"
    return f"Epoch: with η = {as_typed(rate)}, {counted(asked, 'epoch')} {'leads' if asked == 1 else 'lead'} to numbers too large to show. You see {seen}."


def too_many_steps(rate: float, asked: int, shown: int) -> str:
    seen = {0: "none of them", 1: "the first"}.get(shown, f"the first {shown}")
    return f"Steps taken: with η = {as_typed(rate)}, {counted(asked, 'step')} {'leads' if asked == 1 else 'lead'} to numbers too large to show. You see {seen}."


def misfit(problem: str, count: int) -> str:
    """Why so many edits are not made."""
    left_out = "the edit that does not fit" if count == 1 else f"the {count} edits that do not fit"
    return f"Edits: {problem}. You see the network without {left_out}."


# --- numbers of one's own ----------------------------------------------------------------------------

OWN_NUMBERS = "Your own numbers"
OWN_LINES = "Type or paste an example, a line for each: inputs x, targets y, weights W1, W2, … with a row for every unit, biases b1, b2, … as in NumPy, Python, JSON, MATLAB or a spreadsheet. Several observations are rows of x and y. Without weights, the seed gives random ones."
OWN_TEXT = "Numbers"
OWN_EXAMPLE = "x = 0.05 0.10\ny = 0.01 0.99\nW1 = [[0.15, 0.20], [0.25, 0.30]]\nb1 = 0.35\nW2 = [[0.40, 0.45], [0.50, 0.55]]\nb2 = 0.60\ninputs = hours, sleep\noutputs = pass, fail"
OWN_TRANSPOSED = "Weights as (in, out): a column per unit"
OWN_SETTINGS = "Lines of the text, such as activation = relu, tanh or eta = 0.5, count more than these menus."
OWN_SHOW, OWN_FILE = "Show this network", "Save as text"
OWN_FILE_NAME = "own-numbers.txt"
RATE = "η"


def own_network(network: OwnNetwork, outputs: str) -> str:
    count, inputs = network.X.shape
    sizes = [counted(inputs, "input")]
    if network.hidden is not None:
        sizes += [counted(units, "hidden unit") for units in network.hidden]
    sizes.append(counted(network.Y.shape[1], "output"))
    params = "weights of the seed"
    if network.params:
        params = "weights and biases" if network.params.biases else "weights, no biases"
    return f"Read: {', '.join(sizes)}; {counted(count, 'observation')}; {params}; {outputs}."


def out_of_reach(activation: str, target: float) -> str:
    return f"No {activation} output reaches the target {as_typed(target)}: if the example has another output, choose it."


def more_problems(count: int) -> str:
    return f"And {count} more like {'it' if count == 1 else 'them'}."


def wrong_setting(name: str, problem: str) -> str:
    return f"{name}: {problem}."


def other_targets(problem: str) -> str:
    return f"Output: {problem}. Choose another output."


# --- the table editor --------------------------------------------------------------------------------

TYPE = "Type into the cells, then apply. A row, a column or a matrix that you paste into a cell, from a spreadsheet or NumPy, fills the cells from there on. The pages compute with your numbers, and the link keeps them; only Training and the Chain-rule lab always begin at the initial weights."
PUT_RIGHT = "Put this right, then apply. Nothing is lost."
TAKE_BACK = "Take the steps back, so that the pages show what I type"
PUT_BACK_SINGLE = "Put back single numbers"
INPUTS_AND_TARGETS = "Inputs and targets"


def steps_after(steps: int) -> str:
    return f"These are the numbers at the start; {counted(steps, 'update step')} {'comes' if steps == 1 else 'come'} after them, so the pages show others."


def count_edited(count: int, most: int) -> str:
    return f"{count} of up to {most} numbers edited."


def too_many_edits(count: int, most: int) -> str:
    return f"Expected at most {most} edited numbers, since a link holds no more, got {count}."


def out_of_range(largest: float, text: str) -> str:
    """Of a cell, also of an empty one."""
    came = quoted(text) if text.strip() else "nothing"
    return f"Expected a number from {as_typed(-largest)} to {as_typed(largest)}, got {came}."


# --- what to take along ------------------------------------------------------------------------------

SHARE, EXPORT = "Share this view", "Export exactly this view"
NO_ADDRESS = "The address of this app is not known here: put it before the links."
NO_CODE = "With so many edited numbers the link is too long for a QR code. Copy it instead."
CODE = "The code holds the short link, without settings at their defaults: the same view."
DENSE_CODE = f"{CODE} It is long, so the code is fine-grained: check it from the last row."
THIS_VIEW, ANSWERS_HIDDEN = "This view", "Answers hidden"

# Links and files, each with its name.
LINK = "Link", "What you see now, every setting written out."
PROJECTOR = "For the projector", "The walkthrough in presenter mode."
QUIZ = ANSWERS_HIDDEN, "The walkthrough asks before it shows a number."
FRAME = "Within another page", "HTML for a learning platform or a website."
NOTEBOOK = "Notebook", "A cell for every step; needs NumPy only, and checks that it gets the numbers you see."
WALKTHROUGH = "Walkthrough", "The walkthrough as one HTML file, for use without network."
WORKSHEET = (
    "Worksheet",
    "To print: the network, its numbers, blanks to fill. Open the file and print it, or save it as PDF.",
)
KEY = "Answer key on its own pages"
CHARTS = "Charts have a camera button in their upper right corner."


def to_class(is_shown: bool) -> tuple[str, str]:
    """Whether the question on the page is what it asks first."""
    what = "the question that you see" if is_shown else "any question about this network"
    return "Ask the class", f"Opens a room for {what}: everybody answers on a phone."


def arrays_json(numbers: int) -> tuple[str, str]:
    return (
        "Arrays, JSON",
        f"All values, Jacobians, path terms, derivatives and updates: {numbers:,} numbers with every digit.",
    )


def arrays_csv(size: int) -> tuple[str, str]:
    """Of about so many bytes."""
    about = f"{short(size / 1e6, digits=2)} MB" if size >= 1e6 else f"{short(max(1, size // 1000))} kB"
    return "Arrays, CSV", f"The same, one number a row, about {about}. Indices count from 0."


def comes_next(title: str) -> str:
    return f"Next: {title} →"
