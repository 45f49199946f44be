"""Where we differ from the article, and why, with the numbers of this view."""

from dataclasses import dataclass, replace

import numpy as np

from backprop import TrainingStep
from backprop.network import input_of
from backprop.noise import carried
from ui.names.numbers import counted, every, listed, short
from ui.names.symbols import circled, symbol
from ui.state.data import observation_word, word_of_many
from ui.state.presets import START
from ui.state.recording import misfit_of_targets
from ui.state.settings import Settings, lab_link
from ui.steps.thesis import thesis_of, why_path
from ui.views.notation.facts import diagonal_only, units_off
from ui.views.notation.layout import variable_shape

Link = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Difference:
    """One point; texts may hold $LaTeX$ and `code`.

    Attributes:
        key: stable name.
        title: what it is about.
        article: what the article does.
        ours: what this app does.
        why: the reason, with numbers of this view.
        links: text and address of pages that show it.
    """

    key: str
    title: str
    article: str
    ours: str
    why: str
    links: tuple[Link, ...]


def differences(settings: Settings, step: TrainingStep) -> tuple[Difference, ...]:
    """Where the article simplifies, the misconception, then the conventions."""
    return (
        _off_diagonal(settings, step),
        _last_layer(settings),
        _square(settings),
        _three_indices(settings),
        _kink(settings, step),
        _biases(settings),
        *([_one_path(settings, step)] if settings.hidden else []),
        _rows(settings),
        _gradient_shape(settings),
        _letters(settings),
        _batches(settings),
    )


def _off_diagonal(settings: Settings, step: TrainingStep) -> Difference:
    last = settings.config.depth
    a, z = f"a{last}", f"z{last}"
    softmax, given = replace(settings, output="softmax"), settings.given
    has_softmax = not given or (given.Y.shape[1] > 1 and not misfit_of_targets("softmax", given.Y))
    links = [("The Jacobian", settings.link("jacobians", jacobian=f"{a}-{z}"))]
    if settings.output == "softmax" and settings.config.layer_sizes[-1] == 1:
        why = f"With one output softmax gives 1 whatever {symbol(z)} is, and its Jacobian is the number 0: there is nothing beside a diagonal."
    elif settings.output == "softmax":
        left_out, k, alone, total, paths = diagonal_only(carried(step, a, z))
        entries = f"Here the off-diagonal entry farthest from 0 is {short(left_out)}."
        if left_out == 0:
            entries = "Here the outputs are saturated: no float can tell an off-diagonal entry from 0."
        as_well = " as well" if short(alone) == short(total) else ""
        why = f"Softmax divides by a sum over all z, so each {symbol(a)}ₖ is a function of each {symbol(z)}ⱼ. {entries} The diagonal alone gives ∂C/∂{symbol(z, k)} = {short(alone)}; the sum over {every(paths, 'path')} is {short(total)}{as_well}."
    else:
        why = f"This network's {settings.config.output_activation} outputs are element-wise, and there the article's form is right: all off-diagonal entries are 0. Softmax is where it matters."
        if has_softmax:
            links.append(("The same with softmax", softmax.link("jacobians", jacobian=f"{a}-{z}")))
    return Difference(
        "off-diagonal",
        f"The Jacobian ∂{symbol(a)}/∂{symbol(z)} of the outputs",
        "Sets the off-diagonal entries to zero, then uses softmax.",
        "The whole Jacobian for softmax, the diagonal for element-wise outputs; you choose the output in the sidebar.",
        why,
        (
            *links,
            _output_step(settings, "IV"),
            *([("Train with the diagonal only", softmax.link("chain_rule_lab"))] if has_softmax else []),
        ),
    )


def _last_layer(settings: Settings) -> Difference:
    last = settings.config.depth
    a, z = symbol(f"a{last}"), symbol(f"z{last}")
    outputs = settings.config.layer_sizes[-1]
    if settings.output == "softmax" and outputs > 1:
        why = f"Here each entry of {z} moves {every(outputs, 'output')}, so each entry of ∂C/∂{z} is a sum over {counted(outputs, 'path')}. For softmax with cross-entropy {a} − y is what is left of that sum."
    elif outputs == 1:
        why = f"This network has one output, and so one path into {z}: nothing is summed, and the claim holds here."
    else:
        why = f"This network's {settings.config.output_activation} outputs are element-wise: each entry of {z} moves one output, so nothing is summed, and the claim holds here."
    return Difference(
        "last-layer",
        "The total derivative at the outputs",
        "Says that the last layer's weights need no total derivative (section 3.1.1).",
        f"That holds for element-wise outputs only. With softmax the sum over paths is taken before, in ∂C/∂{z}.",
        why,
        (_output_step(settings, "IV"),),
    )


