"""The backward pass with its blanks: path terms, their sums, the mask, the gradients."""

from backprop import TrainingStep
from ui.draw.prose import paragraph
from ui.draw.svg import scripts, tag
from ui.export.worksheet import words
from ui.export.worksheet.forward import formula_of
from ui.export.worksheet.parameters import parameter_table
from ui.export.worksheet.parts import Pen, block, given, table, unused, yours
from ui.export.worksheet.plan import WIDE, Plan
from ui.names.symbols import entries, symbol
from ui.names.timeline import parameter_names
from ui.steps.words.backward import cost_jacobian_title


def backward_section(step: TrainingStep, plan: Plan, pen: Pen) -> str:
    """From the cost to the gradients of the first layer."""
    last = step.config.depth
    sections = [_cost(step, pen), _output(step, pen), _gradients(step, plan, pen, last)]
    for layer in range(last - 1, 0, -1):
        sections += [_paths(step, plan, pen, layer), _one_path(step, pen, layer, plan.units[layer - 1])]
        sections.append(_gradients(step, plan, pen, layer))
    return "".join(sections)


def _cost(step: TrainingStep, pen: Pen) -> str:
    """∂C/∂a of the outputs."""
    a = f"a{step.config.depth}"
    values = step.cotangent(a)
    names = entries(a, len(values))
    answers = table([f"∂C/∂{symbol(a)}"], names, lambda _, k: pen.blank(f"{a}:cotangent", values, k))
    title = cost_jacobian_title(len(values))
    return block(title, answers, formula=formula_of(step, f"{step.config.depth}.I"))


def _output(step: TrainingStep, pen: Pen) -> str:
    """∂a/∂z of the outputs, and ∂C/∂z: a sum over paths for softmax, one path each for the others."""
    layer = step.config.depth
    z, a = f"z{layer}", f"a{layer}"
    vjp = step.vjp(a, z)
    if vjp.paths == 1:
        return _one_path(step, pen, layer, tuple(range(len(vjp.cotangent))))
    jacobian = table(
        entries(a, len(vjp.upstream)),
        entries(z, len(vjp.cotangent)),
        lambda k, i: pen.blank(f"{a}/{z}:jacobian", vjp.jacobian, k, i),
        f"∂{symbol(a)}/∂{symbol(z)}",
    )
    return block(words.softmax(layer), jacobian, formula=formula_of(step, f"{layer}.II")) + block(
        words.every_path(layer),
        _count_paths(step, pen, a, z),
        _path_matrix(step, pen, a, z),
        formula=formula_of(step, f"{layer}.IV"),
    )


def _paths(step: TrainingStep, plan: Plan, pen: Pen, layer: int) -> str:
    """∂C/∂a of a hidden layer: the terms of every path, and their sum."""
    above, a = f"z{layer + 1}", f"a{layer}"
    sizes = step.config.layer_sizes
    narrow = sizes[layer] <= WIDE and sizes[layer + 1] <= WIDE
    if narrow:
        shown = _path_matrix(step, pen, above, a)
    else:
        units = plan.units[layer - 1] if plan.is_wide(step, layer) else (plan.chosen[layer - 1],)
        shown = "".join(_path_ledger(step, plan, pen, layer, unit) for unit in units)
        shown += "" if plan.is_wide(step, layer) else _other_sums(step, layer, units)
    return block(
        words.every_hidden_path(layer),
        _count_paths(step, pen, above, a),
        shown,
        formula=formula_of(step, f"{layer}.II"),
    )


def _count_paths(step: TrainingStep, pen: Pen, output: str, wrt: str) -> str:
    """Paths are counted to the next sum: what lies behind it is summed already."""
    to_cost = output == f"a{step.config.depth}"
    question = words.how_many_paths(wrt, words.THE_COST if to_cost else symbol(output))
    gap = pen.line(f"{output}/{wrt}:paths", step.vjp(output, wrt).paths)
    return tag("p", scripts(question), gap, "" if to_cost else scripts(words.behind(output)))


