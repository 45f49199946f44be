"""Every sentence of the parameters, their notices and the prepared examples, one to a line."""

from collections.abc import Sequence

from ui.names.numbers import as_typed
from ui.names.symbols import circled

# --- what is wrong, and what is shown ----------------------------------------------------------------


def shorten(text: str) -> str:
    """The text as code, so that Markdown leaves it alone, and not more of it than fits a notice."""
    clean = "".join(character for character in text if character.isprintable() and character != "`")
    return f"`{clean[:30]}…`" if len(clean) > 30 else f"`{clean or ' '}`"


def notice(name: str, problem: str, shown: str) -> str:
    return f"{name}: {problem}. You see {shown}."


def wrong(expected: str, came: str) -> str:
    return f"expected {expected}, got {shorten(came)}"


def last_valid(text: str) -> str:
    return f"the last valid value, {text}"


def default(text: str) -> str:
    return f"the default, {text}"


def number(low: float, high: float) -> str:
    return f"a number from {as_typed(low)} to {as_typed(high)}"


def whole_number(low: int, high: int) -> str:
    return f"a whole number from {low} to {high}" if low < high else str(low)


def one_of(options: Sequence[str]) -> str:
    return f"one of {', '.join(options)}" if len(options) > 1 else options[0]


def hidden_layers(layers: int, units: int) -> str:
    return f"none, or 1 to {layers} layers of 1 to {units} units, such as 5 or 6-5"


def activations(names: Sequence[str]) -> str:
    return f"one of {', '.join(names)}, or one for each hidden layer, such as relu-sigmoid"


# --- what a widget explains --------------------------------------------------------------------------

FLOWER = "One of Fisher's 150 irises: 0–49 setosa, 50–99 versicolor, 100–149 virginica."
SEED = "Of the random initial weights: the same seed, layers and activation give the same weights everywhere. In a training it also shuffles the flowers."
ACTIVATION = "Of every hidden unit, in all hidden layers, or one for each layer: type relu-sigmoid. The outputs have their own."
OUTPUT = "Softmax: every output depends on every z, so even ∂C/∂z is a total derivative. The others are element-wise: one path each."
SCALE = "What the cost takes of the squared errors of the outputs: half their sum, so that ∂C/∂a is a − y; their sum; or their mean, as libraries do."
BIAS = "Learned: the update moves them. Fixed: in the forward pass, with ∂C/∂b shown, but never moved, as in some textbooks. With none, z = W a, and there is no b anywhere."
SPLIT = "Seed of the split into 105 training and 45 test flowers, a third of each species."
BATCH = "Training flowers a step: full takes all 105 at once, 1 a single one."


def rate(highest: float) -> str:
    return f"How far a step goes: η times the derivative, the other way. With 0 nothing moves. Up to {as_typed(highest)}, such as 0.1, 0,05, 1e-3 or 1/3."


def hidden(layers: int, units: int) -> str:
    return f"Units of each hidden layer, such as 5 or 6-5: up to {layers} layers of up to {units} units. With none the outputs see the inputs directly."


ANSWERS = "what the lesson has noted of its reader"
ROOM = "the six letters of a room"
SECRET = "what the host's own link has"
CODES = "questions such as stop.7a, sum.2 (sum.2.choice to choose its answer) or step.2.IV, with dashes between them"
FLOWERS_OF_THE_BATCH = "Flowers of the batch"
ASKED, LEFT_BLANK = "What is asked", "What is left blank"
KIND_TITLES = {
    "mixed": "Mixed",
    "sum": "Sum over paths",
    "path": "One path",
    "slope": "Through the activation",
    "gradient": "Weight gradient",
    "update": "New weight",
    "forward": "Forward value",
    "mean": "Mean of a batch",
    "rule": "Which rule?",
}
KNOCK_OUT = f"Knock out paths ({circled(0)} is 1)"
UNIT = "auto takes the unit with the largest paths: among those that are on, and of these among those whose paths pull both ways, where there are any."
DRAW = "Seed of the draw: the same number gives the same flowers. A larger batch keeps those it has."
EPOCHS = "How far to train. In one epoch every training flower is used once."
K = "Single path: through unit k"
LAB_PATH = "The rule “single path” keeps one term of each sum over paths: the one through unit k of the next layer, the same k above every hidden layer, so it goes up to the narrowest of these layers."
LAB_SEEDS = "From the sidebar's seed on: every rule starts from the same weights."
LAB_EPOCHS = "Full batch: one step an epoch, with the mean gradient of all 150 flowers."
LEVEL = "From a worked example to a whole step on your own."
LAYOUT = "Layout of the vector form and of NumPy"

