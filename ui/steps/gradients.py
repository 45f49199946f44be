"""Backward steps that form the gradients of the parameters."""

from backprop import TrainingStep
from backprop.network import input_of
from ui.names.equations import entry, entry_partial, gradient_of, partial
from ui.names.equations import symbol as latex
from ui.names.symbols import symbol
from ui.steps.parts import Content, cell, row
from ui.steps.words import backward as words


def weights_gradient(step: TrainingStep, layer: int) -> Content:
    """dC/dW, the outer product. Output layer, step V."""
    z, W, below = f"z{layer}", f"W{layer}", input_of(layer)
    return Content(
        title=words.gradient_title(W),
        say=words.weights_gradient(layer, symbol(below)),
        formula=rf"{gradient_of(entry(W, 'ij'))} = "
        rf"{entry_partial('C', entry(z, 'i'))} \, {entry(below, 'j')}"
        rf" \qquad {gradient_of(latex(W))} = {partial('C', z)} \otimes {latex(below)}",
        rows=[row(f"{z}:cotangentᵀ ⊗ {below}:valueᵀ = {W}:gradient")],
        results={f"{W}:gradient": [cell(f"{z}:cotangent", 0, "i"), " · ", cell(f"{below}:value", "j", 0)]},
        numpy=f"dC_d{W} = np.outer(dC_d{z}, {below})",
        paths=1,
        badge=words.PATH_OF_PARAMETER,
    )


def bias_gradient(step: TrainingStep, layer: int) -> Content:
    """dC/db. Output layer, step VI."""
    z, b = f"z{layer}", f"b{layer}"
    return Content(
        title=words.gradient_title(b),
        say=_with_note(step, layer, words.bias_gradient(layer)),
        formula=rf"{gradient_of(entry(b, 'j'))} = {entry_partial('C', entry(z, 'j'))} \cdot 1",
        rows=[row(f"{z}:cotangentᵀ × {z}/{b}:jacobian = {z}/{b}:path_terms↓{b}:gradient")],
        results={
            f"{b}:gradient": [cell(f"{z}:cotangent", 0, "j"), " · ", cell(f"{z}/{b}:jacobian", "j", "j")]
        },
        numpy=f"dC_d{b} = dC_d{z}",
        paths=1,
        badge=words.PATH_OF_PARAMETER,
    )


def layer_gradients(step: TrainingStep, layer: int) -> Content:
    """dC/dW and dC/db together, or dC/dW alone without biases. Hidden layer, step VI."""
    weights = weights_gradient(step, layer)
    if not step.config.has_biases:
        return weights
    b, z = f"b{layer}", f"z{layer}"
    return Content(
        title=words.gradients_title(layer),
        say=_with_note(step, layer, f"{weights.say} {words.and_of_the_bias(layer)}"),
        formula=weights.formula,
        rows=[[*weights.rows[0], *row(f"and {b}:gradientᵀ")]],
        results={**weights.results, f"{b}:gradient": [cell(f"{z}:cotangent", 0, "j")]},
        numpy=f"{weights.numpy}\n{bias_gradient(step, layer).numpy}",
        paths=1,
        badge=words.PATH_OF_PARAMETER,
    )


def _with_note(step: TrainingStep, layer: int, said: str) -> str:
    """What is said of the gradient of biases, and that the update does not use it where they are fixed."""
    return f"{said} {words.kept_fixed(layer)}" if step.config.bias == "fixed" else said
