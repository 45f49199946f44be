"""Stop 10: on your own."""

from collections.abc import Sequence

import numpy as np

from backprop import TrainingStep
from ui.draw.scenes import (
    Group,
    Number,
    Part,
    Row,
    Table,
)
from ui.names.symbols import circled, entries, symbol
from ui.questions.tasks import Exercise
from ui.views.lesson.scenes.parts import (
    bars_of,
    column,
    question_of,
    side_by_side,
)


def own(step: TrainingStep, key: str, place: Sequence[int], exercise: Exercise, is_shown: bool) -> list[Part]:
    """The layer that is asked for, with all that is needed and more."""
    tape, sizes = step.tape, step.config.layer_sizes
    last = step.config.depth
    if key == "10a":
        rows = entries(f"z{last}", sizes[-1])
        columns = [
            (symbol(f"W{last}"), entries(f"a{last - 1}", sizes[-2]), tape[f"W{last}"], "cell=W3"),
            column(f"z{last}", tape[f"z{last}"]),
            column(f"a{last}", tape[f"a{last}"]),
            column("y", tape["y"]),
        ]
        found = step.cotangent(f"z{last}")
        answer = f"∂C/∂{symbol(f'z{last}')}"
    elif key == "10b":
        rows = entries("z2", sizes[2])
        columns = [
            (symbol("W2"), entries("a1", sizes[1]), tape["W2"], "cell=W2"),
            column("a2", tape["a2"]),
            (f"∂C/∂{symbol('z2')}", [""], step.cotangent("z2")[:, np.newaxis], "cell=delta2"),
        ]
        found, answer = step.cotangent("a1"), ""
    else:
        rows = entries("z1", sizes[1])
        columns = [
            column("a1", tape["a1"]),
            (f"∂C/∂{symbol('a1')}", [""], step.cotangent("a1")[:, np.newaxis], "cell=back1"),
        ]
        found, answer = step.cotangent("z1"), f"∂C/∂{symbol('z1')}"
    if is_shown and answer:
        columns.append((answer, [""], found[:, np.newaxis], "cell=answer"))
    parts: list[Part] = [side_by_side(rows, columns, True)]
    if key == "10c":
        names = entries("x", sizes[0])
        parts.append(Table(("", *names), [Row("x", [Number(float(x), form="typed") for x in tape["x"]])]))
    if is_shown and len(question_of(exercise).problem.terms) > 1:
        terms = question_of(exercise).problem.terms
        parts = [Group("columns", (*parts, bars_of(exercise, [circled(k) for k in range(len(terms))])))]
    return parts
