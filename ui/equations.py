r"""LaTeX of the subject's formulas, and MathML made from it on the server.

Names are those of the tape: z2 is \mathbf{z}^{2}, W1 is W^{1}, C is C.
"""

from functools import lru_cache

from latex2mathml.converter import convert


@lru_cache(maxsize=2048)
def mathml(latex: str, block: bool = False) -> str:
    """The formula as a MathML element, on a line of its own if `block`.

    Args:
        latex: a formula written by this program, never text of a user.
        block: display style, with limits above and below sums.
    """
    return convert(latex, display="block" if block else "inline")


def symbol(name: str) -> str:
    """LaTeX of a variable of the tape: vectors bold, matrices upper-case, the layer as superscript."""
    letter, layer = name[0], name[1:]
    base = letter if letter.isupper() else rf"\mathbf{{{letter}}}"
    return f"{base}^{{{layer}}}" if layer else base


def entry(name: str, *indices: str | int) -> str:
    """LaTeX of one entry of a variable, such as a^1_2 or W^2_{0,2}; never bold, since it is a number."""
    letter, layer = name[0], name[1:]
    base = letter.lower() if letter == "W" else letter
    raised = f"^{{{layer}}}" if layer else ""
    lowered = f"_{{{','.join(map(str, indices))}}}" if indices else ""
    return base + raised + lowered


def partial(output: str, wrt: str) -> str:
    """LaTeX of ∂output/∂wrt for two variables of the tape."""
    return rf"\frac{{\partial {symbol(output)}}}{{\partial {symbol(wrt)}}}"


def entry_partial(output: str, wrt: str) -> str:
    """LaTeX of ∂output/∂wrt for two entries, already in LaTeX."""
    return rf"\frac{{\partial {output}}}{{\partial {wrt}}}"
