"""Heatmaps of the Jacobians of a recorded step, and of the routes to a gradient."""

from backprop import TrainingStep, VJPStep
from backprop.network import input_of
from backprop.study.routes import weight_routes
from ui.draw.heatmap import Block, Figure, heatmap_figure
from ui.names.symbols import entries, entry_symbol, symbol
from ui.state.data import named_entries
from ui.views.jacobians import words

MOST_COLUMNS = 20
"""More columns than that leave too little room for numbers."""


def fits_all_blocks(vjp_step: VJPStep) -> bool:
    """Whether a 3-index Jacobian has room for all its blocks side by side; True for the others."""
    shape = vjp_step.jacobian.shape
    return len(shape) < 3 or shape[0] * shape[2] <= MOST_COLUMNS


def jacobian_figure(step: TrainingStep, vjp_step: VJPStep, block: int = 0) -> Figure:
    """One Jacobian of a recorded step as a heatmap; `block` is the one to show where not all fit."""
    output, wrt = vjp_step.output, vjp_step.wrt
    if vjp_step.jacobian.ndim == 3:
        return _blocks_figure(vjp_step, block)
    columns = named_entries(step.config, wrt)
    rows = named_entries(step.config, output) if vjp_step.upstream.ndim else ["C"]
    matrix = vjp_step.jacobian.reshape(len(rows), len(columns))
    outputs = entries(output, len(rows)) if vjp_step.upstream.ndim else ["C"]
    inputs = entries(wrt, len(columns))
    names = [[f"∂{row}/∂{column}" for column in inputs] for row in outputs]
    return heatmap_figure(words.jacobian_title(vjp_step), rows, [Block("", columns, matrix, names)])


def _blocks_figure(vjp_step: VJPStep, chosen: int) -> Figure:
    """∂z/∂W: one block for each z_k, rows i and columns j of W."""
    count, rows, columns = vjp_step.jacobian.shape
    shown = range(count) if fits_all_blocks(vjp_step) else [chosen]
    outputs = entries(vjp_step.output, count)
    blocks = [
        Block(
            title=f"∂{outputs[k]}/∂{symbol(vjp_step.wrt)}",
            columns=[f"j = {j + 1}" for j in range(columns)],
            values=vjp_step.jacobian[k],
            names=[
                [f"∂{outputs[k]}/∂{entry_symbol(vjp_step.wrt, (i, j))}" for j in range(columns)]
                for i in range(rows)
            ],
        )
        for k in shown
    ]
    title = words.jacobian_title(vjp_step)
    if len(shown) < count:
        title += f": block {chosen + 1} of {count}"
    return heatmap_figure(title, [f"i = {i + 1}" for i in range(rows)], blocks)


def weight_routes_figure(step: TrainingStep, layer: int) -> Figure:
    """dC/dW by both routes, side by side."""
    routes = weight_routes(step, layer)
    rows, all_columns = routes.full.shape
    columns = min(all_columns, MOST_COLUMNS // 2)
    W = symbol(f"W{layer}")
    below = input_of(layer)
    headings = entries(below, all_columns)[:columns]
    names = [[f"dC/d{entry_symbol(f'W{layer}', (i, j))}" for j in range(columns)] for i in range(rows)]
    shortcut = f"shortcut: ∂C/∂{symbol(f'z{layer}')} ⊗ {symbol(below)}"
    blocks = [
        Block(words.FULL_ROUTE, headings, routes.full[:, :columns], names),
        Block(shortcut, headings, routes.shortcut[:, :columns], names),
    ]
    part = "" if columns == all_columns else f": the first {columns} of {all_columns} columns"
    return heatmap_figure(f"dC/d{W} by both routes{part}", named_entries(step.config, f"z{layer}"), blocks)
