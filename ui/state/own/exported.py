"""The CSV file of a view's arrays, read as the lines of numbers of one's own."""

import re
from collections.abc import Mapping

from ui.names.statements import NotRead, Problem
from ui.state.own import words

HEAD = ("array", "kind", "index0", "index1", "index2", "value")
_GIVEN = re.compile(r"[xy]|[Wb][1-9]")
"""Everything else in the file is computed from these."""


def as_lines(text: str) -> str:
    """Lines such as x = [0.05, 0.10] of that file; any other text as it is.

    Raises:
        NotRead: if a row of the file is broken.
    """
    head, _, rest = text.lstrip("\ufeff \t\r\n").partition("\n")
    if tuple(head.strip().split(",")) != HEAD:
        return text
    found: dict[str, dict[str, list[str]]] = {}
    for line, each in enumerate(rest.splitlines(), start=2):
        row = each.strip().split(",")
        if len(row) != len(HEAD):
            if each.strip():
                raise NotRead(Problem(line, words.broken_row(HEAD, each)))
            continue
        name, kind, first, second, _, value = row
        if kind == "value" and _GIVEN.fullmatch(name):
            found.setdefault(name, {}).setdefault(first if second else "", []).append(value)
    return "\n".join(f"{name} = {_written(rows)}" for name, rows in found.items())


def _written(rows: Mapping[str, list[str]]) -> str:
    """A matrix by its rows; a vector is the row without a number."""
    said = [f"[{', '.join(row)}]" for row in rows.values()]
    return said[0] if "" in rows else f"[{', '.join(said)}]"
