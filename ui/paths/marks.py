"""What the parts of the page share: marks of paths, tables, numbers with all their digits. No Streamlit."""

from collections.abc import Collection, Iterable, Sequence

from ui.data import output_names
from ui.numbers import exact, signed
from ui.settings import Settings
from ui.stage.names import symbol
from ui.svg import scripts, tag


def circled(k: int) -> str:
    """The mark of path k (0-based): ①, ②, …, ⑩, (11), … (16), since few fonts have ⑪."""
    return chr(ord("①") + k) if k < 10 else f"({k + 1})"


def circles(paths: Collection[int]) -> str:
    """Such as "① and ③"."""
    *first, last = (circled(k) for k in sorted(paths))
    return f"{', '.join(first)} and {last}" if first else last


def sum_names(settings: Settings, layer: int) -> list[str]:
    """z²₁ setosa, … for the last layer; z²₁, … for the others."""
    names = [symbol(f"z{layer}", k) for k in range(settings.config.layer_sizes[layer])]
    if layer < settings.config.depth:
        return names
    outputs = output_names(settings.config)
    return [f"{name} {output}" for name, output in zip(names, outputs, strict=True)]


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
    head: Sequence[str], rows: Sequence[Sequence[str]], class_: str = "", marked: int | None = None
) -> str:
    """A table that scrolls sideways in its own box; row `marked` stands out."""
    header = tag("tr", *(tag("th", scripts(name), scope="col") for name in head))
    body = (
        tag("tr", *cells, class_="bp-marked-row" if index == marked else None)
        for index, cells in enumerate(rows)
    )
    content = tag("table", tag("thead", header), tag("tbody", *body), class_=f"bp-table {class_}".strip())
    return tag("div", content, class_="bp-scroll")


def heading(text: str) -> str:
    """Heading of a section."""
    return tag("h2", scripts(text), class_="bp-heading")


def paragraph(text: str, class_: str | None = None) -> str:
    """Plain text as a paragraph."""
    return tag("p", scripts(text), class_=class_)
