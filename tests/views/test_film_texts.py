"""What the training page says of its split, and of a training that diverged."""

import pytest

from tests.expected import settings_of
from tests.markup import elements
from ui.state.data import load_iris
from ui.state.training_runs import split_iris
from ui.views.training.session import Outcome
from ui.views.training.split import _split_markup
from ui.views.training.words import diverged


@pytest.mark.parametrize(
    ("link", "outcome", "text"),
    [
        (
            {"lr": 10, "out": "identity"},
            Outcome(0, 1),
            "**Training diverged in epoch 1**: the cost or a weight grew until it was no longer a finite "
            "number. Steps of η = 10 are too long here: try a smaller η, such as 1, a larger batch, or "
            "softmax outputs. You see the start.",
        ),
        (
            {"lr": 0.5, "out": "identity", "batch": "full"},
            Outcome(1, 2),
            "**Training diverged in epoch 2**: the cost or a weight grew until it was no longer a finite "
            "number. Steps of η = 0.5 are too long here: try a smaller η, such as 0.05, or softmax outputs. "
            "You see epochs 0 and 1, both before that.",
        ),
        (
            {"lr": 1e-5, "batch": "full"},
            Outcome(7, 8),
            "**Training diverged in epoch 8**: the cost or a weight grew until it was no longer a finite "
            "number. Steps of η = 1e−5 are too long here: try a smaller η, such as 1e−6. "
            "You see epochs 0 to 7, all before that.",
        ),
    ],
)
def test_divergence_says_what_can_be_tried(link, outcome, text):
    assert diverged(settings_of(**link), outcome.diverged, outcome.epochs) == text


def test_the_split_is_told_with_its_shares():
    said = [e.text for e in elements(_split_markup(4)) if e.tag in ("p", "h2")]
    assert said[:2] == [
        "The split: 105 to train on, 45 to test",
        "Split 4: 105 of the 150 flowers are trained on, 35 of each species; the network never sees the "
        "other 45, which test it. Each measurement is standardised, x = (cm − mean) / deviation, with the "
        "training flowers' numbers only, or else the test flowers would have had a say.",
    ]
    species, training = load_iris().species, split_iris(4).training
    assert [sum(species[flower] == kind for flower in training) for kind in range(3)] == [35] * 3