def _path_matrix(step: TrainingStep, pen: Pen, output: str, wrt: str) -> str:
    """All path terms, one row a path, with their sums below."""
    vjp = step.vjp(output, wrt)
    m, n = vjp.path_terms.shape

    def cell(k: int, j: int) -> str:
        if k == m:
            return pen.blank(f"{wrt}:cotangent", vjp.cotangent, j)
        return pen.blank(f"{output}/{wrt}:path_terms", vjp.path_terms, k, j)

    rows = [f"through {name}" for name in entries(output, m)]
    return table([*rows, words.total(m, symbol(wrt))], entries(wrt, n), cell, "path terms", sum_row=True)


def _path_ledger(step: TrainingStep, plan: Plan, pen: Pen, layer: int, unit: int) -> str:
    """The paths of one unit, one row each: upstream, weight, product."""
    output, wrt = f"z{layer + 1}", f"a{layer}"
    vjp = step.vjp(output, wrt)
    m = len(vjp.upstream)
    asked = plan.units[layer]

    def cell(k: int, column: int) -> str:
        if k == m:
            return pen.blank(f"{wrt}:cotangent", vjp.cotangent, unit) if column == 2 else unused()
        if column == 0:
            return yours() if k in asked else given(vjp.upstream[k])
        if column == 1:
            return given(vjp.jacobian[k, unit])
        return pen.blank(f"{output}/{wrt}:path_terms", vjp.path_terms, k, unit)

    rows = [f"through {name}" for name in entries(output, m)]
    columns = [f"∂C/∂{symbol(output)}", f"weight from {symbol(wrt, unit)}", "their product"]
    return table(
        [*rows, words.total(m, symbol(wrt, unit))], columns, cell, words.unit_name(unit), sum_row=True
    )


def _other_sums(step: TrainingStep, layer: int, shown: tuple[int, ...]) -> str:
    """The sums of the units of a narrow layer below a wide one whose paths are not asked: given."""
    a = f"a{layer}"
    values = step.cotangent(a)
    others = len(values) - len(shown)
    if not others:
        return ""
    return paragraph(words.other_sums(others)) + table(
        [f"∂C/∂{symbol(a)}"],
        entries(a, len(values)),
        lambda _, j: yours() if j in shown else given(values[j]),
    )


def _one_path(step: TrainingStep, pen: Pen, layer: int, units: tuple[int, ...]) -> str:
    """Through an element-wise activation: its derivative (the mask of a ReLU), then ∂C/∂z, one path each."""
    z, a = f"z{layer}", f"a{layer}"
    vjp = step.vjp(a, z)

    def cell(row: int, column: int) -> str:
        unit = units[column]
        if row == 0:
            return pen.blank(f"{a}/{z}:jacobian", vjp.jacobian, unit, unit)
        return pen.blank(f"{z}:cotangent", vjp.cotangent, unit)

    is_last = layer == step.config.depth
    numeral = "II" if is_last else "III"
    rows = [words.derivative(layer, step.config.rule(layer).switches), f"∂C/∂{symbol(z)}"]
    return block(
        words.through_activation(layer, len(vjp.cotangent) if is_last else 0),
        table(rows, list(map(words.unit_name, units)), cell),
        formula=rf"{formula_of(step, f'{layer}.{numeral}')} \qquad {formula_of(step, f'{layer}.IV')}",
    )


def _gradients(step: TrainingStep, plan: Plan, pen: Pen, layer: int) -> str:
    """Rows of dC/dW, with dC/db as the last column."""
    return block(
        words.gradients(parameter_names(step.config, layer)),
        parameter_table(step, plan, pen, layer, plan.gradient_rows[layer - 1], "gradient"),
        formula=formula_of(step, f"{layer}.{'V' if layer == step.config.depth else 'VI'}"),
    )
