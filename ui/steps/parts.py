"""What a step of the stage shows: sentence, formula, tables, the written-out entry, the NumPy line.

The written-out entry is a list of tokens, which the stage fills with the numbers of the chosen entry:
a string stands for itself; `cell(table, row, column)` for a number, where row and column are an index or
one of the letters i, j, k; `total("k", n, …)` for a sum over k; `choice("i", "j", …)` for one of two
texts; `each("i", …)` for one of as many texts as the index has values; `named("z1", "j")` for the name of
an entry. `since(…)` stands for the value itself and says why it is that. i, j are the row and column of the
chosen entry of the result; k of its block in a 3-index table. The stage puts a negative number in brackets
where it follows a sign.
"""

import re
from dataclasses import dataclass
from typing import Any

from ui.names.symbols import symbol

Token = str | dict[str, Any]
Row = list[str | dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Content:
    """What one step of the timeline shows.

    Attributes:
        title: what happens, in a few words.
        say: what to look at, in a sentence or two.
        formula: LaTeX of the rule.
        rows: lines of tables and signs between them, as `row` makes them.
        results: the tables this step computes, each with the tokens of a written-out entry.
        numpy: the lines that compute it.
        paths: how many paths a sum has, here or where a Jacobian is used; None in steps that are neither.
        badge: the same in words, empty where `paths` is None.
        opens: table, row and column of the entry written out at first; None leaves it to the stage.
    """

    title: str
    say: str
    formula: str
    rows: list[Row]
    results: dict[str, list[Token]]
    numpy: str
    paths: int | None = None
    badge: str = ""
    opens: tuple[str, int, int] | None = None


def cell(table: str, row: int | str, column: int | str) -> Token:
    """The number in one cell of a table."""
    return {"cell": [table, row, column]}


def total(index: str, count: int, *tokens: Token, product: Token | None = None) -> Token:
    """Σ over index = 0..count − 1 of the tokens; `product` is the cell that holds one term's value."""
    summed: dict[str, Any] = {"sum": index, "count": count, "tokens": list(tokens)}
    return summed if product is None else summed | {"product": product}


def choice(left: str, right: str, equal: list[Token], different: list[Token]) -> Token:
    """The first tokens where the two indices are equal, the others where they differ."""
    return {"equal": [left, right], "then": equal, "else": different}


def each(index: str, texts: list[list[Token]]) -> Token:
    """The tokens at the place that the index has."""
    return {"each": index, "of": texts}


def named(variable: str, *indices: str) -> Token:
    """The name of an entry, such as z¹₂ or w¹₂₃."""
    return {"name": symbol(variable).lower(), "at": list(indices)}


def since(*tokens: Token) -> Token:
    """The entry's value and its reason: "0, since …"; nothing stands beside it."""
    return {"since": list(tokens)}


def row(template: str) -> Row:
    """A row of the stage: tables, which have a colon in their names, and the signs between them.

    Such as "z1:cotangentᵀ ⊗ x:valueᵀ = W1:gradient"; ᵀ transposes a table. "z2/a1:path_terms↓a1:cotangent"
    has the second table under the first, column by column: the sums.
    """
    parts = filter(None, re.split(r" ?(\S+:\S+) ?", template))
    return [_table(part) if ":" in part else part for part in parts]


def _table(part: str) -> dict[str, Any]:
    name, _, below = part.partition("↓")
    shown: dict[str, Any] = {"table": name.removesuffix("ᵀ")}
    if name.endswith("ᵀ"):
        shown["transposed"] = True
    return shown | {"below": below} if below else shown


def written(template: str, count: int, index: str, **names: str) -> list[Token]:
    """Tokens of a template of backprop.kinds.Formulas.

    Args:
        template: such as "−(Σ[{y} · ln {a}])"; {other} is of column j.
        count: terms of a sum.
        index: of the unit whose numbers are put in; in a sum it is k.
        names: the tables of the numbers, such as a="a2:value".
    """
    tokens: list[Token] = []
    for part in filter(None, _PARTS.split(template)):
        key = part.strip("{}")
        if part.startswith("Σ["):
            tokens.append(total("k", count, *written(part[2:-1], count, "k", **names)))
        elif part.startswith("{"):
            row = "j" if key == "other" else index
            is_name = key not in names
            tokens.append(named(names[key[0]].split(":")[0], row) if is_name else cell(names[key], row, 0))
        else:
            tokens.append(part)
    return [since(*tokens)] if re.search(r"\{[az]i\}", template) else tokens


_PARTS = re.compile(r"(Σ\[.*?\]|\{\w+\})")
