"""The two layouts of matrix calculus, as rules for shapes.

Numerator layout puts the axes of what is differentiated first: ∂y/∂x is (len y, len x), and ∂C/∂x, with the
scalar C as one row, is (1, len x). Denominator layout puts the axes of what it is differentiated by first:
(len x, len y) and (len x, 1). Both keep the order within a variable, so ∂z/∂W is (m, m, n) or (m, n, m), and
the gradient of a matrix, where the axis of length 1 is left out, has the matrix's shape in either layout, as
the update W − η dC/dW needs. (Strict numerator layout would give ∂C/∂W the shape of Wᵀ.)
"""

from backprop import MLPConfig
from ui.names.equations import symbol
from ui.state.parameters import LAYOUTS
from ui.views.notation.markup import Shape

NUMERATOR, DENOMINATOR = LAYOUTS

TRANSPOSED = r"^{\mathrm{T}}"


def variable_shape(config: MLPConfig, name: str) -> Shape:
    """Shape of a variable of the tape, such as (3, 5) for W2; () for C."""
    letter, layer = name[0], int(name[1:] or 0)
    if letter == "C":
        return ()
    if letter == "y":
        return (config.layer_sizes[-1],)
    units = config.layer_sizes[layer]
    return (units, config.layer_sizes[layer - 1]) if letter == "W" else (units,)


def derivative_shape(config: MLPConfig, output: str, wrt: str, layout: str) -> Shape:
    """Shape of ∂output/∂wrt in a layout."""
    above, below = variable_shape(config, output), variable_shape(config, wrt)
    if output == "C":
        if len(below) == 2:
            return below
        above = (1,)
    return (*above, *below) if layout == NUMERATOR else (*below, *above)


def transpose(latex: str) -> str:
    """LaTeX of a transposed factor."""
    return rf"\left({latex}\right){TRANSPOSED}"


def in_layout(latex: str, turned_in: str, layout: str) -> str:
    """The factor, transposed in the layout `turned_in`."""
    return transpose(latex) if layout == turned_in else latex


def transposed_symbol(name: str) -> str:
    """LaTeX of a transposed variable, such as (a¹)ᵀ."""
    return transpose(symbol(name))
