"""Backward steps that carry ∂C/∂output back: upstream times Jacobian, summed over paths."""

from backprop import TrainingStep
from ui.names.equations import entry, entry_partial
from ui.names.numbers import counted, every
from ui.names.symbols import symbol
from ui.state.data import observation_word
from ui.steps.parts import Content, Token, cell, summed, table, total


def through_activation(step: TrainingStep, layer: int) -> Content:
    """∂C/∂z = ∂C/∂a · ∂a/∂z. Step IV."""
    z, a = f"z{layer}", f"a{layer}"
    vjp = step.vjp(a, z)
    is_dense = step.config.is_dense(layer)
    if is_dense:
        say = (
            f"Each z reaches the cost through {every(vjp.paths, 'output')}, so its derivative is a sum: "
            "a total derivative."
        )
    else:
        say = "One path each: the sum has one term, and the rule is the single-variable chain rule."
        say += _say_of_off_units(step, layer)
    if layer == step.config.depth and step.config.shortcut:
        say += f" Here it comes out as {symbol(a)} − y."
    return _pull_back(step, a, z, f"Through the activation of layer {layer}", say, is_dense)


def _say_of_off_units(step: TrainingStep, layer: int) -> str:
    z, a = f"z{layer}", f"a{layer}"
    off, units = int((step.tape[z] <= 0).sum()), step.tape[z].size
    if not step.config.rule(layer).switches or not off:
        return ""
    if off < units:
        return f" A unit that is off has ∂C/∂{symbol(z)} = 0, whatever its ∂C/∂{symbol(a)}."
    return (
        f" {every(off, 'unit').capitalize()} {'is' if off == 1 else 'are'} off, so ∂C/∂{symbol(z)} is 0 and "
        f"nothing in this layer or below it learns from this {observation_word(step.config)}."
    )


def through_affine(step: TrainingStep, layer: int) -> Content:
    """∂C/∂a, the total derivative, equation 5 of the article. Hidden layer, step II."""
    above, a = f"z{layer + 1}", f"a{layer}"
    m = step.vjp(above, a).paths
    if m == 1:
        say = (
            f"This is the total derivative, here with one term: {symbol(a)}ⱼ feeds the only sum of the next "
            f"layer. All paths behind that sum are already in ∂C/∂{symbol(above)}."
        )
    else:
        say = (
            f"This is the total derivative. {symbol(a)}ⱼ reaches the cost through {every(m, 'sum')} of the "
            f"next layer: {counted(m, 'path')}, {counted(m, 'product')}, added up. "
            "Read a column from top to bottom."
        )
    return _pull_back(step, above, a, f"Every path into the activations of layer {layer}", say, True)


def _pull_back(step: TrainingStep, output: str, wrt: str, title: str, say: str, is_dense: bool) -> Content:
    """Upstream times Jacobian; with a dense Jacobian summed over k, also where k has one value only."""
    vjp = step.vjp(output, wrt)
    pair = f"{output}/{wrt}"
    out_k, in_j = entry(output, "k"), entry(wrt, "j")
    sides = rf"{entry_partial('C', out_k)} \, {entry_partial(out_k, in_j)}"
    if is_dense:
        formula = rf"{entry_partial('C', in_j)} = \sum_k {sides}"
        terms: list[Token] = [
            total(
                "k",
                len(vjp.upstream),
                cell(f"{output}:cotangent", 0, "k"),
                " · ",
                cell(f"{pair}:jacobian", "k", "j"),
                product=cell(f"{pair}:path_terms", "k", "j"),
            )
        ]
    else:
        out_j = entry(output, "j")
        formula = rf"{entry_partial('C', in_j)} = {entry_partial('C', out_j)} \, {entry_partial(out_j, in_j)}"
        terms = [cell(f"{output}:cotangent", 0, "j"), " · ", cell(f"{pair}:jacobian", "j", "j")]
    return Content(
        title=title,
        say=say,
        formula=formula,
        rows=[
            [
                table(f"{output}:cotangent", transposed=True),
                "×",
                table(f"{pair}:jacobian"),
                "=",
                table(f"{pair}:path_terms", below=f"{wrt}:cotangent"),
            ]
        ],
        results={f"{wrt}:cotangent": terms},
        numpy=f"dC_d{wrt} = dC_d{output} @ d{output}_d{wrt}",
        paths=vjp.paths,
        badge=summed(vjp.paths),
    )
