"""Pictures of the weight update: the outer product, and the outputs before and after. No Streamlit."""

from collections.abc import Iterator, Sequence

import numpy as np

from backprop import Tape, TrainingStep
from backprop.arrays import FloatArray
from backprop.network import input_of
from backprop.noise import is_noise
from ui.draw.heatmap import STRONGEST, WEAKEST
from ui.draw.svg import CENTRED, drawing, label, number, sign_class, tag
from ui.names.numbers import as_typed, exact, short, signed
from ui.names.symbols import entries, symbol
from ui.state.data import is_one_hot, output_names
from ui.views.update import words

CELL, ROW = 54.0, 28.0
LOWEST_ROW = 22.0
LEFT, TOP = 96.0, 84.0
GAP = 28.0
TITLE_WIDTH = 200.0


def outer_size(step: TrainingStep, layer: int) -> tuple[float, float]:
    """Width and height of the picture of a layer's outer product."""
    rows, columns = step.gradients[f"W{layer}"].shape
    return LEFT + CELL + GAP + max(CELL * columns, TITLE_WIDTH), TOP + _row_height(rows) * rows + 4


def outer_svg(step: TrainingStep, layer: int) -> str:
    """∂C/∂z as a column, the layer's input as a row, and each cell their product: dC/dW."""
    z, below = f"z{layer}", input_of(layer)
    column, row = step.cotangent(z), step.tape[below]
    gradient = step.gradients[f"W{layer}"]
    width, height = outer_size(step, layer)
    pitch = _row_height(len(column))
    first, start = LEFT + CELL + GAP, TOP
    names = entries(z, len(column))
    W = symbol(f"W{layer}")
    return drawing(
        width,
        height,
        words.outer_alt(layer, below, column, row),
        label(LEFT + CELL / 2, 40, "column", "bp-small"),
        label(LEFT + CELL / 2, 61, f"∂C/∂{symbol(z)}", "bp-strong"),
        label(first - GAP / 2, 61, "×", "bp-result"),
        label(first, 10, f"row {symbol(below)}, under it dC/d{W}", "bp-strong", "start"),
        *(
            label(first + CELL * (j + 0.5), 34, name, "bp-small")
            for j, name in enumerate(entries(below, len(row)))
        ),
        *(
            label(LEFT - 8, start + pitch * (i + 0.5), f"∂C/∂{name}", anchor="end")
            for i, name in enumerate(names)
        ),
        *_cells(column.reshape(-1, 1), LEFT, start, pitch, f"column{layer}"),
        *_cells(row.reshape(1, -1), first, 47, ROW, f"row{layer}"),
        *_cells(gradient, first, start, pitch, f"outer{layer}"),
        class_="bp-outer",
    )


def _row_height(rows: int) -> float:
    return ROW if rows <= 8 else LOWEST_ROW


def _cells(values: FloatArray, left: float, top: float, pitch: float, name: str) -> Iterator[str]:
    """A matrix as shaded cells with numbers."""
    largest = float(np.abs(values).max()) or 1.0
    # Written out, since there are hundreds, of numbers alone: `tag` and `number` take three times as long.
    for i, row in enumerate(values.tolist()):
        y = top + pitch * i
        for j, value in enumerate(row):
            x = left + CELL * j
            opacity = WEAKEST + (STRONGEST - WEAKEST) * (abs(value) / largest)
            yield (
                f'<rect x="{x + 1:g}" y="{y + 1:g}" width="{CELL - 2:g}" height="{pitch - 2:g}" '
                f'class="bp-shade {sign_class(value)}" fill-opacity="{opacity:.2f}"></rect>'
                f'<text x="{x + CELL / 2:g}" y="{y + pitch / 2:g}" dy="{CENTRED}" text-anchor="middle" '
                f'class="bp-number bp-small" data-value="{value!r}" data-cell="{name}:{i}:{j}">'
                f"{short(value)}</text>"
            )


# --- outputs before and after ------------------------------------------------------------------------

OUTPUTS_WIDTH, OUTPUT_HEIGHT, OUTPUTS_TOP = 360.0, 84.0, 42.0
BAR_LEFT, BAR_RIGHT, BAR = 12.0, 268.0, 17.0


def outputs_svg(step: TrainingStep, after: Tape) -> str:
    """Every output before and after the update."""
    name = f"a{step.config.depth}"
    before, new, target = step.tape[name], after[name], step.tape["y"]
    low, high = min(0.0, before.min(), new.min()), max(1.0, before.max(), new.max())
    what = "Class probabilities" if step.config.is_dense(step.config.depth) else "Outputs"
    names = output_names(step.config)
    titles = [
        _output_title(name, float(y), is_one_hot(target)) for name, y in zip(names, target, strict=True)
    ]
    scale = (float(low), float(high))
    return drawing(
        OUTPUTS_WIDTH,
        OUTPUTS_TOP + OUTPUT_HEIGHT * len(names) - 4,
        words.outputs_alt(step, what, before, new),
        label(BAR_LEFT, 14, f"{what} {symbol(name)}", "bp-strong", "start"),
        tag("rect", x=194, y=8, width=14, height=12, class_="bp-before"),
        label(213, 14, "before", "bp-small", "start"),
        tag("rect", x=270, y=8, width=14, height=12, class_="bp-after"),
        label(289, 14, "after", "bp-small", "start"),
        *(
            part
            for k, title in enumerate(titles)
            for part in _output_bars(k, title, (before[k], new[k]), bool(target[k] == 1), scale)
        ),
    )


def _output_title(name: str, target: float, is_class: bool) -> str:
    if not is_class:
        return f"{name}, target {as_typed(target)}"
    return f"{name}, the target" if target else name


def _output_bars(
    k: int, title: str, pair: Sequence[float], target: bool, scale: tuple[float, float]
) -> Iterator[str]:
    top = OUTPUTS_TOP + OUTPUT_HEIGHT * k
    old, new = map(float, pair)
    text = "0" if is_noise(new - old, old, new) else signed(new - old)
    yield label(BAR_LEFT, top + 2, title, "bp-strong" if target else "", "start")
    yield number(OUTPUTS_WIDTH - 8, top + 2, new - old, text, "bp-strong", "end", data_change=str(k))
    for row, (value, kind) in enumerate(zip(pair, ("before", "after"), strict=True)):
        y = top + 16 + (BAR + 5) * row
        start, end = sorted((_across(0.0, scale), _across(float(value), scale)))
        yield tag(
            "rect",
            x=start,
            y=y,
            width=max(end - start, 1.5),
            height=BAR,
            class_=f"bp-{kind}",
            data_bar=f"{kind}:{k}",
            data_value=exact(value),
        )
        yield number(
            OUTPUTS_WIDTH - 8, y + BAR / 2, float(value), short(value), "", "end", data_output=f"{kind}:{k}"
        )
    yield tag("path", d=f"M{_across(0.0, scale)} {top + 13}v{2 * BAR + 10}", class_="bp-thin")


def _across(value: float, scale: tuple[float, float]) -> float:
    low, high = scale
    return BAR_LEFT + (BAR_RIGHT - BAR_LEFT) * (value - low) / (high - low)
