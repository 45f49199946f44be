"""Worked examples of books, lecture notes and blogs, as lines that a reader would paste.

Only numbers that the source has; what it leaves open, its note says. A test compares every number that is
printed there with the recorded step, digit by digit.
"""

from dataclasses import dataclass

from ui.state import words


@dataclass(frozen=True, slots=True)
class Book:
    """One example.

    Attributes:
        name: in the menu, with the units of each layer.
        text: the numbers and settings.
        source: author, title, year, and where in it.
        look, best, step, jacobian: as of `ui.state.presets.Preset`.
    """

    name: str
    text: str
    source: str
    look: str
    best: str
    step: str
    jacobian: str


_HAN = """
x = 1, 0, 1
y = 1
W1 = [[0.2, 0.4, -0.5], [-0.3, 0.1, 0.2]]
b1 = [-0.4, 0.2]
W2 = [[-0.3, -0.2]]
b2 = 0.1
activations = sigmoid, sigmoid
error = half
eta = 0.9
"""

_NEGNEVITSKY = """
outputs = xor
X = [[1, 1], [0, 1], [1, 0], [0, 0]]
y = [0, 1, 1, 0]
W1 = [[0.5, 0.4], [0.9, 1.0]]
b1 = [-0.8, 0.1]
W2 = [[-1.2, 1.1]]
b2 = -0.3
activations = sigmoid, sigmoid
error = half
eta = 0.1
"""

_GOODFELLOW = """
outputs = xor
X = [[0, 0], [0, 1], [1, 0], [1, 1]]
y = [0, 1, 1, 0]
W1 = [[1, 1], [1, 1]]
b1 = [0, -1]
W2 = [[1, -2]]
b2 = 0
activations = relu, identity
error = mean
"""

_ZHOU = """
inputs = weight, height
outputs = female
X = [[-2, -1], [25, 6], [17, 4], [-15, -6]]
y = [1, 0, 0, 1]
W1 = [[1, 1], [1, 1]]
b1 = [0, 0]
W2 = [[1, 1]]
b2 = 0
activations = sigmoid, sigmoid
error = mean
eta = 0.1
"""

_HMKCODE = """
x = 2, 3
y = 1
W1 = [[0.11, 0.21], [0.12, 0.08]]
W2 = [[0.14, 0.15]]
activations = identity, identity
error = half
eta = 0.05
"""

_MILLER = """
outputs = xor
x = 1, 1
y = 0
W1 = [[0.8, 0.2], [0.4, 0.9], [0.3, 0.5]]
W2 = [[0.3, 0.5, 0.9]]
activations = sigmoid, sigmoid
error = half
eta = 1
"""

_NG = """
x = 1
y = 5
W1 = [[2]]
b1 = 0
W2 = [[3]]
b2 = 1
activations = relu, relu
error = half
"""

_NIELSEN_5 = """
x = 1
y = 0
W1 = [[100]]
b1 = -100
W2 = [[100]]
b2 = -50
W3 = [[100]]
b3 = -50
W4 = [[100]]
b4 = -50
activation = sigmoid
output = sigmoid
error = half
"""

_NIELSEN_3 = """
x = 1
y = 0
W = [[2]]
b = 2
output = sigmoid
error = half
eta = 0.15
"""

_JURAFSKY = """
inputs = positive, negative
x = 3, 2
y = 1
W = [[0, 0]]
b = 0
output = sigmoid
error = cross-entropy
eta = 0.1
"""

_CS231N = """
x = -1, -2
y = -0.2689414213699951
W = [[2, -3]]
b = -3
output = sigmoid
error = half
"""

_KARPATHY = """
x = 2, 0
y = -0.2928932188134524
W = [[-3, 1]]
b = 6.8813735870195432
output = tanh
error = half
"""

_CS231N_SOFTMAX = """
x = -15, 22, -44, 56
y = 0, 0, 1
W = [[0.01, -0.05, 0.1, 0.05], [0.7, 0.2, 0.05, 0.16], [0, -0.45, -0.2, 0.03]]
b = [0, 0.2, -0.3]
output = softmax
"""

BOOKS = (
    Book("Han, Kamber, Pei 3-2-1", _HAN, words.BY_HAN, words.HAN, "walkthrough", "1.IV", "z2-a1"),
    Book(
        "Negnevitsky 2-2-1, XOR",
        _NEGNEVITSKY,
        words.BY_NEGNEVITSKY,
        words.NEGNEVITSKY,
        "update",
        "update.2",
        "z2-a1",
    ),
    Book(
        "Goodfellow 2-2-1, ReLU XOR",
        _GOODFELLOW,
        words.BY_GOODFELLOW,
        words.GOODFELLOW,
        "walkthrough",
        "a1",
        "a1-z1",
    ),
    Book("Zhou 2-2-1, mean squared", _ZHOU, words.BY_ZHOU, words.ZHOU, "walkthrough", "1.VI", "a1-z1"),
    Book("hmkcode 2-2-1, linear", _HMKCODE, words.BY_HMKCODE, words.HMKCODE, "update", "update.2", "z2-a1"),
    Book("Miller 2-3-1, no biases", _MILLER, words.BY_MILLER, words.MILLER, "walkthrough", "2.V", "z2-a1"),
    Book("Ng 1-1-1, ReLU output", _NG, words.BY_NG, words.NG, "walkthrough", "1.VI", "z2-a1"),
    Book(
        "Nielsen 1-1-1-1-1, exploding",
        _NIELSEN_5,
        words.BY_NIELSEN_5,
        words.NIELSEN_5,
        "walkthrough",
        "1.IV",
        "z4-a3",
    ),
    Book("Nielsen 1-1, slow", _NIELSEN_3, words.BY_NIELSEN_3, words.NIELSEN_3, "update", "1.IV", "a1-z1"),
    Book("Jurafsky, Martin 2-1", _JURAFSKY, words.BY_JURAFSKY, words.JURAFSKY, "walkthrough", "1.V", "z1-W1"),
    Book("CS231n 2-1, sigmoid", _CS231N, words.BY_CS231N, words.CS231N, "walkthrough", "1.V", "a1-z1"),
    Book("Karpathy 2-1, tanh", _KARPATHY, words.BY_KARPATHY, words.KARPATHY, "walkthrough", "1.V", "a1-z1"),
    Book(
        "CS231n 4-3, softmax",
        _CS231N_SOFTMAX,
        words.BY_CS231N_SOFTMAX,
        words.CS231N_SOFTMAX,
        "jacobians",
        "1.IV",
        "a1-z1",
    ),
)