def _square(settings: Settings) -> Difference:
    last = settings.config.depth
    W = symbol(f"W{last}")
    units, inputs = variable_shape(settings.config, f"W{last}")
    kind = "square by chance" if units == inputs else "not square"
    return Difference(
        "square",
        f"The shape of dC/d{W}",
        "Calls it a square matrix.",
        f"The shape of {W}: {(units, inputs)} here, {kind}.",
        f"It has a row for each output ({units}) and a column for each {'unit below' if last > 1 else 'input'} ({inputs}).",
        (_output_step(settings, "V"), ("Weight update", settings.link("update"))),
    )


def _three_indices(settings: Settings) -> Difference:
    last = settings.config.depth
    z, W = f"z{last}", f"W{last}"
    units, inputs = variable_shape(settings.config, W)
    entries = (
        f"Of its {units * units * inputs} entries only {units * inputs} can differ from zero, and they repeat"
    )
    if units == 1:
        entries = f"Its {counted(inputs, 'entry', 'entries')} {'are' if inputs > 1 else 'is'}"
    return Difference(
        "three-indices",
        f"The Jacobian ∂{symbol(z)}/∂{symbol(W)}",
        "Drawn as a matrix.",
        f"An array with three indices, {(units, units, inputs)} here, shown as {counted(units, 'block')}.",
        f"{symbol(z)} has one index and {symbol(W)} two. {entries} {every(inputs, 'number')} of {symbol(input_of(last))}: hence the outer product.",
        (("The blocks", settings.link("jacobians", jacobian=f"{z}-{W}")),),
    )


def _kink(settings: Settings, step: TrainingStep) -> Difference:
    config, view = settings.config, settings
    layers = [layer for layer in range(1, config.depth + 1) if config.activation(layer) == "relu"]
    if layers:
        off, at_kink = units_off(step, layers)
        units = sum(config.layer_sizes[layer] for layer in layers)
        which = "Units" if config.depth in layers else "Hidden units"
        if len(layers) < len(settings.hidden):
            which += " of relu"
        why = f"At 0 the slope jumps and no value is the derivative; 0 is the usual choice. {which} off here (z ≤ 0): {off or 'none'} of {units}; exactly at 0: {at_kink or 'none'}."
    else:
        view = replace(settings, activation="relu", hidden=settings.hidden or START.hidden)
        names = [*dict.fromkeys((*config.hidden_activations, config.output_activation))]
        used = listed(names if not settings.hidden else [*dict.fromkeys(config.hidden_activations)])
        why = f"At 0 the slope of relu jumps and no value is the derivative; 0 is the usual choice. This network uses {used}, which {'have' if ' and ' in used else 'has'} no kink; the link shows relu."
    layer = max(layers) if layers else view.config.depth - 1
    is_output = layer == view.config.depth
    return Difference(
        "kink",
        "relu′(0)",
        "Takes it as 0.",
        "Also 0, said wherever it matters. The numerical check skips units too near to the kink, and says so.",
        why,
        (
            _output_step(settings, "II")
            if is_output
            else (f"Step III of hidden layer {layer}", view.step_link(f"{layer}.III")),
        ),
    )


def _biases(settings: Settings) -> Difference:
    last, biased = settings.config.depth, replace(settings, bias=START.bias)
    count = sum(settings.config.layer_sizes[1:])
    here = {
        "learned": f"Shown everywhere: this network has {count} of them.",
        "fixed": f"Shown everywhere: this network has {count} of them, with their gradients, and leaves them as they are.",
        "none": "Shown everywhere, unless there are none, as here; the links show the same network with them.",
    }
    if settings.config.has_biases:
        biased = settings
    return Difference(
        "biases",
        "Biases",
        "Left to the reader and to its implementation.",
        here[settings.bias],
        f"A bias is added to its own sum, so ∂{symbol(f'z{last}')}/∂{symbol(f'b{last}')} is the identity and dC/d{symbol(f'b{last}')} is ∂C/∂{symbol(f'z{last}')}.",
        (
            _output_step(biased, "VI"),
            ("The identity", biased.link("jacobians", jacobian=f"z{last}-b{last}")),
        ),
    )


