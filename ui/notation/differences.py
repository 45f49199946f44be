"""Where we differ from the article, and why, with the numbers of this view. No Streamlit. MATH.md, 9."""

from dataclasses import dataclass, replace

import numpy as np

from backprop import TrainingStep
from ui.notation.layout import variable_shape
from ui.notation.markup import show_shape
from ui.numbers import short
from ui.settings import Settings
from ui.stage.names import symbol
from ui.stage.steps import find_step

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
    """The five points of MATH.md, the misconception, then the conventions."""
    return (
        _off_diagonal(settings, step),
        _square(settings),
        _three_indices(settings, step),
        _kink(settings, step),
        _biases(settings),
        _one_path(settings, step),
        _gradient_shape(settings),
        _letters(settings),
        _batches(settings),
    )


def _off_diagonal(settings: Settings, step: TrainingStep) -> Difference:
    last = settings.config.depth
    a, z = f"a{last}", f"z{last}"
    vjp = step.vjp(a, z)
    links = [("The Jacobian", settings.link("jacobians", jacobian=f"{a}-{z}"))]
    if settings.output == "softmax":
        off_diagonal = vjp.jacobian[~np.eye(len(vjp.jacobian), dtype=bool)]
        largest = float(off_diagonal[np.abs(off_diagonal).argmax()])
        own_paths = vjp.path_terms.diagonal()
        k = int(np.abs(vjp.cotangent - own_paths).argmax())
        why = (
            f"Softmax divides by a sum over all z, so each {symbol(a)}ₖ is a function of each {symbol(z)}ⱼ. "
            f"Here the largest off-diagonal entry is {short(largest)}. The diagonal alone gives "
            f"∂C/∂{symbol(z, k)} = {short(float(own_paths[k]))}; the sum over all {vjp.paths} paths is "
            f"{short(float(vjp.cotangent[k]))}."
        )
    else:
        why = (
            f"This network's {settings.config.output_activation} outputs are element-wise, and there the "
            f"article's form is right: all off-diagonal entries are 0. Softmax is where it matters."
        )
        softmax = replace(settings, output="softmax")
        links.append(("The same with softmax", softmax.link("jacobians", jacobian=f"{a}-{z}")))
    step_iv = find_step(settings.config, f"{last}.IV")
    return Difference(
        "off-diagonal",
        f"The Jacobian ∂{symbol(a)}/∂{symbol(z)} of the outputs",
        "Sets the off-diagonal entries to zero, then uses softmax.",
        "The whole Jacobian for softmax, the diagonal for element-wise outputs; you choose the output in the "
        "sidebar.",
        why,
        (
            *links,
            ("Step IV of the output layer", settings.link("walkthrough", step=step_iv)),
            ("Train with the diagonal only", settings.link("chain_rule_lab")),
        ),
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
        f"The shape of {W}: {show_shape((units, inputs))} here, {kind}.",
        f"It has a row for each of the {_count(units, 'output')} and a column for each of the "
        f"{_count(inputs, 'unit')} below.",
        (
            (
                "Step V of the output layer",
                settings.link("walkthrough", step=find_step(settings.config, f"{last}.V")),
            ),
            ("Weight update", settings.link("update")),
        ),
    )


def _three_indices(settings: Settings, step: TrainingStep) -> Difference:
    last = settings.config.depth
    z, W = f"z{last}", f"W{last}"
    jacobian = step.vjp(z, W).jacobian
    units, inputs = variable_shape(settings.config, W)
    return Difference(
        "three-indices",
        f"The Jacobian ∂{symbol(z)}/∂{symbol(W)}",
        "Drawn as a matrix.",
        f"An array with three indices, {show_shape(jacobian.shape)} here, shown as {_count(units, 'block')}.",
        f"{symbol(z)} has one index and {symbol(W)} two. Of its {jacobian.size} entries only "
        f"{units * inputs} can differ from zero, and they repeat {_count(inputs, 'number')}: hence the "
        "outer product.",
        (("The blocks", settings.link("jacobians", jacobian=f"{z}-{W}")),),
    )


