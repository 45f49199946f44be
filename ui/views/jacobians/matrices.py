"""A Jacobian with its numbers, and a gradient by both routes: for scenes and pictures."""

import numpy as np

from backprop import TrainingStep, VJPStep
from backprop.network import input_of
from backprop.study.routes import weight_routes
from ui.draw.scenes import Block, Linear, Matrix
from ui.draw.words import heatmap_alt
from ui.names.symbols import entries, entry_symbol, symbol
from ui.state.data import named_entries
from ui.views.jacobians import words

MOST_COLUMNS = 20
"""More columns than that leave too little room for numbers."""

Titled = tuple[str, Matrix]
"""A matrix with what stands above it."""


def fits_all_blocks(vjp_step: VJPStep) -> bool:
    """Whether a 3-index Jacobian has room for all its blocks side by side; True for the others."""
    shape = vjp_step.jacobian.shape
    return len(shape) < 3 or shape[0] * shape[2] <= MOST_COLUMNS


def jacobian_matrix(step: TrainingStep, vjp_step: VJPStep, block: int) -> Titled:
    """One Jacobian of a recorded step; `block` is the one to show where not all fit."""
    output, wrt, jacobian = vjp_step.output, vjp_step.wrt, vjp_step.jacobian
    if jacobian.ndim == 3:
        return _blocks(vjp_step, block)
    is_cost = not vjp_step.upstream.ndim
    rows, columns = ["C"] if is_cost else named_entries(step.config, output), named_entries(step.config, wrt)
    outputs = rows if is_cost else entries(output, len(rows))
    values = Linear(jacobian.reshape(len(rows), len(columns)))
    matrix = Matrix(
        heatmap_alt(words.jacobian(vjp_step), np.atleast_2d(jacobian)),
        rows,
        (Block("", columns, values, "cell=jacobian", entry="{0}"),),
        [[f"∂{row}/∂{column}" for column in entries(wrt, len(columns))] for row in outputs],
        is_large=True,
        row_links=_links(output, len(rows)),
        column_links=_links(wrt, len(columns)),
    )
    return words.jacobian_title(vjp_step), matrix


def _blocks(vjp_step: VJPStep, chosen: int) -> Titled:
    """∂z/∂W: one block for each z_k, rows i and columns j of W."""
    output, wrt, jacobian = vjp_step.output, vjp_step.wrt, vjp_step.jacobian
    count, rows, columns = jacobian.shape
    shown, values = range(count), jacobian
    title, name = words.jacobian_title(vjp_step), words.jacobian(vjp_step)
    if not fits_all_blocks(vjp_step):
        shown, values, part = range(chosen, chosen + 1), jacobian[chosen], words.block_of(chosen, count)
        title, name = f"{title}: {part}", f"{name}, {part}"
    outputs = entries(output, count)
    blocks = [
        Block(
            f"∂{outputs[k]}/∂{symbol(wrt)}",
            [f"j = {j + 1}" for j in range(columns)],
            Linear(jacobian[k]),
            f"cell=jacobian:{k}",
            entry=f"∂{outputs[k]}/∂{{0}}",
            link=f"{wrt}:{{row}}:{{column}}",
        )
        for k in shown
    ]
    matrix = Matrix(
        heatmap_alt(name, values),
        [f"i = {i + 1}" for i in range(rows)],
        blocks,
        _weights(wrt, rows, columns),
        is_large=True,
        row_links=_links(output, rows),
    )
    return title, matrix


def routes_matrix(step: TrainingStep, layer: int) -> Titled:
    """dC/dW by both routes, side by side, as many columns as there is room for."""
    routes, W, below = weight_routes(step, layer), f"W{layer}", input_of(layer)
    rows, count = routes.full.shape
    columns = min(count, MOST_COLUMNS // 2)
    gradients = {
        "full": (words.FULL_ROUTE, routes.full),
        "shortcut": (words.shortcut_route(layer), routes.shortcut),
    }
    blocks = [
        Block(
            title,
            entries(below, columns),
            Linear(gradient[:, :columns]),
            f"route={W}-{route}",
            entry="dC/d{0}",
            link=f"{W}:{{row}}:{{column}}",
        )
        for route, (title, gradient) in gradients.items()
    ]
    matrix = Matrix(
        words.routes_alt(layer, routes),
        named_entries(step.config, f"z{layer}"),
        blocks,
        _weights(W, rows, columns),
        is_large=True,
        row_links=_links(f"z{layer}", rows),
    )
    return words.routes_title(layer, columns, count), matrix


def _weights(W: str, rows: int, columns: int) -> list[list[str]]:
    return [[entry_symbol(W, (i, j)) for j in range(columns)] for i in range(rows)]


def _links(name: str, count: int) -> list[str]:
    """What rows or columns belong to: the entries of this variable."""
    return [f"{name}:{k}" for k in range(count)]
