"""What a worksheet asks: everything of narrow layers, one chosen unit of wide ones."""

from dataclasses import dataclass

import numpy as np

from backprop import TrainingStep
from ui.export.worksheet import words
from ui.steps.words.backward import error_of

WIDE = 6
"""Layers of more units are asked for one chosen unit only."""

LARGEST_MATRIX = 20
"""Gradients of larger weight matrices are asked for the chosen unit's row only."""

LARGEST_UPDATE = 4
"""The same for the update, which is the same little sum in every entry."""

FEW = 4
"""Of a row of a wider matrix than WIDE, so many entries are asked for."""

RELATIVE, ABSOLUTE = 0.02, 0.002
"""An answer is right within 2 % of the key, or within 0.002."""


CALCULATOR = 1e10
"""Where ∂C/∂a of a cross-entropy is larger, the output shows as 0 or 1 on ten digits."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Which entries are blank.

    Attributes:
        chosen: for every layer from 1, its chosen unit (0-based).
        units: for every layer from 1, the units whose z, a and derivatives are asked.
        gradient_rows, update_rows: for every layer from 1, the rows of W, and entries of b, that are asked.
        columns: for every layer from 1, the columns of W in these rows.
    """

    chosen: tuple[int, ...]
    units: tuple[tuple[int, ...], ...]
    gradient_rows: tuple[tuple[int, ...], ...]
    update_rows: tuple[tuple[int, ...], ...]
    columns: tuple[tuple[int, ...], ...]

    def is_wide(self, step: TrainingStep, layer: int) -> bool:
        """Whether only one unit of the layer is asked; layer 0 is the input, which is never wide."""
        return layer > 0 and len(self.units[layer - 1]) < step.config.layer_sizes[layer]


def plan_of(step: TrainingStep) -> Plan:
    """The plan for one recorded step."""
    chosen, units, gradients, updates, columns = [], [], [], [], []
    for layer in range(1, step.config.depth + 1):
        unit = _interesting_unit(step, layer)
        size = step.config.layer_sizes[layer]
        everything = tuple(range(size))
        entries = step.tape[f"W{layer}"].size
        chosen.append(unit)
        units.append(everything if size <= WIDE else (unit,))
        gradients.append(everything if entries <= LARGEST_MATRIX and size <= WIDE else (unit,))
        updates.append(everything if entries <= LARGEST_UPDATE else (unit,))
        columns.append(_columns(step, layer, unit))
    return Plan(tuple(chosen), tuple(units), tuple(gradients), tuple(updates), tuple(columns))


def left_out(step: TrainingStep, plan: Plan) -> list[str]:
    """A sentence for everything that is not asked, or cannot be computed by hand."""
    depth, sizes = step.config.depth, step.config.layer_sizes
    layers, sentences = range(1, depth + 1), []
    if step.config.shortcut and np.abs(step.cotangent(f"a{depth}")).max() > CALCULATOR:
        whole = float(step.tape["y"].sum()) if step.config.is_dense(depth) else 1.0
        sentences.append(words.beyond_calculators(depth, error_of(depth, whole)))
    wide = [layer for layer in layers if plan.is_wide(step, layer)]
    sentences += [words.one_unit(layer, sizes[layer], plan.chosen[layer - 1]) for layer in wide]
    narrow = [layer for layer in layers if layer not in wide]
    if rows := {n: plan.chosen[n - 1] for n in narrow if len(plan.gradient_rows[n - 1]) < sizes[n]}:
        sentences.append(words.one_row(rows))
    if any(len(asked) < size for asked, size in zip(plan.columns, sizes, strict=False)):
        sentences.append(words.few_columns(WIDE, FEW))
    if one := [n for n in layers if len(plan.update_rows[n - 1]) < sizes[n]]:
        sentences.append(words.one_update(one))
    return sentences


def _interesting_unit(step: TrainingStep, layer: int) -> int:
    """The unit with the largest ∂C/∂z, so that its results are not 0 if any are not; the first of equals."""
    return int(np.abs(step.cotangent(f"z{layer}")).argmax())


def _columns(step: TrainingStep, layer: int, unit: int) -> tuple[int, ...]:
    """The columns of W that are asked: all of a narrow matrix, the largest gradients of a wide one."""
    row = np.abs(step.gradients[f"W{layer}"][unit])
    if len(row) <= WIDE:
        return tuple(range(len(row)))
    return tuple(sorted(np.argsort(-row, kind="stable")[:FEW].tolist()))
