"""Views of all kinds, and what their files hold."""

from tests.expected import CHAIN, NEURON, THREE_TWO_ONE, XOR, own_link

LINK = "https://example.org/walkthrough?flower=3"
TEXTBOOK = {"data": "textbook", "hidden": "2", "act": "sigmoid", "out": "sigmoid-squared", "lr": 0.5}
VIEWS = [
    {},
    TEXTBOOK,
    {"hidden": "16-16-16-16", "out": "identity", "lr": 0.001},
    {"hidden": "6-5", "act": "tanh", "out": "sigmoid", "flower": 3, "lr": 0.1234567891},
    {"epoch": 5, "taken": 2, "act": "sigmoid", "out": "sigmoid-squared"},
    {"edit": "W2_1_2_0.75~x_1_-3", "taken": 1},
    {"hidden": "none", "edit": "y_1_.5"},
    {"hidden": "none", "out": "relu", "err": "sum", "bias": "none"},
    {
        "hidden": "3-2",
        "act": "relu-tanh",
        "out": "tanh",
        "err": "mean",
        "bias": "fixed",
        "lr": 0.5,
        "taken": 3,
    },
    {"act": "sigmoid", "bias": "none", "out": "sigmoid"},
    own_link(CHAIN, out="sigmoid-squared"),
    own_link(NEURON, out="softmax"),
    own_link(XOR, hidden="2", act="tanh", out="sigmoid", obs=3, taken=2),
    own_link(THREE_TWO_ONE, out="identity", bias="fixed", err="mean"),
]
