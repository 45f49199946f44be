"""Softmax, the same thesis at the output. Markup, no Streamlit."""

import numpy as np

from backprop import TrainingStep
from backprop.arrays import FloatArray
from backprop.noise import beyond, derivative_noise
from backprop.study.paths import diagonal_mask, step_with_paths
from backprop.study.routes import diagonal_route, output_routes
from ui.draw.prose import heading, number_cell, paragraph, row_head, table, text_cell
from ui.draw.svg import tag
from ui.names.symbols import symbol
from ui.state.cache import kept
from ui.state.data import is_one_hot, named_entries, output_names
from ui.state.recording import recorded_step
from ui.state.settings import Settings
from ui.steps.checks import not_judged, slope_check
from ui.views.paths import words
from ui.views.paths.knock_out import cost_sentence
from ui.views.paths.rules import Judgement, judge, numeric_of, slope_cell


def output_markup(settings: Settings) -> str:
    """∂C/∂z of the last layer: full Jacobian, diagonal, shortcut, numeric slope."""
    step = recorded_step(settings)
    last = step.config.depth
    a, z, name = symbol(f"a{last}"), symbol(f"z{last}"), f"z{last}"
    routes = output_routes(step)
    noise = derivative_noise(step)[name]
    slopes = [numeric_of(settings, name, k) for k in range(len(noise))]
    rules = [(words.FULL_ROW, "full", routes.full)]
    if step.vjp(f"a{last}", name).paths > 1:
        rules.append((words.DIAGONAL_ROW, "diagonal", diagonal_route(step)))
    if step.config.shortcut:
        rules.append((f"shortcut {a} − y", "shortcut", routes.shortcut))
    head = [
        "rule",
        *(f"∂C/∂{entry}" for entry in named_entries(step.config, name)),
        "largest error",
    ]
    rows = [_output_row(settings, title, key, beyond(values, noise)) for title, key, values in rules]
    check = kept(slope_check, settings, name)
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
        return words.one_path_each(a, z)
    wrong = step_with_paths(step, diagonal_mask(step.config))
    return f"{words.softmax(len(y))} {_what_carries(step)} {cost_sentence(step, wrong)}"


def _what_carries(step: TrainingStep) -> str:
    """Which paths of the softmax carry anything: those through outputs whose target is not 0."""
    y, names = step.tape["y"], output_names(step.config)
    a = f"a{step.config.depth}"
    carrying = [f"{symbol(a, k)} ({names[k]})" for k in np.flatnonzero(y).tolist()]
    return words.one_hot(carrying[0]) if is_one_hot(y) else words.not_one_hot(carrying)
