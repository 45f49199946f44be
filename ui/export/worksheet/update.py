"""The update with its blanks, and what it brought, for the key."""

from backprop import TrainingStep
from backprop.noise import carries_nothing, cost_noise
from backprop.sgd import predicted_change
from ui.export.worksheet.forward import formula_of
from ui.export.worksheet.parameters import parameter_table
from ui.export.worksheet.parts import Pen, block, number, paragraph
from ui.export.worksheet.plan import Plan
from ui.names.numbers import apart, as_typed, signed


def update_section(step: TrainingStep, plan: Plan, pen: Pen) -> str:
    """New weights and biases of every layer."""
    layers = range(step.config.depth, 0, -1)
    return "".join(_layer(step, plan, pen, layer) for layer in layers) + _outcome(step, pen)


def _layer(step: TrainingStep, plan: Plan, pen: Pen, layer: int) -> str:
    return block(
        f"Layer {layer}: the new weights and biases, with η = {as_typed(step.updates[0].learning_rate)}",
        parameter_table(plan, pen, layer, plan.update_rows[layer - 1], step.params_after, "after"),
        formula=formula_of(step, f"update.{layer}"),
    )


def _outcome(step: TrainingStep, pen: Pen) -> str:
    """In the key: the cost after the update, which takes another forward pass."""
    if not pen.filled:
        return ""
    return paragraph(outcome(step))


def outcome(step: TrainingStep) -> str:
    """What the update does to the cost; with η = 0 there is no update, and where nothing moves no change."""
    before, after = step.loss_before, step.loss_after
    if step.updates[0].learning_rate == 0:
        return f"With η = 0 nothing moves: the cost stays {number(before)}."
    if not any(update.step.any() for update in step.updates):
        return f"Every gradient is 0, so nothing moves: the cost stays {number(before)}."
    predicted = f"its first-order prediction is {signed(predicted_change(step))}"
    if abs(after - before) <= cost_noise(step):
        more = "every gradient is 0 but for rounding, too" if carries_nothing(step) else predicted
        return f"With all parameters updated, the cost stays {number(before)} but for rounding; {more}."
    start, end = number(before), number(after)
    if start == end:
        start, end = apart(before, after)
    return (
        f"With all parameters updated, the cost goes from {start} to {end}, a change of "
        f"{signed(after - before)}; {predicted}."
    )
