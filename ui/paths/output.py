"""Softmax, the same thesis at the output. Markup, no Streamlit."""

from functools import lru_cache

import numpy as np

from backprop import TrainingStep
from backprop.arrays import FloatArray
from backprop.paths import (
    diagonal_mask,
    step_with_paths,
)
from backprop.routes import diagonal_route, has_output_shortcut, output_routes
from ui.data import is_one_hot, output_names
from ui.numbers import count_word, short
from ui.paths.marks import (
    fine_cost,
    heading,
    number_cell,
    paragraph,
    row_head,
    table,
)
from ui.paths.rules import agrees, numeric_slopes
from ui.recording import recorded_step
from ui.settings import Settings
from ui.stage.names import symbol
from ui.svg import tag


@lru_cache(maxsize=256)
def output_markup(settings: Settings) -> str:
    """∂C/∂z of the last layer: full Jacobian, diagonal, shortcut, numeric slope."""
    step = recorded_step(settings)
    last = step.config.depth
    a, z, name = symbol(f"a{last}"), symbol(f"z{last}"), f"z{last}"
    routes = output_routes(step)
    numeric, _ = numeric_slopes(settings, name)
    rules = [("full Jacobian: every path", "full", routes.full)]
    if step.vjp(f"a{last}", name).paths > 1:
        rules.append(("diagonal only: one path each", "diagonal", diagonal_route(step)))
    if has_output_shortcut(step):
        rules.append((f"shortcut {a} − y", "shortcut", routes.shortcut))
    head = [
        "rule",
        *(f"∂C/∂{symbol(name, k)} {output}" for k, output in enumerate(output_names(step.config))),
        "largest error",
    ]
    rows = [_output_row(title, key, values, numeric) for title, key, values in rules]
    cells = [number_cell(float(value), f"output:numeric:{k}") for k, value in enumerate(numeric)]
    rows.append([row_head("numeric slope"), *cells, tag("td", "")])
    return heading(f"At the output: ∂C/∂{z}") + paragraph(_output_sentence(step)) + table(head, rows)


def _output_row(title: str, key: str, values: FloatArray, numeric: FloatArray) -> list[str]:
    off = float(np.abs(values - numeric).max())
    good = all(agrees(float(v), float(n)) for v, n in zip(values, numeric, strict=True))
    cells = [number_cell(float(value), f"output:{key}:{k}") for k, value in enumerate(values)]
    mark = number_cell(
        off, f"output:{key}:error", "bp-good" if good else "bp-bad", f"{'✓' if good else '✗'} {short(off)}"
    )
    return [row_head(title), *cells, mark]


def _output_sentence(step: TrainingStep) -> str:
    last = step.config.depth
    a, z = symbol(f"a{last}"), symbol(f"z{last}")
    if step.vjp(f"a{last}", f"z{last}").paths == 1:
        return (
            f"This output works entry by entry: ∂{a}/∂{z} is a diagonal, each z has one path, and the "
            "single-variable chain rule is the whole truth. Choose softmax as output to see it fail."
        )
    count = count_word(len(step.tape["y"]))
    story = f"Softmax is the same story: each zₖ moves {count} probabilities, so it has {count} paths."
    if not is_one_hot(step.tape["y"]):
        return (
            f"{story} Every output with a target above 0 carries a path to each z. Keep the diagonal alone "
            f"and each z loses all but its own. {_costs_after(step)}"
        )
    species = int(step.tape["y"].argmax())
    target = f"{symbol(f'a{last}', species)} ({output_names(step.config)[species]})"
    return (
        f"{story} With this "
        f"one-hot target only the path through {target} carries anything, and for the wrong classes that "
        f"path is off the diagonal. Keep the diagonal alone and they get 0. {_costs_after(step)}"
    )


def _costs_after(step: TrainingStep) -> str:
    """What one update with the diagonal does to the cost."""
    right, wrong = step.loss_after, step_with_paths(step, diagonal_mask(step.config)).loss_after
    if wrong > right:
        return f"After one update the cost is then {fine_cost(wrong)}, against {fine_cost(right)}."
    return (
        f"One update may be lucky (cost {fine_cost(wrong)}, against {fine_cost(right)}); the numeric slope "
        "is not fooled."
    )
