"""The timeline: every step of the forward pass, the backward pass and the update, in order.

The numerals I to VI are those of the article, section 3.2.
"""

from dataclasses import dataclass
from functools import lru_cache

from backprop import MLPConfig
from ui.names.symbols import symbol


@dataclass(frozen=True, slots=True)
class TimelineStep:
    """One stop of the timeline.

    Attributes:
        id: stable name, such as "a1", "2.IV" (layer 2, step IV), "update.2" or "after".
        kind: what happens, "input" or one of the keys of `ui.steps.CONTENT`.
        layer: the layer it belongs to, 0 for the input.
        group: the phase it belongs to, as the timeline heads it.
        numeral: I to VI in the backward pass, else empty.
        label: what is computed, in symbols.
    """

    id: str
    kind: str
    layer: int
    group: str
    numeral: str
    label: str


@lru_cache(maxsize=256)  # a page asks up to forty times, which takes 1.5 ms
def timeline(config: MLPConfig) -> tuple[TimelineStep, ...]:
    """All steps of one training step of this network."""
    last = config.depth
    steps = [TimelineStep("x", "input", 0, "Forward", "", "x")]
    for layer in range(1, last + 1):
        steps.append(TimelineStep(f"z{layer}", "affine", layer, "Forward", "", symbol(f"z{layer}")))
        steps.append(TimelineStep(f"a{layer}", "activation", layer, "Forward", "", symbol(f"a{layer}")))
    steps.append(TimelineStep("C", "cost", last, "Forward", "", "C"))
    steps += _output_layer(config)
    for layer in range(last - 1, 0, -1):
        steps += _hidden_layer(config, layer)
    for layer in range(last, 0, -1):
        names = parameter_names(config, layer) if config.bias == "learned" else [f"W{layer}"]
        label = ", ".join(map(symbol, names))
        steps.append(TimelineStep(f"update.{layer}", "update", layer, "Update", "", label))
    steps.append(TimelineStep("after", "after", last, "Update", "", "C again"))
    return tuple(steps)


def find_step(config: MLPConfig, step_id: str) -> int:
    """Position on the timeline (0-based) of the step with this id.

    Raises:
        ValueError: if this network has no such step.
    """
    ids = [step.id for step in timeline(config)]
    if step_id not in ids:
        raise ValueError(f"step_id: expected one of {', '.join(ids)}, got {step_id!r}")
    return ids.index(step_id)


def step_with_sum(config: MLPConfig) -> str:
    """Id of a step that adds up several paths, at the last hidden layer if it can be; "" where none does."""
    sizes, last = config.layer_sizes, config.depth
    hidden = [f"{layer}.II" for layer in range(last - 1, 0, -1) if sizes[layer + 1] > 1]
    at_output = [f"{last}.IV"] if config.is_dense(last) and sizes[last] > 1 else []
    return next(iter([*hidden, *at_output]), "")


def parameter_names(config: MLPConfig, layer: int) -> list[str]:
    """The parameters of a layer that have a gradient: W2 and b2, or W2 alone without biases."""
    return [f"W{layer}", f"b{layer}"] if config.has_biases else [f"W{layer}"]


def _output_layer(config: MLPConfig) -> list[TimelineStep]:
    layer = config.depth
    W, b, z, a = (symbol(f"{letter}{layer}") for letter in "Wbza")
    kinds = (
        ("I", "cost_jacobian", f"∂C/∂{a}"),
        ("II", "activation_jacobian", f"∂{a}/∂{z}"),
        ("III", "weights_jacobian", f"∂{z}/∂{W}"),
        ("IV", "through_activation", f"∂C/∂{z}"),
        ("V", "weights_gradient", f"dC/d{W}"),
        ("VI", "bias_gradient", f"dC/d{b}"),
    )
    return _numbered(layer, "Backward: output layer", kinds if config.has_biases else kinds[:-1])


def _hidden_layer(config: MLPConfig, layer: int) -> list[TimelineStep]:
    W, z, a = (symbol(f"{letter}{layer}") for letter in "Wza")
    gradients = ", ".join(f"dC/d{symbol(name)}" for name in parameter_names(config, layer))
    above = symbol(f"z{layer + 1}")
    kinds = (
        ("I", "input_jacobian", f"∂{above}/∂{a}"),
        ("II", "through_affine", f"∂C/∂{a}"),
        ("III", "activation_jacobian", f"∂{a}/∂{z}"),
        ("IV", "through_activation", f"∂C/∂{z}"),
        ("V", "weights_jacobian", f"∂{z}/∂{W}"),
        ("VI", "layer_gradients", gradients),
    )
    return _numbered(layer, f"Backward: hidden layer {layer}", kinds)


def _numbered(layer: int, group: str, kinds: tuple[tuple[str, str, str], ...]) -> list[TimelineStep]:
    return [
        TimelineStep(f"{layer}.{numeral}", kind, layer, group, numeral, label)
        for numeral, kind, label in kinds
    ]
