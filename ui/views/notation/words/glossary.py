"""The symbols: meaning, shape in this network, name in the code, names in books."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from backprop import TrainingStep
from backprop.arrays import FloatArray
from backprop.network import input_of
from ui.names.equations import gradient_of, partial, symbol
from ui.names.numbers import as_typed, short
from ui.names.timeline import parameter_names
from ui.state.data import is_iris, word_of_many
from ui.views.notation.markup import Shape


@dataclass(frozen=True, slots=True)
class Term:
    """One entry of the glossary; texts may hold $LaTeX$ and `code`.

    Attributes:
        name: the word for it.
        symbol: LaTeX.
        meaning: what it is.
        expressions: Python that gives it, of `step` and `np`, with the shape of the value.
        values: what it is in this view, for numbers.
        elsewhere: how books and libraries call it.
    """

    name: str
    symbol: str
    meaning: str
    expressions: tuple[tuple[str, Shape], ...] = ()
    values: str = ""
    elsewhere: str = ""


def network_terms(step: TrainingStep) -> tuple[Term, ...]:
    """The values of the forward pass."""
    config = step.config
    layers = range(1, config.depth + 1)
    measured, one_hot, added = "", "", ""
    if is_iris(config):
        measured = ", such as a flower's standardised measurements"
        one_hot = ": for a flower, 1 at its species and 0 elsewhere (one-hot)"
    biases = Term(
        "bias",
        r"\mathbf{b}^l",
        f"Added to the weighted sums, one for each unit{'; here they stay as they are' * (config.bias == 'fixed')}.",
        _tape(step, [f"b{layer}" for layer in layers if config.has_biases]),
        elsewhere="intercept, threshold, $w_0$, $\\theta_0$",
    )
    if config.has_biases:
        added = r" + \mathbf{b}^l"
    return (
        Term(
            "input",
            r"\mathbf{x}",
            f"What goes in: one observation{measured}.",
            _tape(step, ["x"]),
            elsewhere="features, sample, $\\mathbf{a}^0$, input layer",
        ),
        Term(
            "target",
            r"\mathbf{y}",
            f"What should come out{one_hot}.",
            _tape(step, ["y"]),
            elsewhere="label, ground truth, $\\mathbf{t}$; in Parr and Howard also any function's output",
        ),
        Term(
            "layer",
            r"l, L",
            "Layers with weights are numbered from 1 to $L$; the number stands above the letter and is no power.",
            (("step.config.depth", ()),),
            values=f"L = {config.depth}",
            elsewhere="$[l]$, $(l)$, a lower index",
        ),
        Term(
            "weights",
            r"W^l",
            "$w^l_{kj}$ leads from unit $j$ below to unit $k$: a row for each unit of layer $l$, a column for each unit below.",
            _tape(step, [f"W{layer}" for layer in layers]),
            elsewhere="$\\Theta$, kernel, parameters; (out, in) as in PyTorch's `nn.Linear`, while Keras keeps the transpose",
        ),
        *([biases] if config.has_biases else []),
        Term(
            "pre-activation",
            r"\mathbf{z}^l",
            rf"The weighted sums, $W^l \mathbf{{a}}^{{l-1}}{added}$.",
            _tape(step, [f"z{layer}" for layer in layers]),
            elsewhere="weighted input, net input, affine function; logits in the last layer",
        ),
        Term(
            "activation",
            r"\mathbf{a}^l",
            f"What a layer gives on: {_activations(step)}.",
            _tape(step, [f"a{layer}" for layer in layers]),
            elsewhere="output, $\\mathbf{h}$, $\\mathbf{o}$; $\\hat{\\mathbf{y}}$ in the last layer",
        ),
        Term(
            "cost",
            "C",
            "One number: how wrong the output is for this observation.",
            _tape(step, ["C"]),
            values=f"C = {short(float(step.tape['C']))}",
            elsewhere="loss, error, objective, $L$, $J$, $E$",
        ),
    )


def derivative_terms(step: TrainingStep) -> tuple[Term, ...]:
    """What the backward pass is made of, on the dense step into the last hidden layer, or into z¹ without one."""
    last = step.config.depth
    z, a, W = f"z{last}", f"a{last - 1}", f"W{last}"
    if last == 1:
        z, a = "a1", "z1"
    vjp, call = step.vjp(z, a), f'step.vjp("{z}", "{a}")'
    return (
        Term(
            "partial derivative",
            r"\frac{\partial y_k}{\partial x_j}",
            "How fast one output of one equation moves when one of its inputs moves and its other inputs stay.",
            _of((f"{call}.jacobian[0, 0]", vjp.jacobian[0, 0])),
            elsewhere="local derivative, $y_{x}$, $D_j y_k$",
        ),
        Term(
            "Jacobian",
            partial(z, a),
            "All partial derivatives of one equation: a row for each output, a column for each input (numerator layout).",
            _of((f"{call}.jacobian", vjp.jacobian)),
            elsewhere="local gradient, $J$, $D\\mathbf{f}$; denominator layout writes its transpose",
        ),
        Term(
            "upstream",
            partial("C", z),
            "How the cost moves with the output of the equation that is being passed backwards.",
            _of((f"{call}.upstream", vjp.upstream)),
            elsewhere="incoming gradient, `grad_output`, `dout`, $\\bar{y}$",
        ),
        Term(
            "path terms",
            r"\frac{\partial C}{\partial y_k} \frac{\partial y_k}{\partial x_j}",
            "Upstream times Jacobian, entry by entry: one number for each path $k$ from $x_j$ to the cost.",
            _of((f"{call}.path_terms", vjp.path_terms)),
            elsewhere="contributions; most books write only their sum",
        ),
        Term(
            "cotangent",
            partial("C", a),
            "The sum of the path terms over $k$: how the cost moves with an intermediate value.",
            _of((f"{call}.cotangent", vjp.cotangent), (f'step.cotangent("{a}")', step.cotangent(a))),
            elsewhere="adjoint, sensitivity, error, gradient, $\\bar{x}$, `grad`; $\\boldsymbol{\\delta}^l$ (error, delta) for $\\partial C / \\partial \\mathbf{z}^l$",
        ),
        Term(
            "total derivative",
            r"\frac{df}{dt}",
            "Every path from $t$ to $f$, one product each, all added up. A cotangent is one; where only one path exists, the sum has one term and the rule is the single-variable chain rule.",
            ((call + ".paths", ()),),
            values=f"paths into each entry of ${symbol(a)}$: {vjp.paths}",
            elsewhere="multivariable chain rule; $\\partial C / \\partial x$ in most books, ours included, once all paths are meant",
        ),
        Term(
            "gradient",
            gradient_of(symbol(W)),
            "The cotangent of a parameter, in the shape of the parameter.",
            _of(
                *(
                    (f'step.gradients["{name}"]', step.gradients[name])
                    for layer in range(1, last + 1)
                    for name in parameter_names(step.config, layer)
                )
            ),
            elsewhere="$\\nabla_{W} C$, `dW`, `W.grad`",
        ),
    )


def training_terms(step: TrainingStep) -> tuple[Term, ...]:
    """What the update and the batch add."""
    first = step.updates[0]
    inputs, outputs = step.tape["x"].size, step.tape["y"].size
    word = word_of_many(step.config)
    return (
        Term(
            "learning rate",
            r"\eta",
            "How long a step is taken against the gradient.",
            (("step.updates[0].learning_rate", ()),),
            values=f"η = {as_typed(first.learning_rate)}",
            elsewhere="step size, $\\alpha$, $\\epsilon$, `lr`",
        ),
        Term(
            "step",
            rf"-\eta {gradient_of(symbol(first.name))}",
            "What is added to a parameter.",
            _of(("step.updates[0].step", first.step)),
            elsewhere=f"$\\Delta {symbol(first.name)}$, update",
        ),
        Term(
            "batch size",
            "N",
            f"How many {word}s share one update. Inputs are then the rows of $X$, shape (N, {inputs}), targets those of $Y$, shape (N, {outputs}), and the gradient is the mean of theirs: `loss_and_gradients(config, params, X, Y)`.",
            values="N = 1 in this step",
            elsewhere="$m$, $B$, $n$",
        ),
        Term(
            "rows of cotangents",
            "D",
            rf"Row $n$ is $\partial C / \partial \mathbf{{z}}^l$ of {word} $n$; with their inputs as the rows of $A$, the mean gradient is $D^{{\mathrm{{T}}}} A / N$. This product sums over {word}s, not over paths.",
            elsewhere="$\\Delta$, `dZ`",
        ),
    )


def sign_terms(step: TrainingStep) -> tuple[Term, ...]:
    """The signs between them, and indices."""
    last = step.config.depth
    z, a = f"z{last}", input_of(last)
    upstream, below = step.cotangent(z), step.tape[a]
    summed = (z, a) if last > 1 else ("a1", "z1")
    path_terms = step.vjp(*summed).path_terms
    units = upstream.size
    product, outer = (
        f'step.cotangent("{z}") @ step.tape["W{last}"]',
        (f'np.outer(step.cotangent("{z}"), step.tape["{a}"])'),
    )
    return (
        Term(
            "indices",
            "k, j, i",
            "$k$: a unit of the equation's output, so the number of a path. $j$: an entry of its input. $i$: the row of a weight.",
            elsewhere="from 1 in formulas, from 0 in code",
        ),
        Term(
            "sum over paths",
            r"\sum_k",
            "Add up, $k$ from 1 to the number of outputs of the equation.",
            _of(('step.vjp("{}", "{}").path_terms.sum(axis=0)'.format(*summed), path_terms.sum(axis=0))),
            elsewhere="left out in Einstein notation",
        ),
        Term(
            "matrix product",
            r"\mathbf{v} \, M",
            "Row times column, added up; written without a sign.",
            _of((product, upstream @ step.tape[f"W{last}"])),
            elsewhere="`np.dot`, `np.matmul`, `@`",
        ),
        Term(
            "element-wise product",
            r"\mathbf{u} * \mathbf{v}",
            "Entry times entry, nothing is added up.",
            _of((f'step.tape["{z}"] * step.cotangent("{z}")', step.tape[z] * upstream)),
            elsewhere=r"Hadamard product, $\odot$, $\circ$; Parr and Howard write it $\otimes$",
        ),
        Term(
            "outer product",
            r"\mathbf{u} \otimes \mathbf{v}",
            r"A column times a row, $u_i v_j$: every entry of one times every entry of the other.",
            _of((outer, np.outer(upstream, below))),
            elsewhere=r"$\mathbf{u} \mathbf{v}^{\mathrm{T}}$",
        ),
        Term(
            "transpose",
            r"M^{\mathrm{T}}",
            "Rows become columns.",
            _of((f'step.tape["W{last}"].T', step.tape[f"W{last}"].T)),
            elsewhere="$M'$, $M^{*}$",
        ),
        Term(
            "diagonal matrix",
            r"\operatorname{diag}(\mathbf{v})",
            r"$\mathbf{v}$ on the diagonal, 0 elsewhere.",
            _of((f'np.diag(step.tape["{z}"])', np.diag(step.tape[z]))),
            elsewhere=r"$\operatorname{D}_{v}$",
        ),
        Term(
            "identity, unit vector",
            r"\mathbf{I}, \, \mathbf{e}_k, \, \delta_{kj}",
            r"$\delta_{kj}$ is 1 where $k = j$, else 0; $\mathbf{I}$ is the matrix of them and $\mathbf{e}_k$ its row $k$. Not the δ that other books write for a cotangent.",
            _of((f"np.eye({units})", np.eye(units))),
            elsewhere="Kronecker delta, one-hot vector",
        ),
    )


def _tape(step: TrainingStep, names: Iterable[str]) -> tuple[tuple[str, Shape], ...]:
    """Variables of the tape as expressions with their shapes."""
    return _of(*((f'step.tape["{name}"]', step.tape[name]) for name in names))


def _of(*expressions: tuple[str, FloatArray]) -> tuple[tuple[str, Shape], ...]:
    """Expressions with the shapes of their values."""
    return tuple((text, np.shape(value)) for text, value in expressions)


def _activations(step: TrainingStep) -> str:
    config = step.config
    if config.depth == 1:
        return f"{config.output_activation} of the layer's sums"
    layers = "layer's" if config.depth == 2 else "layers'"
    names = config.hidden_activations
    hidden = ", then ".join(names if len(set(names)) > 1 else names[:1])
    return f"{hidden} of the hidden {layers} sums, {config.output_activation} of the last layer's"
