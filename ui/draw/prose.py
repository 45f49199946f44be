"""What the parts of the page share: marks of paths, tables, numbers with all their digits."""

from collections.abc import Iterable, Sequence
from html import escape

import streamlit as st

from ui.draw.svg import scripts, tag
from ui.names.numbers import exact, signed


def number_cell(value: float, key: str, class_: str = "", text: str | None = None) -> str:
    """A table cell that carries all digits of its number."""
    shown = signed(value) if text is None else text
    kind = f' class="{class_}"' if class_ else ""
    # Written out, since a page has a hundred: `tag` takes three times as long.
    return f'<td{kind} data-cell="{key}" data-value="{exact(value)}">{shown}</td>'


def text_cell(text: str) -> str:
    """A table cell of words or counts."""
    return tag("td", scripts(text))


def row_head(text: str) -> str:
    """First cell of a row."""
    return tag("th", scripts(text), scope="row")


def count_cells(counts: Iterable[int]) -> list[str]:
    """Cells of whole numbers, with commas."""
    return [tag("td", f"{count:,}") for count in counts]


def table(
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    class_: str = "",
    marked: int | None = None,
    is_focusable: bool = False,
) -> str:
    """A table that scrolls sideways in its own box, by keyboard if focusable; row `marked` stands out."""
    header = tag("tr", *(tag("th", scripts(name), scope="col") for name in head))
    body = (
        tag("tr", *cells, class_="bp-marked-row" if index == marked else None)
        for index, cells in enumerate(rows)
    )
    content = tag("table", tag("thead", header), tag("tbody", *body), class_=f"bp-table {class_}".strip())
    return tag("div", content, class_="bp-scroll", tabindex="0" if is_focusable else None)


def heading(text: str) -> str:
    """Heading of a section."""
    return tag("h2", scripts(text), class_="bp-heading")


def paragraph(text: str, class_: str | None = None) -> str:
    """Plain text as a paragraph."""
    return tag("p", scripts(text), class_=class_)


def widget_text(text: str) -> str:
    """Plain text for a button or an option, in which Streamlit reads Markdown."""
    return "".join(f"\\{each}" if each in "\\`*_{}[]()#+-.!~|<>:$" else each for each in text)


def page_heading(title: str, sentence: str, beside: str = "") -> None:
    """The page's name and one sentence on what to look at; `beside` is HTML such as a link."""
    heading = f'<h1 class="bp-title">{escape(title)}</h1><p class="bp-lead">{escape(sentence)}</p>'
    st.html(f'<div class="bp-opening"><div>{heading}</div>{beside}</div>' if beside else heading)


def link(content: str, href: str, **attributes: str | None) -> str:
    """Markup as a link to a view of this app; `href` comes from Settings.link."""
    return tag("a", content, data_app_link="", href=href, target="_self", **attributes)


def page_link(label: str, href: str, primary: bool = False) -> str:
    """HTML of a link to another page; `href` comes from Settings.link."""
    kind = "bp-button bp-primary" if primary else "bp-button"
    return f'<a class="{kind}" data-app-link href="{escape(href)}" target="_self">{escape(label)}</a>'
