"""QR codes as SVG: black on white in both themes, with the quiet zone that scanners need."""

from dataclasses import dataclass

import segno

QUIET_ZONE = 4
"""Modules of white around the code; the standard asks for four."""

DENSE_VERSION = 15
"""Codes above it have more than 77 modules a side, too fine for a camera in the last row."""


@dataclass(frozen=True, slots=True)
class QRCode:
    """A code to show.

    Attributes:
        svg: the drawing, which fills its box.
        is_dense: whether it is too fine to be read from far away.
    """

    svg: str
    is_dense: bool


def qr_code(link: str) -> QRCode | None:
    """The code of a link; None if it is longer than any code can hold."""
    try:
        # The lowest level gives the largest modules; segno raises it where that costs nothing.
        code = segno.make_qr(link, error="l")
    except segno.DataOverflowError:
        return None
    svg = code.svg_inline(border=QUIET_ZONE, dark="#000", light="#fff", omitsize=True)
    svg = svg.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)  # for the file
    return QRCode(svg, int(code.version) > DENSE_VERSION)
