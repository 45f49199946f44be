"""What the app must show, computed by the core alone."""

import numpy as np

from backprop import TrainingStep, forward_pass, init_params, training_step
from ui.data import load_iris
from ui.settings import DEFAULTS, OUTPUT_KINDS, Settings, parse_hidden


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
        taken=int(values["taken"]),
        epoch=int(values["epoch"]),
        split=int(values["split"]),
        batch=str(values["batch"]),
        data=values["data"],
        edit=values["edit"],
    )


def step_of(settings: Settings) -> TrainingStep:
    assert settings.output in OUTPUT_KINDS
    iris = load_iris()
    return training_step(
        settings.config,
        init_params(settings.config, settings.seed),
        iris.X[settings.flower],
        iris.Y[settings.flower],
        settings.learning_rate,
    )


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
