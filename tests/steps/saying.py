"""What the stage says at a step, and random settings of all kinds."""

import json
import random

from backprop.primitives import output_options
from tests.expected import settings_of
from ui.steps.payload import stage_payload


def random_views(count: int, seed: int = 7) -> list[dict]:
    """Settings of all kinds, the extreme ones too."""
    return [random_view(random.Random(f"{seed} {number}")) for number in range(count)]


def random_view(chosen: random.Random) -> dict:
    sizes = [chosen.choice([1, 2, 3, 5, 16]) for _ in range(chosen.choice([0, 1, 1, 2, 3]))]
    bias = chosen.choice(["learned", "learned", "fixed", "none"])
    edits = ["", "", "x_2_-3", "W1_1_1_4~x_1_0.5", *["b1_1_-1000"] * (bias != "none")]
    view = {
        "flower": chosen.randrange(150),
        "seed": chosen.randrange(1000),
        "lr": chosen.choice([0, 0.001, 0.1, 0.5, 3, 10]),
        "hidden": "-".join(map(str, sizes)) or "none",
        "act": "-".join(chosen.choice(["relu", "tanh", "sigmoid", "identity"]) for _ in sizes) or "relu",
        "out": chosen.choice([*output_options()]),
        "err": chosen.choice(["half", "half", "sum", "mean"]),
        "bias": bias,
        "edit": chosen.choice(edits),
    }
    return view | ({"epoch": 20} if view["lr"] < 1 and chosen.random() < 0.3 else {})


def steps_by_id(settings) -> dict:
    return {step["id"]: step for step in json.loads(stage_payload(settings))["steps"]}


def say(step_id: str, **view) -> str:
    return steps_by_id(settings_of(**view))[step_id]["say"]


RANDOM = random_views(26)