# --- edits -------------------------------------------------------------------------------------------

EDITS = "numbers written like `W1_2_3_0.5` or `x_1_-1.2`"
TARGETS_TO_1 = "the targets of a cross-entropy are from 0 to 1"


def values(low: float, high: float) -> str:
    return f"values from {as_typed(low)} to {as_typed(high)}"


def no_array(name: str) -> str:
    return f"this network has no {name}"


def no_place(name: str, shape: Sequence[int], edit: object) -> str:
    size = f"{' × '.join(map(str, shape))} {'entry' if set(shape) == {1} else 'entries'}"
    return f"{name} has {size}, which leaves no place for `{edit}`"


def targets_add_up(total: str) -> str:
    return f"the targets of softmax outputs add up to 1, these to {total}"


OWN = "a network as the dialog “Your own numbers” writes it"
OBSERVATION = "Which of your observations goes through the network."
GIVEN = {"iris": "Flower", "textbook": "Textbook example", "own": "Your example"}
REST_OF_X = "the rest of x"
BEFORE_STEPS = " before the steps taken"


def targets(count: int) -> str:
    return "targets" if count > 1 else "target"


# --- jobs --------------------------------------------------------------------------------------------


def crowded(before: int) -> str:
    return f"{before} trainings are before yours, all of them shorter, and no more can wait. Try yours again in a minute, or a shorter one now."


# --- what a parameter takes where the network decides, for the docs -----------------------------------

ON = "1 for on"
PACKED = "answers as the page packs them"
EDITS_JOINED = f"{EDITS}, with ~ between them"
JACOBIANS = "output and input of a Jacobian, such as z2-a1, a2-z2, z1-W1 or C-a2"
BLOCKS = "1 to the number of blocks of a large Jacobian by weights"
HIDDEN_LAYERS = "1 to the number of hidden layers"
FIRST_OR_LAST = "1; on the overview the last"
UNITS = "auto, or 1 to the units of the hidden layer"
PATHS = "1 to the units of the next layer; may come more than once"
LAYERS = "a hidden layer from 1, or output"
ROWS = "auto, or 1 to the units of the layer"
COLUMNS = "auto, b for the bias, or 1 to the inputs of the layer"
LAB_PATHS = "1 to the units of the narrowest layer after the first hidden one"
ORDER = "skip, or total, single, diagonal, last, biases in any order with - between them"
QUESTIONS = "1 to the number of questions"


def question_set(most: int) -> str:
    return f"up to {most} different questions by kind and number, such as sum.2-update.1-rule.3"


def made(most: int) -> str:
    return f"up to {most} numbers of mistakes, two digits each"


def marks(most: int, marks: str) -> str:
    return f"up to {most} of {', '.join(marks)}: not yet, with help, at once, not counted"


# --- prepared examples: what to look for; a test computes every number ---------------------------------

