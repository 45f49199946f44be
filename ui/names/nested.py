"""Rows of numbers, from what stands between brackets and separators."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from ui.names import words
from ui.names.statements import NotRead, Problem, Statement, Token

MOST_NESTED = 4


@dataclass(slots=True)
class _Group:
    """What stands between two brackets, and for every child what parts it from the one before."""

    children: "list[Token | _Group]" = field(default_factory=list)
    parted: list[str] = field(default_factory=list)
    separator: str = ""
    is_bracketed: bool = False


def _tree(items: Sequence[Token], statement: Statement) -> _Group:
    stack = [_Group()]
    for token in items:
        top = stack[-1]
        if token.is_word:
            _take(top, token)
        elif token.text in "[(":
            if len(stack) > MOST_NESTED:
                raise NotRead(Problem(token.line, words.too_deep(statement.name)))
            group = _Group(is_bracketed=True)
            _take(top, group)
            stack.append(group)
        elif token.text in "])":
            if len(stack) > 1:
                _close(top, token)
                stack.pop()
        else:
            top.separator += token.text
    return stack[0]


def _take(group: _Group, child: "Token | _Group") -> None:
    """Add a child, after what was left out between two separators."""
    line, separator = (child.line if isinstance(child, Token) else 0), group.separator
    for _ in range(_left_out(separator, not group.children, group.is_bracketed)):
        group.children.append(Token("" if "," in separator else "\t", line))
        group.parted.append(separator)
        separator = ","
    group.children.append(child)
    group.parted.append(separator)
    group.separator = ""


def _left_out(separator: str, is_first: bool, is_bracketed: bool) -> int:
    """How many entries these separators have no number for; tabs in brackets are but blanks."""
    if is_bracketed:
        return max(separator.count(",") - (not is_first), 0)
    last_line = separator.rpartition("\n")[2]
    count = last_line.count(",") or last_line.count("\t")
    return count if is_first or "\n" in separator else max(count - 1, 0)


def _close(group: _Group, token: Token) -> None:
    if not group.children:
        group.children.append(Token("", token.line))
        group.parted.append("")


def rows_of(
    items: Sequence[Token], statement: Statement, is_decimal_comma: bool
) -> tuple[list[list[Token]], int]:
    """Rows of numbers, and how many indices an entry has."""
    body = _tree(items, statement)
    group, brackets = body, 0
    if len(body.children) == 1 and isinstance(body.children[0], _Group):
        group, brackets = body.children[0], 1
    inner = [child for child in group.children if isinstance(child, _Group)]
    if inner:
        if len(inner) != len(group.children):
            raise NotRead(Problem(statement.line, words.mixed(statement.name)))
        return [_vector(child, statement) for child in inner], 2
    rows = _split(group, is_bracketed=brackets > 0)
    if len(rows) > 1:
        is_list = (
            is_decimal_comma and all(len(row) == 1 for row in rows) and "\n" not in "".join(group.parted[1:])
        )
        return rows, 1 if is_list else 2
    return rows, 1 if brackets or len(rows[0]) > 1 else 0


def _vector(group: _Group, statement: Statement) -> list[Token]:
    if any(isinstance(child, _Group) for child in group.children):
        raise NotRead(Problem(statement.line, words.too_deep(statement.name)))
    return [child for child in group.children if isinstance(child, Token)]


def _split(group: _Group, is_bracketed: bool) -> list[list[Token]]:
    """Rows: by line, or by semicolon where semicolons do not part the numbers of a line.

    A comma at the end of a line in brackets goes on in the next one.
    """
    lines = _split_where(group, lambda parted: "\n" in parted and not (is_bracketed and "," in parted))
    by_semicolon = _split_where(group, lambda parted: ";" in parted and "\n" not in parted)
    both = _split_where(
        group,
        lambda parted: ";" in parted or ("\n" in parted and not (is_bracketed and "," in parted)),
    )
    if len(lines) == 1:
        return both
    if len(by_semicolon) > 1 and not is_bracketed and all(len(row) == 1 for row in both):
        return lines
    if len(by_semicolon) > 1:
        return both
    *whole, last = [len(row) for row in lines]
    if is_bracketed and len(set(whole)) == 1 and last < whole[0] and ";" not in "".join(group.parted):
        return [[token for line in lines for token in line]]  # a long vector as NumPy prints it
    return lines


def _split_where(group: _Group, breaks: Callable[[str], bool]) -> list[list[Token]]:
    rows: list[list[Token]] = []
    for child, parted in zip(group.children, group.parted, strict=True):
        assert isinstance(child, Token)
        if not rows or breaks(parted):
            rows.append([])
        rows[-1].append(child)
    return rows
