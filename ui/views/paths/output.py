"""Softmax, the same thesis at the output. Markup, no Streamlit."""

from functools import lru_cache

import numpy as np

from backprop import TrainingStep
from backprop.arrays import FloatArray
from backprop.carried import beyond, noise_of
from backprop.study.paths import diagonal_mask, step_with_paths
from backprop.study.routes import diagonal_route, has_output_shortcut, output_routes
from ui.draw.prose import heading, number_cell, paragraph, row_head, table, text_cell
from ui.draw.svg import tag
from ui.names.numbers import count_word
from ui.names.symbols import symbol
from ui.state.data import is_one_hot, output_names
from ui.state.recording import recorded_step
from ui.state.settings import Settings
from ui.steps.checks import not_judged, slope_check
from ui.views.paths.knock_out import cost_sentence
from ui.views.paths.rules import Judgement, judge, numeric_of, slope_cell


@lru_cache(maxsize=256)
def output_markup(settings: Settings) -> str:
    """∂C/∂z of the last layer: full Jacobian, diagonal, shortcut, numeric slope."""
    step = recorded_step(settings)
    last = step.config.depth
    a, z, name = symbol(f"a{last}"), symbol(f"z{last}"), f"z{last}"
    routes = output_routes(step)
    noise = noise_of(step)[name]
    slopes = [numeric_of(settings, name, k) for k in range(len(noise))]
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
    rows = [_output_row(settings, title, key, beyond(values, noise)) for title, key, values in rules]
    check = slope_check(settings, name)
    cells = [slope_cell(slope, not_judged(check, k), f"output:numeric:{k}") for k, slope in enumerate(slopes)]
    rows.append([row_head("numeric slope"), *cells, tag("td", "")])
    return heading(f"At the output: ∂C/∂{z}") + paragraph(_output_sentence(step)) + table(head, rows)


def _output_row(settings: Settings, title: str, key: str, values: FloatArray) -> list[str]:
    """One rule; its largest error is over the entries whose numeric slope is judged."""
    name = f"z{settings.config.depth}"
    cells = [number_cell(float(value), f"output:{key}:{k}") for k, value in enumerate(values)]
    judgements = [judge(settings, name, k, value) for k, value in enumerate(values.tolist())]
    judged = [judgement for judgement in judgements if judgement is not None]
    if not judged:
        return [row_head(title), *cells, text_cell("not judged")]
    error, marks = max(judgement.error for judgement in judged), {judgement.mark for judgement in judged}
    worst = Judgement(next(mark for mark in ("✗", "", "✓") if mark in marks), error)
    return [row_head(title), *cells, number_cell(error, f"output:{key}:error", worst.cell_class, worst.text)]


def _output_sentence(step: TrainingStep) -> str:
    last, y = step.config.depth, step.tape["y"]
    a, z = symbol(f"a{last}"), symbol(f"z{last}")
    if step.vjp(f"a{last}", f"z{last}").paths == 1:
        return (
            f"This output works entry by entry: ∂{a}/∂{z} is a diagonal, each z has one path, and the "
            "single-variable chain rule is the whole truth. Choose softmax as output to see it fail."
        )
    count = count_word(len(y))
    story = f"Softmax is the same story: each zₖ moves {count} probabilities, so it has {count} paths."
    wrong = step_with_paths(step, diagonal_mask(step.config))
    return f"{story} {_what_carries(step)} {cost_sentence(step, wrong)}"


def _what_carries(step: TrainingStep) -> str:
    """Which paths of the softmax carry anything: those through outputs whose target is not 0."""
    y, names = step.tape["y"], output_names(step.config)
    a = f"a{step.config.depth}"
    carrying = [f"{symbol(a, k)} ({names[k]})" for k in np.flatnonzero(y)]
    if is_one_hot(y):
        return (
            f"With this one-hot target only the path through {carrying[0]} carries anything, and for the "
            "wrong classes that path is off the diagonal. Keep the diagonal alone and they get 0."
        )
    return (
        f"Every output with a target above 0 carries a path to each z: {', '.join(carrying)}. Keep the "
        "diagonal alone and each z loses all but its own."
    )
