"""Where each formula stands in the article and in Parr and Howard, and where to see it.

The article is cited by its sections, Parr and Howard ("The Matrix Calculus You Need For Deep Learning", arXiv
1802.01528) by the titles of theirs.
"""

from dataclasses import dataclass

from backprop.network import input_of
from ui.names.equations import entry, entry_partial, gradient_of, partial, symbol
from ui.names.symbols import symbol as plain
from ui.names.timeline import find_step, timeline
from ui.state.data import word_of_many
from ui.state.settings import Settings
from ui.views.notation.layout import TRANSPOSED

_PARTIALS = "Introduction to vector calculus and partial derivatives"
_JACOBIAN = "Generalization of the Jacobian"
_ELEMENTWISE = "Derivatives of vector element-wise binary operators"
_EXPANSION = "Derivatives involving scalar expansion"
_REDUCTION = "Vector sum reduction"
_SINGLE = "The Chain Rules: Single-variable chain rule"
_TOTAL = "The Chain Rules: Single-variable total-derivative chain rule"
_VECTOR = "The Chain Rules: Vector chain rule"
_NEURON = "The gradient of neuron activation"
_LOSS = "The gradient of the neural network loss function"
_LOSS_WEIGHTS = "The gradient with respect to the weights"
_LOSS_BIAS = "The derivative with respect to the bias"


@dataclass(frozen=True, slots=True)
class Source:
    """One formula and where it stands.

    Attributes:
        latex: the formula, or what it is about if `latex` is empty.
        what: in words.
        article: sections of the article; empty where it has none.
        parr_howard: titles of their sections; empty where they have none.
        note: how theirs differs, if it does.
        see: text and address of the page that shows it.
    """

    latex: str
    what: str
    article: str
    parr_howard: tuple[str, ...]
    see: tuple[str, str]
    note: str = ""


def sources(settings: Settings) -> tuple[Source, ...]:
    """The formulas in the order of the article."""
    return (
        *_calculus(settings),
        *_forward(settings),
        *_output(settings),
        *(_hidden(settings) if settings.hidden else ()),
        *_rest(settings),
    )


def _walkthrough(settings: Settings, step_id: str) -> tuple[str, str]:
    stop = timeline(settings.config)[find_step(settings.config, step_id)]
    label = f"Walkthrough: {stop.numeral + ', ' if stop.numeral else ''}{stop.label}"
    return label, settings.step_link(step_id)


def _calculus(settings: Settings) -> tuple[Source, ...]:
    page, last = ("Total derivative", settings.link("total_derivative")), settings.config.depth
    jacobian = f"z{last}-a{last - 1}" if last > 1 else "a1-z1"
    jacobians = ("Jacobians", settings.link("jacobians", jacobian=jacobian))
    return (
        Source(
            r"\frac{\partial f}{\partial x}, \; \frac{\partial f}{\partial y}",
            "partial derivatives",
            "2.0.1",
            (_PARTIALS,),
            page,
        ),
        Source(
            r"\frac{\partial \mathbf{y}}{\partial \mathbf{x}}",
            "Jacobian, numerator layout",
            "2.0.2",
            ("Matrix calculus", _JACOBIAN),
            jacobians,
        ),
        Source(r"\frac{df}{dx} = \frac{df}{dg} \frac{dg}{dx}", "one path", "2.1", (_SINGLE,), page),
        Source(
            r"\frac{df}{dt} = \frac{\partial f}{\partial t} + \sum_i \frac{\partial f}{\partial u_i} \frac{du_i}{dt}",
            "every path, summed: the total derivative",
            "2.1",
            (_TOTAL,),
            page,
        ),
        Source(
            r"\frac{df}{dt} = \frac{\partial f}{\partial \mathbf{u}} \frac{\partial \mathbf{u}}{\partial t}",
            "the same sum as a row times a column",
            "2.1",
            (_VECTOR,),
            page,
        ),
    )


def _forward(settings: Settings) -> tuple[Source, ...]:
    last = settings.config.depth
    z, a = f"z{last}", f"a{last}"
    bias = f" + {symbol('b1')}" if settings.config.has_biases else ""
    return (
        Source(
            rf"{symbol('z1')} = {symbol('W1')} \mathbf{{x}}{bias}",
            "weighted sums",
            "2.2, 3.1",
            (_NEURON,),
            _walkthrough(settings, "z1"),
            "One neuron: a dot product and one bias.",
        ),
        Source(
            rf"{symbol(a)} = f({symbol(z)})",
            f"{settings.config.output_activation} output",
            "2.2, 3.1",
            (),
            _walkthrough(settings, a),
            "Their only activation is max(0, z).",
        ),
    )


