"""The rest of the glossary: update, batch, signs. No Streamlit."""

import numpy as np

from backprop import TrainingStep
from ui.names.equations import symbol
from ui.names.numbers import as_typed
from ui.state.data import observation_word
from ui.views.notation.glossary import Term, of


def training_terms(step: TrainingStep) -> tuple[Term, ...]:
    """What the update and the batch add."""
    first = step.updates[0]
    inputs, outputs = step.tape["x"].size, step.tape["y"].size
    word = observation_word(step.config)
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
            rf"-\eta \frac{{dC}}{{d{symbol(first.name)}}}",
            "What is added to a parameter.",
            of(("step.updates[0].step", first.step)),
            elsewhere=f"$\\Delta {symbol(first.name)}$, update",
        ),
        Term(
            "batch size",
            "N",
            f"How many {word}s share one update. Inputs are then the rows of $X$, shape (N, {inputs}), "
            f"targets those of $Y$, shape (N, {outputs}), and the gradient is the mean of theirs: "
            "`loss_and_gradients(config, params, X, Y)`.",
            values="N = 1 in this step",
            elsewhere="$m$, $B$, $n$",
        ),
        Term(
            "rows of cotangents",
            "D",
            rf"Row $n$ is $\partial C / \partial \mathbf{{z}}^l$ of {word} $n$; with their inputs as the "
            r"rows of $A$, the mean gradient is $D^{\mathrm{T}} A / N$. "
            f"This product sums over {word}s, not over paths.",
            elsewhere="$\\Delta$, `dZ`",
        ),
    )


def sign_terms(step: TrainingStep) -> tuple[Term, ...]:
    """The signs between them, and indices."""
    last = step.config.depth
    z, a = f"z{last}", f"a{last - 1}"
    upstream, below = step.cotangent(z), step.tape[a]
    units = upstream.size
    product, outer = (
        f'step.cotangent("{z}") @ step.tape["W{last}"]',
        (f'np.outer(step.cotangent("{z}"), step.tape["{a}"])'),
    )
    return (
        Term(
            "indices",
            "k, j, i",
            "$k$: a unit of the equation's output, so the number of a path. $j$: an entry of its input. "
            "$i$: the row of a weight.",
            elsewhere="from 1 in formulas, from 0 in code",
        ),
        Term(
            "sum over paths",
            r"\sum_k",
            "Add up, $k$ from 1 to the number of outputs of the equation.",
            of((f'step.vjp("{z}", "{a}").path_terms.sum(axis=0)', step.vjp(z, a).path_terms.sum(axis=0))),
            elsewhere="left out in Einstein notation",
        ),
        Term(
            "matrix product",
            r"\mathbf{v} \, M",
            "Row times column, added up; written without a sign.",
            of((product, upstream @ step.tape[f"W{last}"])),
            elsewhere="`np.dot`, `np.matmul`, `@`",
        ),
        Term(
            "element-wise product",
            r"\mathbf{u} * \mathbf{v}",
            "Entry times entry, nothing is added up.",
            of((f'step.tape["{z}"] * step.cotangent("{z}")', step.tape[z] * upstream)),
            elsewhere=r"Hadamard product, $\odot$, $\circ$; Parr and Howard write it $\otimes$",
        ),
        Term(
            "outer product",
            r"\mathbf{u} \otimes \mathbf{v}",
            r"A column times a row, $u_i v_j$: every entry of one times every entry of the other.",
            of((outer, np.outer(upstream, below))),
            elsewhere=r"$\mathbf{u} \mathbf{v}^{\mathrm{T}}$",
        ),
        Term(
            "transpose",
            r"M^{\mathrm{T}}",
            "Rows become columns.",
            of((f'step.tape["W{last}"].T', step.tape[f"W{last}"].T)),
            elsewhere="$M'$, $M^{*}$",
        ),
        Term(
            "diagonal matrix",
            r"\operatorname{diag}(\mathbf{v})",
            r"$\mathbf{v}$ on the diagonal, 0 elsewhere.",
            of((f'np.diag(step.tape["{z}"])', np.diag(step.tape[z]))),
            elsewhere=r"$\operatorname{D}_{v}$",
        ),
        Term(
            "identity, unit vector",
            r"\mathbf{I}, \, \mathbf{e}_k, \, \delta_{kj}",
            r"$\delta_{kj}$ is 1 where $k = j$, else 0; $\mathbf{I}$ is the matrix of them and "
            r"$\mathbf{e}_k$ "
            "its row $k$. Not the δ that other books write for a cotangent.",
            of((f"np.eye({units})", np.eye(units))),
            elsewhere="Kronecker delta, one-hot vector",
        ),
    )
