"""The verdict, formula and tables of the weight update. No Streamlit."""

from collections.abc import Iterator

from backprop import TrainingStep, forward_pass
from backprop.arrays import FloatArray
from backprop.network import input_of
from backprop.sgd import predicted_change
from ui.draw.prose import row_head, table
from ui.draw.svg import scripts, tag
from ui.names.equations import number
from ui.names.equations import symbol as latex
from ui.names.numbers import apart, as_typed, exact, short, signed
from ui.names.symbols import entries, symbol
from ui.steps.forward import why_from_z
from ui.views.update import words
from ui.views.update.facts import change_noise, shown_cost
from ui.views.update.figures import block_titles, columns_of, layer_arrays


def verdict(step: TrainingStep) -> str:
    """HTML: the cost before and after, and the change predicted and actual."""
    noise = change_noise(step)
    change, predicted = step.loss_after - step.loss_before, predicted_change(step)
    before, after = shown_cost(step, step.loss_before), shown_cost(step, step.loss_after)
    moved, hoped = (0.0 if abs(value) <= noise else value for value in (change, predicted))
    texts = apart(before, after) if moved else (short(before), short(before))
    costs = words.costs(
        _value(step.loss_before, "before", texts[0]),
        _value(step.loss_after, "after", texts[1]),
        _value(change, "change", words.moved(moved)),
    )
    said = words.prediction(
        _value(predicted, "predicted", signed(hoped)), _value(change, "actual", signed(moved))
    )
    said += words.comparison(step, moved, hoped, noise)
    new = forward_pass(step.config, step.params_after, step.tape["x"], step.tape["y"])
    from_z = why_from_z(step.config, step.tape, new)
    said += scripts(f" {from_z}") if from_z else ""
    return tag("p", costs, class_="bp-verdict") + tag("p", said, class_="bp-note")


def update_formula(step: TrainingStep, layer: int) -> str:
    """LaTeX of the update of a layer."""
    rate = number(as_typed(step.updates[0].learning_rate))
    W, b, z = (latex(f"{letter}{layer}") for letter in "Wbz")
    below = latex(input_of(layer))
    return (
        rf"{W} \leftarrow {W} - {rate} \cdot \frac{{\partial C}}{{\partial {z}}} \otimes {below} \qquad "
        rf"{b} \leftarrow {b} - {rate} \cdot \frac{{\partial C}}{{\partial {z}}}"
    )


def update_table(step: TrainingStep, layer: int) -> str:
    """All numbers of a layer's update as tables, folded away."""
    columns, rows = columns_of(step, layer), entries(f"z{layer}", step.config.layer_sizes[layer])
    kinds = zip(block_titles(layer), ("before", "step", "after"), layer_arrays(step, layer), strict=True)
    tables = (
        table(
            (f"{title}, {symbol(f'b{layer}')} last", *columns),
            [[row_head(row), *_cells(kind, layer, i, values[i])] for i, row in enumerate(rows)],
        )
        for title, kind, values in kinds
    )
    return tag("details", tag("summary", words.tables(layer)), *tables, class_="bp-more")


def _cells(kind: str, layer: int, i: int, values: FloatArray) -> Iterator[str]:
    # Written out, since there are hundreds, of numbers alone: `tag` takes three times as long.
    for j, value in enumerate(values.tolist()):
        yield f'<td data-update="{kind}{layer}:{i}:{j}" data-value="{value!r}">{short(value)}</td>'


def _value(value: float, name: str, text: str) -> str:
    return tag("span", text, data_cost=name, data_value=exact(value))
