"""What is said to a pasted solution, one verdict to a line."""

from collections.abc import Sequence

from backprop import MLPConfig
from ui.names.numbers import count_word, counted, listed
from ui.names.symbols import shape_text, symbol
from ui.names.typed import quoted

# --- what cannot be checked --------------------------------------------------------------------------

NAMES = "a1, z2, C, dC/da1, delta2, dW2, db1 or W2_new"
AS_GIVEN = "A number of the network itself, not an answer."


def other_number(name: str) -> str:
    return f"{name} is another one in the network that this is checked against."


def unknown(name: str) -> str:
    return f"Expected a name such as {NAMES}, got {quoted(name)}."


def no_layer(name: str) -> str:
    return f"Expected the layer in the name, such as {name.strip()}1, got {quoted(name)}."


def not_checked(name: str) -> str:
    return f"No step computes {quoted(name)}: there is nothing to compare it with."


def not_there(config: MLPConfig, kind: str, layer: int) -> str:
    if not 1 <= layer <= config.depth:
        return (
            f"Expected a layer from 1 to {config.depth}, got {layer}."
            if config.depth > 1
            else "This network has one layer."
        )
    if kind == "bias_gradient":
        return "This network has no biases."
    if kind == "new_bias":
        return (
            "The biases of this network are not updated."
            if config.has_biases
            else "This network has no biases."
        )
    return "This Jacobian is not part of a step: nothing to compare it with."


def no_such_entry(shape: Sequence[int]) -> str:
    return f"Expected an entry of {shape_text(tuple(shape)) or 'a single number'}, counted from 1, or from 0 where one of the indices is 0."


def one_number(shape: Sequence[int]) -> str:
    return f"Expected one number for one entry, got {shape_text(tuple(shape))}."


def not_diagonal(shape: Sequence[int]) -> str:
    return f"Expected {counted(shape[0], 'number')}, or a matrix with nothing beside its diagonal: this activation takes each z by itself."


def turned(shape: Sequence[int], came: Sequence[int]) -> str:
    return f"Read as {shape_text(tuple(came))}, a column for each unit; here a unit is a row, {shape_text(tuple(shape))}."


def wrong_shape(shape: Sequence[int], came: Sequence[int]) -> str:
    expected = shape_text(tuple(shape)) if len(shape) > 1 else counted(shape[0] if shape else 1, "number")
    if all(size == 1 for size in came):
        return f"Expected {expected}, got one. A single one is named by its place, such as a1_2 or W1_12."
    return f"Expected {expected}, got {shape_text(tuple(came))}."


# --- what it is called -------------------------------------------------------------------------------


def whole(config: MLPConfig, kind: str, layer: int) -> str:
    """The name of all entries of a kind together, such as ∂C/∂a¹."""
    W, b, z, a = (symbol(f"{letter}{layer}") for letter in "Wbza")
    last = layer == config.depth
    return {
        "pre_activation": z,
        "activation": a,
        "cost": "C",
        "cost_slope": f"∂C/∂{a}",
        "jacobian": f"∂{a}/∂{z}" if last else f"∂{symbol(f'z{layer + 1}')}/∂{a}",
        "path_term": f"the path terms of {z if last else a}",
        "path_sum": f"∂C/∂{z if last else a}",
        "slope": f"∂{a}/∂{z}",
        "through_activation": f"∂C/∂{z}",
        "weight_gradient": f"dC/d{W}",
        "bias_gradient": f"dC/d{b}",
        "weight_step": f"the step of {W}",
        "new_weight": f"the new {W}",
        "new_bias": f"the new {b}",
    }[kind]


def example(config: MLPConfig) -> str:
    """Lines as they can be pasted, for this network."""
    last = config.depth
    lines = [f"z{layer} = …\na{layer} = …" for layer in range(1, last + 1)]
    lines += [
        "C = …",
        f"dC/da{last} = …",
        f"delta{last} = …",
        f"dW{last} = [[…], …]",
        f"W{last}_new = [[…], …]",
    ]
    return "\n".join(lines)


# --- the verdicts ------------------------------------------------------------------------------------

MARKS = {
    "right": "✓ Right",
    "nearly": "≈ Nearly",
    "follows": "↳ Follows",
    "wrong": "✗ Wrong",
    "": "? Not read",
}
MARKS |= {"given": "– Given", "other": "! Differs"}
"""A sign and a word for each verdict: no colour is needed to tell them apart."""

FEW_DIGITS = "Rounded too far to tell: give three digits."
LAST_DIGIT = "Off in the last digit."
ROUNDED_BEFORE = "Right for your rounded numbers: carry more digits on the way."
OF_THE_BATCH = "As the mean over all observations."
NO_MISTAKE = "None of the usual mistakes gives this."


def of_them(right: int, count: int) -> str:
    return f"{count_word(right).capitalize()} of {count} right."


def follows(sources: Sequence[str]) -> str:
    return f"Right for your {listed(sources)}, which {'is' if len(sources) == 1 else 'are'} wrong."


def made_on(sources: Sequence[str]) -> str:
    return f"Your {listed(sources)} before it {'is' if len(sources) == 1 else 'are'} wrong, too."


def at_entries(names: Sequence[str]) -> str:
    """Before what is said of some entries only; of more than four the first four."""
    shown = [*names[:4], f"{len(names) - 4} more"] if len(names) > 4 else names
    return f"{listed(shown)}: "


def made_before(where: str) -> str:
    return f"The mistake is in {where}, which you left out. "


def two_at_once(first: str, second: str) -> str:
    return f"Two mistakes at once: {first} And: {second}"


def several(sentences: Sequence[str]) -> str:
    return f"{count_word(len(sentences)).capitalize()} mistakes give this: {' Or: '.join(sentences)}"


def summary(counts: dict[str, int]) -> str:
    """How many lines are of which verdict."""
    said = (
        ("right", "right"),
        ("nearly", "nearly"),
        ("follows", "right for an earlier wrong one"),
        ("wrong", "wrong"),
    )
    parts = [f"{counts[key]} {word}" for key, word in said if counts.get(key)]
    lines = sum(counts.get(key, 0) for key, _ in said)
    return f"{counted(lines, 'line')} checked: {', '.join(parts)}." if lines else "No line could be checked."
