"""The update with its blanks, and what it brought, for the key."""

from backprop import TrainingStep
from backprop.noise import carries_nothing, cost_noise
from backprop.sgd import predicted_change
from ui.draw.prose import paragraph
from ui.export.worksheet import words
from ui.export.worksheet.forward import formula_of
from ui.export.worksheet.parameters import parameter_table
from ui.export.worksheet.parts import Pen, block
from ui.export.worksheet.plan import Plan


def update_section(step: TrainingStep, plan: Plan, pen: Pen) -> str:
    """New weights and biases of every layer."""
    layers = range(step.config.depth, 0, -1)
    return "".join(_layer(step, plan, pen, layer) for layer in layers) + _outcome(step, pen)


def _layer(step: TrainingStep, plan: Plan, pen: Pen, layer: int) -> str:
    return block(
        words.new_parameters(layer, step.updates[0].learning_rate, step.config.bias),
        parameter_table(step, plan, pen, layer, plan.update_rows[layer - 1], "after"),
        formula=formula_of(step, f"update.{layer}"),
    )


def _outcome(step: TrainingStep, pen: Pen) -> str:
    """In the key: the cost after the update, which takes another forward pass."""
    if not pen.filled:
        return ""
    return paragraph(outcome(step))


def outcome(step: TrainingStep) -> str:
    """What the update does to the cost; with η = 0 there is no update, and where nothing moves no change."""
    before, after, bias = step.loss_before, step.loss_after, step.config.bias
    if not any(update.step.any() for update in step.updates):
        return words.nothing_moves(step.updates[0].learning_rate, before, bias)
    predicted = predicted_change(step)
    if abs(after - before) > cost_noise(step):
        return words.cost_goes(before, after, predicted, bias)
    if carries_nothing(step):
        return words.all_rounding(before, bias)
    return words.cost_stays(before, predicted, bias)
