"""What the film of the training page says in words, run by deno from its own modules."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.expected import settings_of
from tests.markup import elements
from ui.state.data import load_iris
from ui.state.training_runs import split_iris
from ui.views.training.session import Outcome
from ui.views.training.split import _markup
from ui.views.training.words import diverged

ROOT = Path(__file__).parents[2]

SAY = """
import { CONFUSION_COLOURS, layersText, lowestText, sentenceOf } from "./ui/views/training/js/texts.js";
import { chartName, valueText } from "./ui/draw/js/chart.js";
const tables = (confusion) => ({ count: (epoch, row, col) => confusion[epoch][row][col] });
const say = {
  sentence: ({ payload, epoch, test, training }) =>
    sentenceOf(payload, epoch, { test: tables(test), training: tables(training) }),
  lowest: ({ costs }) => lowestText(Float64Array.from(costs.map(Number))),
  layers: ({ payload }) => layersText(payload),
  chart: ({ title, epochs, values, asShare }) =>
    chartName(title, epochs, values.map(Number).filter(Number.isFinite), asShare),
  confusion: () => CONFUSION_COLOURS,
  value: ({ value, asShare }) => valueText(Number(value), asShare),
};
const asked = JSON.parse(Deno.args[0]);
console.log(JSON.stringify(asked.map(({ what, ...rest }) => say[what](rest))));
"""


def said(*asked):
    """What the film's functions answer, one text for each question."""
    command = [sys.executable, "-m", "deno", "eval", SAY, json.dumps(asked)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    return json.loads(done.stdout)


def sentence(epoch, test, training=((35, 0, 0), (0, 34, 1), (0, 0, 35)), epochs=3, steps=7):
    payload = {
        "epochs": epochs,
        "steps": steps,
        "sets": {"training": 105, "test": 45},
        "plane": {"species": ["setosa", "versicolor", "virginica"]},
    }
    return {
        "what": "sentence",
        "payload": payload,
        "epoch": epoch,
        "test": [test] * (epochs + 1),
        "training": [training] * (epochs + 1),
    }


def test_the_sentence_of_an_epoch_follows_the_confusion_matrices():
    one = ((15, 0, 0), (0, 13, 2), (0, 1, 14))
    tie = ((15, 0, 0), (0, 13, 2), (0, 2, 13))
    three = ((14, 1, 0), (0, 14, 1), (0, 1, 14))
    none = ((15, 0, 0), (0, 15, 0), (0, 0, 15))
    right = "test flowers right, 104 of 105 training flowers."
    assert said(
        sentence(0, one),
        sentence(1, one, steps=1),
        sentence(2, tie),
        sentence(3, three, steps=1000),
        sentence(3, none),
        sentence(0, one, epochs=0),
    ) == [
        f"Before training: 42 of 45 {right} Most frequent test mistake: 2 versicolor taken for virginica.",
        f"After 1 epoch (1 update): 42 of 45 {right} Most frequent test mistake: 2 versicolor taken for "
        "virginica.",
        f"After 2 epochs (14 updates): 41 of 45 {right} Most frequent test mistakes: 2 versicolor taken for "
        "virginica and 2 virginica taken for versicolor.",
        f"After 3 epochs (3,000 updates): 42 of 45 {right} Most frequent test mistakes: 1 setosa taken for "
        "versicolor, 1 versicolor taken for virginica and 1 virginica taken for versicolor.",
        f"After 3 epochs (21 updates): 45 of 45 {right} No test flower is mistaken.",
        f"The initial weights, before any training: 42 of 45 {right}",
    ]


@pytest.mark.parametrize(
    ("costs", "text"),
    [
        ([1.1], ""),
        ([3, 2, 1], "The test cost is lowest after the last epoch, where it still falls."),
        ([3, 1, 2], "The test cost is lowest after 1 epoch."),
        ([3, 3, 1, 2], "The test cost is lowest after 2 epochs."),
        ([1, 2, 3], "The test cost is lowest before training."),
        ([2, 1, 1], "The test cost is lowest after 1 epoch, and as low after 1 later epoch."),
        ([1, 2, 1, 1], "The test cost is lowest before training, and as low after 2 later epochs."),
        ([0.5, 0.5, 0.5], "The test cost is the same before and after every epoch."),
        ([3, "Infinity", "NaN", 2, 4], "The test cost is lowest after 3 epochs."),
        (["NaN", 2, 2], "The test cost is lowest after 1 epoch, and as low after 1 later epoch."),
        (["NaN", "Infinity"], "The test cost overflows throughout."),
    ],
)
def test_where_the_test_cost_is_lowest(costs, text):
    assert said({"what": "lowest", "costs": costs}) == [text]


def test_charts_write_numbers_as_the_pages_do():
    chart = {"what": "chart", "title": "Cost"}
    assert said(
        {**chart, "epochs": 1, "values": [1.0813, 259386, "Infinity"]},
        {**chart, "epochs": 12, "values": [0.04999, 1.2]},
        {**chart, "epochs": 0, "values": [1.5]},
        {**chart, "epochs": 2, "values": ["NaN", "Infinity"]},
        {**chart, "title": "Accuracy", "epochs": 2, "values": [0.3, 0.9999, 1], "asShare": True},
        {"what": "value", "value": "259386.3"},
        {"what": "value", "value": "Infinity"},
        {"what": "value", "value": "NaN"},
        {"what": "value", "value": "-0.0"},
        {"what": "value", "value": 0.97777, "asShare": True},
        {"what": "value", "value": 0.9999, "asShare": True},
    ) == [
        "Cost over 1 epoch, from 1.08 to 2.59e5",
        "Cost over 12 epochs, from 0.0500 to 1.20",
        "Cost before training, 1.50",
        "Cost over 2 epochs: no finite number",
        "Accuracy over 2 epochs, from 30.0\u00a0% to 100.0\u00a0%",
        "2.59e5",
        "∞",
        "undefined",
        "0",
        "97.8\u00a0%",
        "over 99.9\u00a0%",
    ]


def test_how_to_read_the_layers():
    plain = (
        "‖·‖ is the root of the sum of squares of a matrix's entries. Gradients are those of the mean cost "
        "of all training flowers."
    )
    layers = {"what": "layers"}
    assert said({"what": "confusion"}) == ["On the diagonal: right. Red: mistakes. Deeper: more flowers."]
    assert said({**layers, "payload": {"weights": {}}}, {**layers, "payload": {"weights": None}}) == [
        f"Blue: positive; orange: negative; deeper: larger, on one scale for all epochs. {plain}",
        plain,
    ]


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
    said = [e.text for e in elements(_markup(4)) if e.tag in ("p", "h2")]
    assert said[:2] == [
        "The split: 105 to train on, 45 to test",
        "Split 4: 105 of the 150 flowers are trained on, 35 of each species; the network never sees the "
        "other 45, which test it. Each measurement is standardised, x = (cm − mean) / deviation, with the "
        "training flowers' numbers only, or else the test flowers would have had a say.",
    ]
    species, training = load_iris().species, split_iris(4).training
    assert [sum(species[flower] == kind for flower in training) for kind in range(3)] == [35] * 3