def _output(settings: Settings) -> tuple[Source, ...]:
    config, sections = settings.config, "3.2.1, 3.2.2"
    last = config.depth
    z, a, W = (f"{letter}{last}" for letter in "zaW")
    return (
        Source(
            partial("C", a),
            "the cost towards the outputs",
            sections,
            (_LOSS,) if config.cost.scale else (),
            _walkthrough(settings, f"{last}.I"),
            "Their cost is the mean of squared errors.",
        ),
        Source(partial(a, z), "the output activation", sections, *_activation_source(settings, last, "II")),
        Source(
            rf"{gradient_of(symbol(W))} = {partial('C', z)} \otimes {symbol(input_of(last))}",
            "gradient of the weights",
            sections,
            (_LOSS_WEIGHTS,),
            _walkthrough(settings, f"{last}.V"),
            "One neuron: a vector of weights, so no third index.",
        ),
        *(_of_bias(settings) if config.has_biases else ()),
    )


def _of_bias(settings: Settings) -> tuple[Source, ...]:
    last = settings.config.depth
    formula = rf"{gradient_of(symbol(f'b{last}'))} = {partial('C', f'z{last}')}"
    see = _walkthrough(settings, f"{last}.VI")
    return (Source(formula, "gradient of the bias", "", (_LOSS_BIAS,), see),)


def _activation_source(
    settings: Settings, layer: int, numeral: str
) -> tuple[tuple[str, ...], tuple[str, str], str]:
    """Sections of Parr and Howard on ∂a/∂z, where to see it, and a note."""
    see = _walkthrough(settings, f"{layer}.{numeral}")
    match settings.config.activation(layer):
        case "softmax":
            return (), see, "They have no softmax."
        case "relu":
            return (_ELEMENTWISE, _NEURON), see, "The diagonal is theirs; max(0, z) comes with the neuron."
        case _:
            return (
                (_ELEMENTWISE,),
                see,
                "The diagonal is theirs; this activation is not among their examples.",
            )


def _hidden(settings: Settings) -> tuple[Source, ...]:
    config, sections = settings.config, "3.2.3"
    layer = config.depth - 1
    z, a, W, above = f"z{layer}", f"a{layer}", f"W{layer}", f"z{layer + 1}"
    term = rf"{entry_partial('C', entry(above, 'k'))} {entry(f'W{layer + 1}', 'kj')}"
    return (
        Source(
            f"{partial(above, a)} = {symbol(f'W{layer + 1}')}",
            "weighted sums towards what comes in",
            sections,
            (_JACOBIAN, _REDUCTION),
            (
                "Jacobian ∂" + plain(above) + "/∂" + plain(a),
                settings.link("jacobians", jacobian=f"{above}-{a}"),
            ),
            "A dot product is a sum of products, so its derivative is a sum reduction.",
        ),
        Source(
            rf"{entry_partial('C', entry(a, 'j'))} = \sum_k {term}",
            "eq. 5: the total derivative",
            f"{sections}, eq. 5",
            (_TOTAL, _VECTOR),
            ("Derivative paths", settings.link("paths", layer=layer)),
            "The rule; they have no hidden layer.",
        ),
        Source(partial(a, z), "the hidden activation", sections, *_activation_source(settings, layer, "III")),
        Source(
            rf"{gradient_of(symbol(W))} = {partial('C', z)} \otimes {symbol(input_of(layer))}",
            "gradient of the hidden weights",
            sections,
            (_NEURON,),
            _walkthrough(settings, f"{layer}.VI"),
            "For one neuron.",
        ),
    )


def _rest(settings: Settings) -> tuple[Source, ...]:
    last = symbol(f"W{settings.config.depth}")
    return (
        Source(
            rf"{last} \leftarrow {last} - \eta {gradient_of(last)}",
            "update",
            "",
            (_LOSS_WEIGHTS,),
            ("Weight update", settings.link("update")),
        ),
        Source(
            rf"Z = A W{TRANSPOSED}" + (r" + \mathbf{b}" if settings.config.has_biases else ""),
            "a batch: one bias for every row" if settings.config.has_biases else "a batch: one row for each",
            "2.2",
            (_EXPANSION, _LOSS),
            ("Batch", settings.link("batch")),
            "The same idea: one number used several times has several paths.",
        ),
        Source(
            rf"\frac{{dC}}{{dW}} = D{TRANSPOSED} A / N",
            f"mean over a batch: this sums over {word_of_many(settings.config)}s, not over paths",
            "3.2.2",
            (_LOSS,),
            ("Batch", settings.link("batch")),
        ),
    )
