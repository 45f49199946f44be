r"""LaTeX of the subject's formulas, and MathML made from it on the server.

Names are those of the tape: z2 is \mathbf{z}^{2}, W1 is W^{1}, C is C.
"""

import re
from functools import lru_cache

from latex2mathml.converter import convert

_NAMESPACE = ' xmlns="http://www.w3.org/1998/Math/MathML"'  # which HTML knows
_THIN_SPACE = '<mspace width="0.167em" />'
_APPLY = "<mo>&#x02061;</mo>"
_PARENTHESIS = "&#x00028;"
_NAME = re.compile(r"<mo>([A-Za-z]{2,})</mo>")
_FUNCTION = re.compile(rf"(?<!<msup>)(?<!<msub>)<mi>[a-z]{{2,}}</mi>(<mo [^>]*>{_PARENTHESIS}|</|)")
_FACTOR_BEFORE = re.compile(
    rf"(</m(?:i|n|sub|sup|subsup|frac)>|&#x00029;</mo>)(?=<mi>[a-z]{{2,}}</mi>{_APPLY})"
)
_UNARY_MINUS = re.compile(r"(<mo>&#x(?:0003D|02248);</mo>)<mo>&#x02212;</mo>")


@lru_cache(maxsize=2048)
def mathml(latex: str, block: bool = False) -> str:
    """The formula as a MathML element, on a line of its own if `block`.

    Args:
        latex: a formula written by this program, never text of a user.
        block: display style, with limits above and below sums.
    """
    markup = convert(latex, display="block" if block else "inline")
    return _spaced(markup.replace(_NAMESPACE, ""))


def _spaced(markup: str) -> str:
    """With the spaces of TeX that browsers leave out or add: ln a, and not lna; max(0, z); = −y.

    A name of several letters is a function here; text is mtext.
    """
    markup = _NAME.sub(r"<mi>\1</mi>", markup)
    markup = _FUNCTION.sub(_applied, markup)
    markup = _FACTOR_BEFORE.sub(rf"\1{_THIN_SPACE}", markup)
    return _UNARY_MINUS.sub(r'\1<mo form="prefix">&#x02212;</mo>', markup)


def _applied(match: re.Match[str]) -> str:
    """A function's name and what ties it to its argument; nothing where none follows."""
    after = match[1]
    name = match[0].removesuffix(after)
    if after == "</":
        return match[0]
    return f"{name}{_APPLY}{'' if after else _THIN_SPACE}{after}"


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


def gradient_of(parameter: str) -> str:
    """LaTeX of dC/d of a parameter or of one of its entries, already in LaTeX."""
    return rf"\frac{{dC}}{{d{parameter}}}"


def entry_partial(output: str, wrt: str) -> str:
    """LaTeX of ∂output/∂wrt for two entries, already in LaTeX."""
    return rf"\frac{{\partial {output}}}{{\partial {wrt}}}"
