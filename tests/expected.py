"""What the app must show, computed by the core alone."""

import re

import numpy as np

from backprop import (
    MLPConfig,
    Params,
    TrainingRun,
    TrainingStep,
    forward_pass,
    init_params,
    train,
    training_step,
)
from backprop.primitives import output_options
from ui.state import textbook
from ui.state.data import load_iris
from ui.state.own import network_of, read_network, write_network
from ui.state.parameters import IRIS, OWN, TEXTBOOK, rows_of
from ui.state.parsing import format_hidden, parse_hidden
from ui.state.settings import Settings
from ui.state.training_runs import TrainingPlan, split_iris

DEFAULTS = {row.key: row.default_text for row in rows_of("")}
"""What a link without parameters opens."""


def settings_of(**changed) -> Settings:
    """Settings of a link: the defaults and what differs from them, as in the URL."""
    values = {**DEFAULTS, **changed}
    return Settings(
        flower=int(values["flower"]),
        seed=int(values["seed"]),
        learning_rate=float(values["lr"]),
        hidden=parse_hidden(str(values["hidden"])),
        activation=values["act"],
        output=values["out"],
        scale=values["err"],
        bias=values["bias"],
        own=values["own"],
        obs=int(values["obs"]),
        taken=int(values["taken"]),
        epoch=int(values["epoch"]),
        split=int(values["split"]),
        batch=str(values["batch"]),
        data=values["data"],
        edit=values["edit"],
    )


CHAIN = "x = 0.5\ny = 0.8\nW1 = 0.4\nb1 = 0.1\nW2 = 0.3\nb2 = 0.2\nactivation = sigmoid"
THREE_TWO_ONE = (
    "x = 1 0 1\ny = 1\nW1 = [[.2, .4, -.5], [-.3, .1, .2]]\nb1 = -.4, .2\nW2 = [[-.3, -.2]]\nb2 = .1"
)
NEURON = "inputs = rain, wind, sun\noutputs = go\nx = 2, -1, 0.5\ny = 1\nW1 = [[0.1, -0.3, 0.7]]\nb1 = 0.2"
XOR = "X = [[0, 0], [0, 1], [1, 0], [1, 1]]\nY = [0, 1, 1, 0]\ninputs = left, right\noutputs = xor"
"""Numbers of one's own: one unit a layer, one output, no hidden layer, four observations and no weights."""


def own_link(text: str, **more: str | int | float) -> dict:
    """The parameters of a link to a network of one's own, and to what its text states."""
    network = read_network(text)
    given = {"hidden": format_hidden(network.hidden)} if network.params else {}
    return {"data": OWN, "own": write_network(network), **given, **network.settings, **more}


def training_of(plan: TrainingPlan, epochs: int) -> TrainingRun:
    """A training on flowers, without the store."""
    split = split_iris(plan.split)
    rows = list(split.training)
    start = init_params(plan.config, plan.seed)
    X, Y = split.X[rows], split.Y[rows]
    return train(plan.config, start, X, Y, epochs, plan.learning_rate, plan.batch_size, plan.seed)


def step_of(settings: Settings) -> TrainingStep:
    """The recorded step of a view: the start, its edits, then the steps taken one after another."""
    assert settings.output in output_options()
    arrays = start_of(settings)
    for entry in filter(None, settings.edit.split("~")):
        name, row, column, value = re.fullmatch(r"([^_]+)_(\d+)(?:_(\d+))?_([^_]+)", entry).groups()
        place = int(row) - 1 if column is None else (int(row) - 1, int(column) - 1)
        arrays[name][place] = float(value)
    depth, config, rate = settings.config.depth, settings.config, settings.learning_rate
    params = Params(
        tuple(arrays[f"W{layer}"] for layer in range(1, depth + 1)),
        tuple(arrays[f"b{layer}"] for layer in range(1, depth + 1) if config.has_biases),
    )
    for _ in range(settings.taken):
        params = training_step(config, params, arrays["x"], arrays["y"], rate).params_after
    return training_step(config, params, arrays["x"], arrays["y"], rate)


def start_of(settings: Settings) -> dict[str, np.ndarray]:
    """x, y and the parameters by name, before any edit or step."""
    if settings.data == IRIS:
        trained = settings.epoch >= 0
        data = split_iris(settings.split) if trained else load_iris()
        x, y = data.X[settings.flower], data.Y[settings.flower]
        params = trained_params(settings) if trained else init_params(settings.config, settings.seed)
    else:
        given = textbook.NETWORK if settings.data == TEXTBOOK else network_of(settings.own)
        x, y = given.X[settings.obs - 1], given.Y[settings.obs - 1]
        params = init_params(settings.config, settings.seed)
        if given.params and tuple(map(len, given.params.weights[:-1])) == settings.hidden:
            params = Params(given.params.weights, given.params.biases or params.biases)
            params = params if settings.config.has_biases else Params(params.weights, ())
    return {"x": x.copy(), "y": y.copy()} | {name: array.copy() for name, array in params.items()}


def trained_params(settings: Settings) -> Params:
    """The parameters after the epochs of training that the settings ask for."""
    config: MLPConfig = settings.config
    split = split_iris(settings.split)
    start = init_params(config, settings.seed)
    if settings.epoch == 0:
        return start
    rows = list(split.training)
    run = train(
        config,
        start,
        split.X[rows],
        split.Y[rows],
        epochs=settings.epoch,
        learning_rate=settings.learning_rate,
        batch_size=None if settings.batch == "full" else int(settings.batch),
        seed=settings.seed,
    )
    return run.params


def table_of(step: TrainingStep, name: str) -> np.ndarray:
    """The array behind a table of the stage, such as "z2/a1:path_terms", in the table's orientation."""
    what, kind = name.split(":")
    if kind in ("jacobian", "path_terms"):
        return getattr(step.vjp(*what.split("/")), kind)
    if kind == "cotangent":
        return step.cotangent(what).reshape(1, -1)
    if kind == "gradient":
        return np.atleast_2d(step.gradients[what])
    if kind == "after":
        after = forward_pass(step.config, step.params_after, step.tape["x"], step.tape["y"])
        array = after[what]
    else:
        array = step.tape[what]
    return array if array.ndim == 2 else array.reshape(-1, 1)
