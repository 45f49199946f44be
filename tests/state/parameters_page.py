"""docs/parameters.md, from the table. `.venv/bin/python -m tests.state.parameters_page` writes it anew."""

from collections.abc import Iterator

from tests.server import ROOT
from ui.state.pages import TITLES
from ui.state.parameters import PARAMETERS
from ui.state.rows import Parameter

FILE = ROOT / "docs" / "parameters.md"

OPENING = """# Parameters of a link

Every view is a link: its page, then `?` and the parameters below, with `&` between them, such as
`/paths?flower=51&unit=4`. What a link leaves out is at its default; what it gets wrong is told on the page.
This file is written from `ui/state/parameters.py` by `.venv/bin/python -m tests.state.parameters_page`.
"""


def parameters_page() -> str:
    return "\n".join([OPENING, *_lines()])


def _lines() -> Iterator[str]:
    for page in dict.fromkeys(row.page for row in PARAMETERS.values()):
        yield f"## {TITLES[page] if page else 'Every page'}"
        yield "| parameter | what it sets | takes | default |"
        yield "|---|---|---|---|"
        yield from (_line(row) for row in PARAMETERS.values() if row.page == page)
        yield ""


def _line(row: Parameter) -> str:
    default = row.shown or row.default_text or "the page's choice"
    also = f"; on the {row.also_of}, too" if row.also_of else ""
    return f"| `{row.key}` | {row.name or row.label}{also} | {row.limits or row.expected} | {default} |"


if __name__ == "__main__":
    FILE.write_text(parameters_page(), encoding="utf-8")
