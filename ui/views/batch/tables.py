"""Cells, rows and flowers as markup; what the tables of the page share. No Streamlit."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from backprop.arrays import FloatArray
from ui.draw.prose import link
from ui.draw.svg import scripts, sign_class, tag
from ui.names.numbers import exact, short
from ui.names.symbols import entries, symbol
from ui.state.data import FEATURES, SPECIES
from ui.views.batch import words
from ui.views.batch.choice import BatchChoice, species_class
from ui.views.batch.data import species_of


def unit_names(choice: BatchChoice) -> list[str]:
    """z²₁, z²₂, …: one for each row of dC/dW."""
    return entries(f"z{choice.layer}", choice.units)


def input_names(choice: BatchChoice) -> list[str]:
    """a¹₁, a¹₂, …: one for each column of W."""
    return entries(choice.below, choice.inputs)


def input_title(choice: BatchChoice, column: int) -> str:
    """What a column is, in words."""
    if column == choice.inputs:
        return words.INPUT_OF_BIAS
    return FEATURES[column] if choice.layer == 1 else f"unit {column + 1} of layer {choice.layer - 1}"


def unit_title(choice: BatchChoice, row: int) -> str:
    """What a row is, in words."""
    return SPECIES[row] if choice.layer == choice.settings.config.depth else f"unit {row + 1}"


def scale_of(values: FloatArray) -> float:
    """The size that gets the strongest colour."""
    return float(np.abs(values).max()) or 1.0


def shade(value: float, scale: float) -> str:
    """How much of its colour a cell has, for its style attribute."""
    return f"--share:{min(1.0, abs(value) / scale):.2f}"


def cell(
    value: float, scale: float, key: str, class_: str = "", href: str | None = None, said: str = ""
) -> str:
    """A coloured cell with its number; a link if it has an address."""
    content = short(value)
    if href is not None:
        current = "true" if "bp-chosen" in class_ else None
        content = link(content, href, aria_label=f"{said}: {content}", aria_current=current)
    # Written out, since there are hundreds, of numbers and names alone: `tag` takes three times as long.
    return (
        f'<td class="{f"{sign_class(value)} {class_}".strip()}" style="{shade(value, scale)}" '
        f'data-cell="{key}" data-value="{exact(value)}">{content}</td>'
    )


@lru_cache(maxsize=512)  # a view has a hundred, and all views share them
def head(text: str, title: str = "", class_: str = "", span: int = 1) -> str:
    """Name of a column, or of a block of columns."""
    return tag(
        "th",
        scripts(text),
        scope="col",
        title=title or None,
        class_=class_ or None,
        colspan=str(span) if span > 1 else None,
    )


def row_name(text: str, class_: str = "", span: int = 1, title: str = "") -> str:
    """Name of a row."""
    return tag(
        "th",
        scripts(text),
        scope="row",
        class_=class_ or None,
        colspan=str(span) if span > 1 else None,
        title=title or None,
    )


def gap() -> str:
    """Blank space between two blocks."""
    return tag("td", class_="bp-gap")


def blank(span: int) -> str:
    """Empty cells."""
    return tag("td", class_="bp-gap", colspan=str(span))


def unit_heads(choice: BatchChoice, units: range) -> list[str]:
    """Names of the columns of D."""
    names = unit_names(choice)
    return [head(names[k], unit_title(choice, k)) for k in units]


def matrix_table(rows: Sequence[Sequence[str]], said: str, class_: str = "") -> str:
    """Rows of cells as a table that scrolls sideways in its own box."""
    body = (tag("tr", *cells) for cells in rows)
    return tag(
        "div",
        tag("table", tag("tbody", *body), aria_label=said, class_=f"bp-matrices {class_}".strip()),
        class_="bp-scroll",
    )


def swatch(flower: int) -> str:
    """A flower's number behind the colour of its species."""
    mark = tag("span", class_=f"bp-swatch {species_class(flower)}", title=SPECIES[species_of(flower)])
    return mark + str(flower)


def flower_head(flower: int, href: str | None = None, class_: str = "") -> str:
    """Name of a flower's row."""
    content = swatch(flower)
    if href is not None:
        said = f"Flower {flower}, {SPECIES[species_of(flower)]}"
        content = link(content, href, aria_label=said)
    return tag("th", content, scope="row", class_=class_ or None)


def below_symbol(choice: BatchChoice) -> str:
    """Such as a¹, or x."""
    return symbol(choice.below)
