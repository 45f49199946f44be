"""The update with its blanks, and what it brought, for the key."""

from backprop import TrainingStep
from backprop.sgd import predicted_change
from ui.worksheet.forward import formula_of
from ui.worksheet.parameters import parameter_table
from ui.worksheet.parts import Pen, block, number, paragraph
from ui.worksheet.plan import Plan


def update_section(step: TrainingStep, plan: Plan, pen: Pen) -> str:
    """New weights and biases of every layer."""
    layers = range(step.config.depth, 0, -1)
    return "".join(_layer(step, plan, pen, layer) for layer in layers) + _outcome(step, pen)


def _layer(step: TrainingStep, plan: Plan, pen: Pen, layer: int) -> str:
    return block(
        f"Layer {layer}: the new weights, with η = {number(step.updates[0].learning_rate)}",
        parameter_table(plan, pen, layer, plan.update_rows[layer - 1], step.params_after, "after"),
        formula=formula_of(step, f"update.{layer}"),
    )


def _outcome(step: TrainingStep, pen: Pen) -> str:
    """In the key: the cost after the update, which takes another forward pass."""
    if not pen.filled:
        return ""
    return paragraph(
        f"With all parameters updated, the cost goes from {number(step.loss_before)} to "
        f"{number(step.loss_after)}; the first-order prediction of its change is "
        f"{number(predicted_change(step))}."
    )