FIGURE_1 = "All five hidden units are on, each with three paths, one through each z². For four of the five, path ① alone has the wrong sign; only the sum of all three is ∂C/∂a¹."
CONFIDENT_AND_WRONG = "After 100 epochs this network is right for 98 % of the flowers, yet it takes this virginica, which it never saw, for a versicolor, with 0.912. So a − y is almost as large as it can be: +0.912 and −0.916."
DEAD_RELU = "Two epochs with η = 2.5 have pushed a¹₁, at first on for 67 of the 150 flowers, below 0 for all of them. Its three paths are alive, ∂C/∂a¹₁ = −3.35, but ReLU is flat there: ∂C/∂z¹₁ is 0, and its weights learn nothing more."
CANCELLING_PATHS = "The paths into a¹₄ carry +0.843, −0.199 and −0.629. Their sum is only +0.0159: 99 % cancels, and no single path is anywhere near."
SATURATED_SOFTMAX = "One bias, edited to 25, makes a²₁ almost 1. No entry of ∂a²/∂z² is above 1e−10 in size, ∂C/∂a²₃ is below −1e10, yet their product is a − y as ever: the error still gets through."
TEXTBOOK_2_2_2 = "Mazur's example: cost 0.298371109 before the update; his w₅, our w²₁₁, goes from 0.4 to 0.35891648. Here the biases learn, too, so the cost after it is 0.280471447 and not his 0.29103."
ELEMENT_WISE_OUTPUT = "Sigmoid outputs: ∂a²/∂z² is a diagonal, so each z² has one path and the single-variable rule is the whole truth there. ∂C/∂a¹ still needs the sum of three."
VANISHING_GRADIENT = "Four layers of two tanh units. Every layer shrinks the gradient: ‖dC/dW⁵‖ is 0.742, ‖dC/dW¹‖ only 1.53e−4. The steps of the first layer are invisible beside those of the last."
MAZUR_FIXED = "Mazur's own way: the biases stay as they are, and the cost after the update is 0.2910278; he prints 0.291027924, since he rounds on the way. His w₁, our w¹₁₁, goes from 0.15 to 0.149780716."
HAN = "The book's Err₄ = −0.0087 and Err₅ = −0.0065 are −∂C/∂z¹. Its Err₆ = 0.1311 is 0.1312 here, since it rounds on the way; its w₄₆, our w²₁₁, goes to −0.261 and its w₁₄, our w¹₁₁, to 0.192."
NEGNEVITSKY = "XOR, the first of four observations: 0.5097 instead of 0. A threshold θ of the book is −b here, and its δ₅ = −0.1274 is −∂C/∂z²; one step takes its w₃₅, our w²₁₁, from −1.2 to −1.2067."
GOODFELLOW = "XOR, solved by hand: all four costs are 0, so every derivative is 0 and nothing moves. Without ReLU, (0, 0) would give h = (0, −1) and an output of 2."
ZHOU = "Alice, the first of four people, gets 0.524 instead of 1. Her ∂C/∂w¹₁₁ is −0.953 · 0.249 · −0.0904 = 0.0215; he prints 0.0214, since he rounds on the way."
HMKCODE = "No biases, no activation: every derivative is Δ = −0.809 times what lies on its path. One step takes the prediction from 0.191 to 0.256, his 0.26."
MILLER = "He divides −∂C/∂z² by a¹ where the chain rule multiplies: so his w₇, our w²₁₁, goes from 0.3 to 0.1162, and here, with η = 1, to 0.2011. His −0.1344 for −∂C/∂z² is −0.1353 here, since he rounds on the way."
NG = "ReLU is on in both units, so slopes are 1 and the chain is plain: ∂C/∂w² = 2 · 2 = 4, and ∂C/∂w¹ = 2 · 3 · 1 = 6. He checks it: with w¹ = 2.001 the cost is not 2 but 2.006."
NIELSEN_5 = "Each weight is 100 and each z is 0, so every layer back multiplies by 100 · ¼ = 25: ∂C/∂b¹ is 15625 times ∂C/∂b⁴. He leaves open x, here 1, and the cost, here with a target of 0."
NIELSEN_3 = "Badly wrong and slow: at 0.98 the sigmoid is flat, and ∂C/∂w is only 0.0173. With his other start, w = 0.6 and b = 0.9, it is 0.122 at 0.82; after 300 steps the outputs are 0.20 and 0.09."
JURAFSKY = "With all weights 0 the sigmoid says 0.5, so the gradient is −0.5 times the inputs: −1.5, −1.0, and −0.5 for b. One step makes the weights 0.15 and 0.1, and b 0.05."
CS231N = "The notes have no cost and begin with a derivative of 1; here the target is a − 1, which makes ∂C/∂a that 1. The output is 0.73, ∂C/∂z is 0.20, the weights get −0.20 and −0.39, the bias 0.20."
KARPATHY = "He has no cost and begins with a derivative of 1; here the target is a − 1, which makes ∂C/∂a that 1. The output is 0.7071, ∂C/∂z is 0.5, w₁ gets 1.0, and w₂, whose input is 0, gets nothing."
CS231N_SOFTMAX = "Softmax regression: without a hidden layer the only sum over paths is softmax's. The right class, the third, gets 0.353, so the cost is 1.04 and a − y is 0.0154, 0.631 and −0.647; the figure has 0.016 for the first, since it rounds on the way."

