"""What the page's tables share: rich text, shapes, tables that become cards on a phone."""

import re
from collections.abc import Sequence
from html import escape

from ui.draw.svg import scripts, tag
from ui.names.equations import mathml

Shape = tuple[int, ...]

_SPECIAL = re.compile(r"(\$[^$]+\$|`[^`]+`)")


def rich(text: str) -> str:
    """HTML of a text with $LaTeX$ and `code` in it."""
    return "".join(_rich_part(part) for part in _SPECIAL.split(text))


def formula(latex: str) -> str:
    """HTML of a formula on a line of its own, which scrolls in its box where it is too wide."""
    return tag("div", mathml(latex, block=True), class_="bp-line-formula")


def code(text: str) -> str:
    """HTML of one line of Python."""
    return tag("code", escape(text))


def paragraph(text: str) -> str:
    """A text with $LaTeX$ and `code` as a paragraph."""
    return tag("p", rich(text), class_="bp-note")


def table(
    name: str, head: Sequence[str], rows: Sequence[Sequence[str]], marked_column: int | None = None
) -> str:
    """A table with a caption for screen readers; on a phone each row becomes a card.

    Args:
        name: what the table is.
        head: names of the columns.
        rows: cells, as HTML; the first of a row names it.
        marked_column: a column that stands out.
    """

    def marked(column: int) -> str | None:
        return "bp-marked-column" if column == marked_column else None

    header = (
        tag("th", scripts(label), scope="col", class_=marked(column)) for column, label in enumerate(head)
    )
    body = (
        tag(
            "tr",
            tag("th", cells[0], scope="row"),
            *(
                tag("td", cell, data_label=label, class_=marked(column))
                for column, (label, cell) in enumerate(zip(head[1:], cells[1:], strict=True), start=1)
            ),
        )
        for cells in rows
    )
    return tag(
        "table",
        tag("thead", tag("tr", *header)),
        tag("tbody", *body),
        class_="bp-notation",
        aria_label=name,
    )


def _rich_part(part: str) -> str:
    if part.startswith("$"):
        return mathml(part[1:-1])
    if part.startswith("`"):
        return code(part[1:-1])
    return scripts(part)
