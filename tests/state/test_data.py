"""Names of what goes in and comes out, and the flowers: compared with scikit-learn's own."""

import numpy as np
import pytest
from sklearn import datasets

from tests.expected import settings_of
from ui.state.data import (
    FEATURES,
    FLOWERS,
    SPECIES,
    describe_flower,
    describe_target,
    input_names,
    is_iris,
    is_one_hot,
    load_iris,
    named_entries,
    observation_word,
    output_names,
)

TEXTBOOK = {"data": "textbook", "hidden": "2", "act": "sigmoid", "out": "sigmoid-squared"}


def test_flowers_and_their_names_are_scikit_learn_s():
    ours, theirs = load_iris(), datasets.load_iris()
    assert [f"{feature} (cm)" for feature in FEATURES] == list(theirs.feature_names)
    assert list(SPECIES) == list(theirs.target_names)
    np.testing.assert_array_equal(ours.centimetres, theirs.data)
    assert list(ours.species) == theirs.target.tolist()
    assert len(theirs.data) == FLOWERS
    np.testing.assert_allclose(ours.X.mean(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(ours.X.std(axis=0), 1)
    np.testing.assert_allclose(ours.X * theirs.data.std(axis=0) + theirs.data.mean(axis=0), theirs.data)
    assert (ours.Y.argmax(axis=1) == theirs.target).all()
    assert (ours.Y.sum(axis=1) == 1).all()


def test_a_flower_is_described_by_what_was_measured():
    assert describe_flower(70) == "Flower 70, versicolor: sepal 5.9 × 3.2 cm, petal 4.8 × 1.8 cm"
    iris = datasets.load_iris()
    for flower in (0, 49, 50, 99, 100, 149):
        a, b, c, d = iris.data[flower]
        name = iris.target_names[iris.target[flower]]
        assert describe_flower(flower) == f"Flower {flower}, {name}: sepal {a} × {b} cm, petal {c} × {d} cm"


def test_what_is_no_iris_has_numbers_for_names():
    config, textbook = settings_of().config, settings_of(**TEXTBOOK).config
    assert (is_iris(config), is_iris(textbook)) == (True, False)
    assert (observation_word(config), observation_word(textbook)) == ("flower", "example")
    assert (input_names(config), output_names(config)) == (FEATURES, SPECIES)
    assert input_names(textbook) == ("input 1", "input 2")
    assert output_names(textbook) == ("output 1", "output 2")


def test_entries_say_what_they_stand_for():
    config, textbook = settings_of(hidden="2-5").config, settings_of(**TEXTBOOK).config
    assert named_entries(config, "x")[1] == "x₂ sepal width"
    assert named_entries(config, "y")[2] == "y₃ virginica"
    for letter in "zab":
        assert named_entries(config, f"{letter}3")[0] == f"{letter}³₁ setosa"
    assert named_entries(config, "a2") == ["a²₁", "a²₂", "a²₃", "a²₄", "a²₅"]
    assert named_entries(textbook, "z2") == ["z²₁ output 1", "z²₂ output 2"]


@pytest.mark.parametrize(
    ("query", "y", "one_hot", "said"),
    [
        ({}, [0, 0, 1], True, "virginica"),
        ({}, [1, 0, 0], True, "setosa"),
        ({}, [0, 0, 0], False, "setosa 0, versicolor 0, virginica 0"),
        ({}, [1, 1, 0], False, "setosa 1, versicolor 1, virginica 0"),
        ({}, [0.25, -1e-5, 1000], False, "setosa 0.25, versicolor −1e−5, virginica 1000"),
        (TEXTBOOK, [0.01, 0.99], False, "output 1 0.01, output 2 0.99"),
        (TEXTBOOK, [0, 1], True, "output 2"),
    ],
    ids=str,
)
def test_a_target_is_a_name_or_its_numbers(query, y, one_hot, said):
    target = np.array(y, dtype=float)
    assert is_one_hot(target) == one_hot
    assert describe_target(settings_of(**query).config, target) == said
