"""Backward steps that carry ∂C/∂output back: upstream times Jacobian, summed over paths."""

from backprop import TrainingStep
from ui.names.equations import entry, entry_partial
from ui.state.data import observation_word
from ui.steps.forward import off_units
from ui.steps.parts import Content, Token, cell, row, total
from ui.steps.words import backward as words


def through_activation(step: TrainingStep, layer: int) -> Content:
    """∂C/∂z = ∂C/∂a · ∂a/∂z. Step IV."""
    z, a = f"z{layer}", f"a{layer}"
    vjp = step.vjp(a, z)
    is_dense = step.config.is_dense(layer)
    units = len(vjp.upstream)
    one_path = words.ONE_PATH_EACH if units > 1 else words.ONE_PATH
    say = words.through_dense(vjp.paths) if is_dense else one_path
    if layer == step.config.depth == 1:
        say += f" {words.ONLY_SUM if vjp.paths > 1 else words.NO_SUM}"
    if off := off_units(step, layer):
        say += f" {words.stopped(layer, off, units, observation_word(step.config))}"
    if layer == step.config.depth and step.config.shortcut and not (is_dense and units == 1):
        whole = float(step.tape["y"].sum()) if is_dense else 1.0
        say += f" {words.comes_out(words.error_of(layer, whole))}"
    return _pull_back(step, a, z, words.through_activation_title(layer), say, is_dense)


def through_affine(step: TrainingStep, layer: int) -> Content:
    """∂C/∂a, the total derivative, equation 5 of the article. Hidden layer, step II."""
    above, a = f"z{layer + 1}", f"a{layer}"
    say = words.through_affine(layer, step.vjp(above, a).paths)
    title = words.through_affine_title(layer, len(step.tape[a]))
    return _pull_back(step, above, a, title, say, True)


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
        rows=[row(f"{output}:cotangentᵀ × {pair}:jacobian = {pair}:path_terms↓{wrt}:cotangent")],
        results={f"{wrt}:cotangent": terms},
        numpy=f"dC_d{wrt} = dC_d{output} @ d{output}_d{wrt}",
        paths=vjp.paths,
        badge=words.summed(vjp.paths),
    )