def _one_path(settings: Settings, step: TrainingStep) -> Difference:
    thesis = thesis_of(step)
    layer, name, products = settings.config.depth - 1, thesis.name, np.array(thesis.products)
    single = len(products) == 1
    compared = (
        f"This network has one output, so one path leads from {name} to {symbol(f'z{layer + 1}')}, and it is the whole sum: {short(thesis.total)}. With several outputs it is not."
        if single
        else f"For {name} path {circled(thesis.single)} alone, {why_path(products)}, gives ∂C/∂{name} = {short(thesis.products[thesis.single])}; the sum over {every(len(products), 'path')} is {short(thesis.total)}."
        if products.any()
        else f"For {name} every path carries 0 here, so one alone says the same as the sum; elsewhere it does not."
    )
    return Difference(
        "one-path",
        "One path instead of the sum",
        "Says that equation 5 is a total derivative, and that taking it for the single-variable chain rule is a misconception.",
        "What that mistake would compute: one path kept and the others dropped, beside the sum and the measured slope; and networks trained so.",
        f"{compared} A network often learns even so, which is why the mistake goes unnoticed; a gradient check catches it at once.",
        (
            ("Derivative paths", settings.link("paths", layer=layer, unit=thesis.unit + 1)),
            *([] if single else [("Train with one path only", lab_link(settings, thesis.single))]),
        ),
    )


def _rows(settings: Settings) -> Difference:
    units, inputs = variable_shape(settings.config, "W1")
    W = symbol("W1")
    transposed = "so is its transpose" if units == inputs else f"Keras would keep {(inputs, units)}"
    return Difference(
        "rows",
        "W x or x Wᵀ",
        r"Writes $\mathbf{z} = \mathbf{x} W^{\mathrm{T}} + \mathbf{b}$ for a row $\mathbf{x}$.",
        r"$W \mathbf{x} + \mathbf{b}$ for one observation, $X W^{\mathrm{T}} + \mathbf{b}$ for a batch with one observation a row.",
        f"W is (out, in) in both, as in PyTorch's `nn.Linear`; Keras keeps the transpose. Here {W} is {(units, inputs)}, and {transposed}.",
        (
            ("The first sums", settings.step_link("z1")),
            ("Batch", settings.link("batch")),
        ),
    )


def _gradient_shape(settings: Settings) -> Difference:
    last = settings.config.depth
    W = symbol(f"W{last}")
    units, inputs = variable_shape(settings.config, f"W{last}")
    shape, step = (units, inputs), f"{W} − η dC/d{W}"
    why = f"Strict numerator layout would give dC/d{W} the shape of the transpose, {(inputs, units)}; {step} needs {shape}."
    if units == inputs:
        why = f"Strict numerator layout would turn dC/d{W} into its transpose. {W} is square by chance, {shape}, so no shape would tell, but {step} would subtract the wrong numbers."
    return Difference(
        "layout",
        "Layout",
        "Builds on Parr and Howard, who use numerator layout.",
        f"The same, and each gradient in the shape of its parameter. The code keeps vectors one-dimensional, such as {(units,)}: neither rows nor columns.",
        why,
        (("Weight update", settings.link("update")),),
    )


def _letters(settings: Settings) -> Difference:
    last = settings.config.depth
    z, a = (f"z{last}", f"a{last - 1}") if last > 1 else ("a1", "z1")
    return Difference(
        "names",
        "∂, d and names",
        "Writes dC/dW for a gradient, ∂ for what comes before it.",
        "The same letters. Each backward step also names its parts: upstream, Jacobian, path terms, cotangent.",
        f"∂{symbol(z)}/∂{symbol(a)} is partial: one equation. ∂C/∂{symbol(a)} looks alike but is total: every path. Names tell them apart.",
        (("A step with its parts", settings.link("jacobians", jacobian=f"{z}-{a}")),),
    )


def _batches(settings: Settings) -> Difference:
    word, many = observation_word(settings.config), word_of_many(settings.config)
    return Difference(
        "batch",
        "The product over a batch",
        "Gives it in section 3.2.2.",
        f"One {word} at a time; batches on a page of their own.",
        rf"$D^{{\mathrm{{T}}}} A / N$ is a matrix product too, but it sums over {many}s. It is not the total derivative.",
        (("Batch", settings.link("batch")),),
    )


def _output_step(settings: Settings, numeral: str) -> Link:
    address = settings.step_link(f"{settings.config.depth}.{numeral}")
    return f"Step {numeral} of the output layer", address
