"""Problems, and what an answer is told."""

import numpy as np

from backprop.practice import (
    Problem,
    judge,
)


def names(asked: Problem, answer: float) -> set[tuple[str, int | None]]:
    verdict = judge(asked, answer)
    assert not verdict.right
    return {(wrong.mistake, wrong.part) for wrong in verdict.mistakes}


def off_units(step, layer=1):
    return np.flatnonzero(step.tape[f"z{layer}"] <= 0)
