"""The update, and the same flower through the new weights."""

from backprop import TrainingStep
from backprop.sgd import predicted_change
from ui.data import observation_word
from ui.equations import symbol as latex
from ui.stage.content.parts import Content, cell, table


def update(step: TrainingStep, layer: int) -> Content:
    """W and b of one layer, a step against their gradients."""
    W, b = f"W{layer}", f"b{layer}"
    rate = f"{step.updates[0].learning_rate:g}"
    minus_rate = f" − {rate} · "
    return Content(
        title=f"The update of layer {layer}",
        say=f"A small step against the gradient, with learning rate η = {rate}. "
        "All gradients were computed with the old weights.",
        formula=rf"{latex(W)} \leftarrow {latex(W)} - \eta \frac{{dC}}{{d{latex(W)}}}"
        rf" \qquad {latex(b)} \leftarrow {latex(b)} - \eta \frac{{dC}}{{d{latex(b)}}}",
        rows=[
            [
                table(f"{name}:value", transposed=name == b),
                f"− {rate} ·",
                table(f"{name}:gradient"),
                "=",
                table(f"{name}:after", transposed=name == b),
            ]
            for name in (W, b)
        ],
        results={
            f"{W}:after": [cell(f"{W}:value", "i", "j"), minus_rate, cell(f"{W}:gradient", "i", "j")],
            f"{b}:after": [cell(f"{b}:value", "i", 0), minus_rate, cell(f"{b}:gradient", 0, "i")],
        },
        numpy=f"{W}_new = {W} - {rate} * dC_d{W}\n{b}_new = {b} - {rate} * dC_d{b}",
    )


def after(step: TrainingStep, layer: int) -> Content:
    """The cost again, with the new parameters."""
    a = f"a{layer}"
    before, after = step.loss_before, step.loss_after
    change = after - before
    way = "down" if change < 0 else "up"
    moved = f"{way} {abs(change):.3g}" if change else "unchanged"
    word = observation_word(step.config)
    say = (
        f"The same {word} through the new weights: cost {before:.4g} → {after:.4g}, {moved}. "
        f"The first-order prediction −η‖∇‖² was {predicted_change(step):.3g}."
    ).replace("was -", "was −")
    if change > 0:
        say += " The step was too long: a smaller learning rate would help."
    names = [f"{letter}{n}" for n in range(layer, 0, -1) for letter in "Wb"]
    norms = " + ".join(f"(dC_d{name} ** 2).sum()" for name in names)
    return Content(
        title="Did it help?",
        say=say,
        formula=r"\Delta C \approx -\eta \, {\lVert \nabla C \rVert}^2",
        rows=[
            [table(f"{a}:value"), "→", table(f"{a}:after"), "target", table("y:value")],
            [table("C:value"), "→", table("C:after")],
        ],
        results={
            "C:after": [cell("C:value", 0, 0), f" {'−' if change < 0 else '+'} {abs(change):.4g}"],
            f"{a}:after": [cell(f"{a}:after", "i", 0)],
        },
        numpy=f"predicted_change = -{step.updates[0].learning_rate:g} * ({norms})",
    )