def _kink(settings: Settings, step: TrainingStep) -> Difference:
    layers = range(1, settings.config.depth)
    if settings.activation == "relu":
        view = settings
        at_kink = sum(int((step.tape[f"z{layer}"] == 0).sum()) for layer in layers)
        off = sum(int((step.tape[f"z{layer}"] < 0).sum()) for layer in layers)
        units = sum(settings.hidden)
        said = "no unit is" if at_kink == 0 else "1 unit is" if at_kink == 1 else f"{at_kink} units are"
        why = (
            f"At 0 the slope jumps and no value is the derivative; 0 is the usual choice. Here {said} "
            f"exactly at 0, and {off} of {units} hidden {'unit' if units == 1 else 'units'} "
            f"{'is' if off == 1 else 'are'} off."
        )
    else:
        view = replace(settings, activation="relu")
        why = (
            "At 0 the slope of relu jumps and no value is the derivative; 0 is the usual choice. This "
            f"network uses {settings.activation}, which has no kink; the link shows relu."
        )
    layer = view.config.depth - 1
    return Difference(
        "kink",
        "relu′(0)",
        "Takes it as 0.",
        "Also 0, said wherever it matters. The numerical check skips units too near to the kink, and says "
        "so.",
        why,
        (
            (
                f"Step III of hidden layer {layer}",
                view.link("walkthrough", step=find_step(view.config, f"{layer}.III")),
            ),
        ),
    )


def _biases(settings: Settings) -> Difference:
    last = settings.config.depth
    count = sum(settings.config.layer_sizes[1:])
    step_vi = find_step(settings.config, f"{last}.VI")
    return Difference(
        "biases",
        "Biases",
        "Left to the reader.",
        f"Shown everywhere: this network has {count} of them.",
        f"A bias is added to its own sum, so ∂{symbol(f'z{last}')}/∂{symbol(f'b{last}')} is the identity and "
        f"dC/d{symbol(f'b{last}')} is ∂C/∂{symbol(f'z{last}')}.",
        (
            ("Step VI of the output layer", settings.link("walkthrough", step=step_vi)),
            ("The identity", settings.link("jacobians", jacobian=f"z{last}-b{last}")),
        ),
    )


def _one_path(settings: Settings, step: TrainingStep) -> Difference:
    layer = settings.config.depth - 1
    above, a = f"z{layer + 1}", f"a{layer}"
    vjp = step.vjp(above, a)
    unit = int(np.abs(vjp.cotangent - vjp.path_terms[0]).argmax())
    name = symbol(a, unit)
    return Difference(
        "one-path",
        "One path instead of the sum",
        "Its subject: who takes the single-variable chain rule for equation 5 keeps one path only.",
        "Both, side by side, with the measured slope.",
        f"For {name} the first path alone gives ∂C/∂{name} = {short(float(vjp.path_terms[0, unit]))}; the "
        f"sum over all {len(vjp.path_terms)} is {short(float(vjp.cotangent[unit]))}. A network often learns "
        "even so, which is why the mistake goes unnoticed; a gradient check catches it at once.",
        (
            ("Derivative paths", settings.link("paths", layer=layer, unit=unit + 1)),
            ("Train with one path only", settings.link("chain_rule_lab")),
        ),
    )


def _gradient_shape(settings: Settings) -> Difference:
    last = settings.config.depth
    W = symbol(f"W{last}")
    units, inputs = variable_shape(settings.config, f"W{last}")
    return Difference(
        "layout",
        "Layout",
        "Builds on Parr and Howard, who use numerator layout.",
        "The same, and each gradient in the shape of its parameter. The code keeps vectors one-dimensional, "
        f"such as {show_shape((units,))}: neither rows nor columns.",
        f"Strict numerator layout would give ∂C/∂{W} the shape of the transpose, "
        f"{show_shape((inputs, units))}; {W} − η dC/d{W} needs {show_shape((units, inputs))}.",
        (("Weight update", settings.link("update")),),
    )


def _letters(settings: Settings) -> Difference:
    last = settings.config.depth
    jacobian = f"z{last}-a{last - 1}"
    return Difference(
        "names",
        "∂, d and names",
        "Writes dC/dW for a gradient, ∂ for what comes before it.",
        "The same letters. Each backward step also names its parts: upstream, Jacobian, path terms, "
        "cotangent.",
        f"∂{symbol(f'z{last}')}/∂{symbol(f'a{last - 1}')} is partial: one equation. "
        f"∂C/∂{symbol(f'a{last - 1}')} looks alike but is total: every path. Names tell them apart.",
        (("A step with its parts", settings.link("jacobians", jacobian=jacobian)),),
    )


def _batches(settings: Settings) -> Difference:
    return Difference(
        "batch",
        "The product over a batch",
        "Gives it in section 3.2.2.",
        "One flower at a time; batches on a page of their own.",
        r"$D^{\mathrm{T}} A / N$ is a matrix product too, but it sums over flowers. It is not the total "
        r"derivative.",
        (("Batch", settings.link("batch")),),
    )


def _count(count: int, what: str) -> str:
    return f"{count} {what}" + ("" if count == 1 else "s")
