"""Backward steps that carry ∂C/∂output back: upstream times Jacobian, summed over paths."""

from backprop import TrainingStep
from ui.equations import entry, entry_partial
from ui.stage.content.parts import Content, Token, cell, count_paths, table, total
from ui.stage.names import symbol


def through_activation(step: TrainingStep, layer: int) -> Content:
    """∂C/∂z = ∂C/∂a · ∂a/∂z. Step IV."""
    z, a = f"z{layer}", f"a{layer}"
    vjp = step.vjp(a, z)
    if vjp.paths > 1:
        say = (
            f"Each z reaches the cost through all {vjp.paths} outputs, so its derivative is a sum: "
            f"a total derivative. Here it comes out as {symbol(a)} − y exactly."
        )
        if step.config.loss != "cross_entropy":
            say = say.split(" Here", 1)[0]
    else:
        say = "One path each: the sum has one term, and the rule is the single-variable chain rule."
        if step.config.activation(layer) == "relu" and (step.tape[z] <= 0).any():
            say += f" A unit that is off has ∂C/∂{symbol(z)} = 0 even where ∂C/∂{symbol(a)} is not 0."
    return _pull_back(step, a, z, f"Through the activation of layer {layer}", say)


def through_affine(step: TrainingStep, layer: int) -> Content:
    """∂C/∂a, the total derivative, equation 5 of the article. Hidden layer, step II."""
    above, a = f"z{layer + 1}", f"a{layer}"
    m = step.vjp(above, a).paths
    say = (
        f"This is the total derivative. {symbol(a)}ⱼ reaches the cost through "
        + (
            f"{'both' if m == 2 else f'all {m}'} sums of the next layer: "
            f"{count_paths(m)}, {m} products, added up. "
            if m > 1
            else "one sum. "
        )
        + "Read a column from top to bottom."
    )
    return _pull_back(step, above, a, f"Every path into the activations of layer {layer}", say)


def _pull_back(step: TrainingStep, output: str, wrt: str, title: str, say: str) -> Content:
    vjp = step.vjp(output, wrt)
    pair = f"{output}/{wrt}"
    out_k, in_j = entry(output, "k"), entry(wrt, "j")
    sides = rf"{entry_partial('C', out_k)} \, {entry_partial(out_k, in_j)}"
    if vjp.paths > 1:
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
    )
