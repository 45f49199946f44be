"""Stop 10: a network not seen."""

from dataclasses import replace

import numpy as np

from backprop import MLPConfig, TrainingStep, init_params, training_step
from backprop.practice import Quantity, interesting
from ui.questions.lesson.building import Stop, draw, exercise
from ui.questions.tasks import Exercise, Sentence
from ui.questions.words import lesson as words
from ui.state.settings import Settings

OWN_SIZES = ((2, 2, 3, 2), (3, 2, 3, 3))
MOST_DRAWS, CLEAR = 200, 0.05
"""Of draws the first whose derivatives are no smaller than that."""


def own_step(settings: Settings) -> TrainingStep:
    """A step of a network that the reader has not seen: its numbers come from the seed, to one decimal."""
    mine = settings.config.layer_sizes
    sizes = next(each for each in OWN_SIZES if each != mine)
    config = MLPConfig(sizes, "tanh", "softmax", "cross_entropy")
    for attempt in range(MOST_DRAWS):
        rng = np.random.default_rng([settings.seed, 10, attempt])
        params = init_params(config, 0)
        arrays = {name: np.round(rng.normal(0, 0.8, array.shape), 1) for name, array in params.items()}
        x, y = np.round(rng.normal(0, 1, sizes[0]), 1), np.eye(sizes[-1])[rng.integers(sizes[-1])]
        step = training_step(config, params.with_arrays(arrays), x, y, 0.1)
        terms = step.vjp("z2", "a1").path_terms
        is_mixed = (terms.min(axis=0) < 0) & (terms.max(axis=0) > 0)
        is_clear = np.abs(step.cotangent("a1")) > CLEAR
        asked = interesting(step, "path_sum", (1,), most=1)
        has_weight = np.abs(step.gradients["W1"]).max() > CLEAR
        if asked and (is_mixed & is_clear)[asked[0].index[0]] and has_weight:
            return step
    return step


def own(settings: Settings) -> Stop:
    """Stop 10."""
    step = own_step(settings)
    last, target = step.config.depth, int(step.tape["y"].argmax())
    other = int(np.argmax(np.abs(step.cotangent(f"z{last}")) * (step.tape["y"] == 0)))
    (hidden, *_), (weight, *_) = (interesting(step, kind, (1,)) for kind in ("path_sum", "weight_gradient"))
    delta = Quantity("path_sum", last, (other if draw(settings, "own") % 2 else target,))
    found = [
        exercise(step, f"10{letter}", [asked], 0)
        for letter, asked in zip("abc", (delta, hidden, weight), strict=True)
    ]
    asked = [replace(each, picture=(f"own {each.key}", each.picture[1])) for each in found if each]
    sentence = Sentence(words.OWN_SENTENCE, words.MODEL, words.POINTS)
    return Stop(10, (*asked, Exercise("10d", sentence, ("own 10d", ()))))
