"""SVG and HTML as strings, with all text escaped."""

import re
from functools import lru_cache
from html import escape

# Few fonts have these digits, so they are drawn from plain ones: raised, or lowered, and smaller.
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_LOWERED = str.maketrans("₀₁₂₃₄₅₆₇₈₉ₖⱼᵢ", "0123456789kji")
_RUNS = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹]+|[₀₁₂₃₄₅₆₇₈₉ₖⱼᵢ]+|[^⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉ₖⱼᵢ]+")
_SCRIPT_SIZE = 12.0
_CIRCLED = re.compile(r"\((1[1-6])\)")  # the mark of a path above ⑩: ui.names.symbols.circled
TEXTS = 8192
"""Texts whose markup is kept, some 300 bytes each: names, which all views share, and short numbers."""

_SPECIAL = re.compile("[&<>\"']").search
CENTRED = "0.35em"
"""How far below its line a text is drawn; browsers differ in dominant-baseline, but not in this."""


def tag(name: str, *children: str, **attributes: str | float | None) -> str:
    """One element. Children are markup already; an attribute that is None is left out.

    Attribute names take _ for - and a trailing _ where Python reserves the word.
    """
    shown = "".join(
        [
            _attribute(key, value) if key in _OF_ONE_VIEW else _common_attribute(key, value)
            for key, value in attributes.items()
            if value is not None
        ]
    )
    return f"<{name}{shown}>{''.join(children)}</{name}>"


_OF_ONE_VIEW = {"d", "href", "style", "title", "aria_label", "data_value"}
"""Attributes that are long, or differ from view to view; the others are classes, names and places."""


def _attribute(key: str, value: str | float) -> str:
    text = _text(value)
    # Most texts are numbers: a look for what must be escaped takes a quarter of the time of escaping.
    return f' {key.rstrip("_").replace("_", "-")}="{escape(text) if _SPECIAL(text) else text}"'


_common_attribute = lru_cache(maxsize=TEXTS)(_attribute)


def label(
    x: float, y: float, text: str, class_: str = "", anchor: str = "middle", **more: str | float
) -> str:
    """Text at a point, vertically centred on it."""
    return tag(
        "text", _scripts(text), x=x, y=y, dy=CENTRED, text_anchor=anchor, class_=class_ or None, **more
    )


def sign_class(value: float) -> str:
    """Class of the colour for a number's sign; styles also dash what is negative."""
    return "bp-pos" if value > 0 else "bp-neg" if value < 0 else "bp-zero"


def one_element(*sections: str) -> str:
    """Markup for one call of st.markdown that looks like several; each call takes 0.2 ms."""
    return "".join(tag("div", section, style="display:flow-root") for section in sections)


def drawing(width: float, height: float, description: str, *children: str, class_: str = "") -> str:
    """An SVG that fills its column and is one image for screen readers."""
    return tag(
        "svg",
        *children,
        viewBox=f"0 0 {_text(width)} {_text(height)}",
        fill="none",  # until the styles are there, which set every colour: else boxes flash up black
        role="img",
        aria_label=description,
        class_=f"bp-drawing {class_}".strip(),
    )


@lru_cache(maxsize=TEXTS)
def scripts(text: str) -> str:
    """HTML of a text, and text for Plotly: digits raised and lowered, marks of paths above ⑩ in circles."""
    marked = []
    for run in _RUNS.findall(text):
        raised, lowered = run.translate(_RAISED), run.translate(_LOWERED)
        plain = escape(run)
        marked.append(
            f"<sup>{raised}</sup>" if raised != run else f"<sub>{lowered}</sub>" if lowered != run else plain
        )
    return _CIRCLED.sub(r'<span class="bp-circle"><span>(</span>\1<span>)</span></span>', "".join(marked))


@lru_cache(maxsize=TEXTS)
def _scripts(text: str) -> str:
    """Escaped text with a tspan for every run of raised or lowered digits, and one back to the line."""
    spans, height = [], 0.0
    for run in _RUNS.findall(text):
        if run[0] in "⁰¹²³⁴⁵⁶⁷⁸⁹":
            wanted, shown = -5.0, run.translate(_RAISED)
        else:
            shown = run.translate(_LOWERED)
            wanted = 0.0 if shown == run else 3.5
        size = _SCRIPT_SIZE if wanted else None
        flat = wanted == height == 0
        spans.append(
            escape(shown) if flat else tag("tspan", escape(shown), dy=wanted - height, font_size=size)
        )
        height = wanted
    return "".join(spans)


def _text(value: str | float | None) -> str:
    """A number with at most two decimals, as coordinates need."""
    return value if isinstance(value, str) else f"{value:.2f}".rstrip("0").rstrip(".")