# Author, title, year, and where in it.
BY_MAZUR = "Matt Mazur: A Step by Step Backpropagation Example, 2015."
BY_HAN = "Jiawei Han, Micheline Kamber, Jian Pei: Data Mining, 3rd edition, 2012, section 9.2.3, example 9.1."
BY_NEGNEVITSKY = "Michael Negnevitsky: Artificial Intelligence, A Guide to Intelligent Systems, 2nd edition, 2005, section 6.4."
BY_GOODFELLOW = "Ian Goodfellow, Yoshua Bengio, Aaron Courville: Deep Learning, 2016, section 6.1."
BY_ZHOU = "Victor Zhou: Machine Learning for Beginners, An Introduction to Neural Networks, 2019, section 3."
BY_HMKCODE = "hmkcode: Backpropagation Step by Step, 2018."
BY_MILLER = "Steven Miller: Mind, How to Build a Neural Network (Part One), 2015."
BY_NG = "Andrew Ng: Advanced Learning Algorithms (Coursera), 2022, week 2, Larger neural network example."
BY_NIELSEN_5 = (
    "Michael Nielsen: Neural Networks and Deep Learning, 2015, chapter 5, The exploding gradient problem."
)
BY_NIELSEN_3 = (
    "Michael Nielsen: Neural Networks and Deep Learning, 2015, chapter 3, The cross-entropy cost function."
)
BY_JURAFSKY = "Daniel Jurafsky, James H. Martin: Speech and Language Processing, 3rd edition draft, 2023, chapter 5, Working through an example."
BY_CS231N = "Andrej Karpathy: Notes of Stanford's CS231n, 2015, Backpropagation, Sigmoid example."
BY_KARPATHY = (
    "Andrej Karpathy: The spelled-out intro to neural networks and backpropagation, building micrograd, 2022."
)
BY_CS231N_SOFTMAX = (
    "Andrej Karpathy: Notes of Stanford's CS231n, 2015, Linear classification, SVM vs. Softmax."
)

# --- the question that each page answers --------------------------------------------------------------

ONE_STEP, MORE_STEPS = "One step, taken apart", "Beyond one step"
ASKED_BY_LESSON = "Where do I begin? Ten predictions, ten minutes, and you can explain the sum over paths."
ASKED_BY_WALKTHROUGH = "What is computed, in which order, from which numbers?"
ASKED_BY_JACOBIANS = "What does each derivative look like, and what may be left out of it?"
ASKED_BY_PATHS = "Where does the sum over k come from, and what if a path is missing?"
ASKED_BY_UPDATE = "What does the step do to the weights, and to the cost?"
ASKED_BY_TOTAL_DERIVATIVE = "How does it work for two variables, without a network?"
ASKED_BY_BATCH = "Which sum is over paths, and which over a batch? Who pulls a weight which way?"
ASKED_BY_TRAINING = "Do these steps learn? Train, and scrub through the epochs."
ASKED_BY_CHAIN_RULE_LAB = "What does a wrong rule cost? Predict, then train with it."
ASKED_BY_CLASS = "What does the room think, and which mistake does it make?"
ASKED_BY_PRACTICE = "Can you do it yourself? Predict a number before it is shown."
ASKED_BY_NOTATION = "What is it called, which shape has it, and where is it in the sources?"
