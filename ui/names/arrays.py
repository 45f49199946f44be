"""What a statement of pasted text is: number, vector or matrix, every entry with its digits and its line."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from backprop.arrays import FloatArray
from ui.names import words
from ui.names.commas import decimal_commas
from ui.names.pasted import MISSING, NotRead, Problem, Statement, Token, read_statements
from ui.names.typed import MOST_CHARACTERS, Typed, read_number

MOST_ENTRIES = 5000
MOST_NESTED = 4

_CALL = re.compile(
    r"(?:\w+\.)*(?:as)?(?:array|matrix|mat|tensor|constant|vector|list|tuple|float\d*|double|c)",
    re.ASCII | re.IGNORECASE,
)
_TRANSPOSED = ("'", ".'", ".T", "ᵀ", "^T", ".t")
_OPERATORS = "*/^%"


class Entry(NamedTuple):
    """One number.

    Attributes:
        text: as it was written.
        line: where.
        typed: value, digits and unit; None if it was left out.
    """

    text: str
    line: int
    typed: Typed | None

    @property
    def value(self) -> float:
        """The number; nan if it was left out."""
        return self.typed.value if self.typed else np.nan


@dataclass(frozen=True, slots=True, eq=False)
class Array:
    """What stands behind a name.

    Attributes:
        name: as it was spelled.
        line: where it stands, from 1.
        rows: all of the same length, one or more.
        ndim: 0 of a number alone, 1 of one row, 2 of rows, be it a single one in brackets of its own; 1 also
            of 0,5; 0,25, whose semicolons may part the numbers of a row because commas are decimal.
    """

    name: str
    line: int
    rows: tuple[tuple[Entry, ...], ...]
    ndim: int

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return len(self.rows), len(self.rows[0])

    @property
    def values(self) -> FloatArray:
        """All numbers as a matrix, nan for what was left out."""
        return np.array([[entry.value for entry in row] for row in self.rows])

    @property
    def entries(self) -> list[Entry]:
        """All entries, row after row."""
        return [entry for row in self.rows for entry in row]


@dataclass(frozen=True, slots=True, eq=False)
class Pasted:
    """A text that was read.

    Attributes:
        statements: every name with what it is.
        problems: what has no name, or no end.
    """

    statements: tuple[Statement, ...]
    problems: tuple[Problem, ...]

    def array(self, statement: Statement, can_miss: bool = False, is_number: bool = False) -> Array:
        """The numbers of a statement.

        Args:
            statement: one of them.
            can_miss: whether entries may be left out: ?, …, -, nan, or nothing between two commas.
            is_number: whether a single number must stand there, so that 0,5 is one.

        Raises:
            NotRead: what is wrong, with its lines.
        """
        return read_array(statement, is_number or statement.commas, can_miss)

    def layers(self, statement: Statement) -> list[Statement]:
        """The arrays of a list of them, such as [[[0.15, 0.20]], [[0.40]]]; [] of what is no such list."""
        found: list[Statement] = []
        depth = 0
        for token in _without_calls(statement.tokens):
            opens, closes = (not token.is_word and token.text in pair for pair in ("[(", "])"))
            if opens and depth == 1:
                found.append(Statement(statement.name, token.line, commas=statement.commas))
            if token.is_word and depth < 2:
                return []
            depth -= closes
            if depth and found and (depth > 1 or opens or closes):
                found[-1].tokens.append(token)
            depth += opens
        return found


def read_pasted(text: str) -> Pasted:
    """Take a text apart; which of its commas are decimal is told by the whole of it.

    Raises:
        ValueError: if it is empty, or longer than anything that could be meant.
    """
    statements, problems = read_statements(text)
    for statement, is_decimal in zip(statements, decimal_commas(statements), strict=True):
        statement.commas = is_decimal
    return Pasted(tuple(statements), tuple(problems))


def read_array(statement: Statement, is_decimal_comma: bool | NotRead, can_miss: bool = False) -> Array:
    """See `Pasted.array`."""
    if statement.problem:
        raise NotRead(statement.problem)
    if isinstance(is_decimal_comma, NotRead):
        raise NotRead(*is_decimal_comma.problems)
    tokens = statement.tokens
    end = len(tokens)
    while end and not tokens[end - 1].is_word and tokens[end - 1].text in ",;\t\n ":
        end -= 1
    tokens = tokens[:end]
    is_transposed = len(tokens) > 1 and tokens[-1].text in _TRANSPOSED and tokens[-2].text in ("]", ")")
    tokens = _without_calls(tokens[:-1] if is_transposed else tokens)
    if not any(token.is_word for token in tokens) and not (tokens and can_miss):
        if can_miss:
            return Array(statement.name, statement.line, ((Entry("", statement.line, None),),), 0)
        raise NotRead(Problem(statement.line, words.no_numbers(statement.name)))
    items = _joined(tokens, is_decimal_comma, can_miss)
    if sum(token.is_word for token in items) > MOST_ENTRIES or len(items) > 8 * MOST_ENTRIES:
        raise NotRead(Problem(statement.line, words.too_many(statement.name, MOST_ENTRIES)))
    group = _tree(items, statement)
    rows, ndim = _rows(group, statement, is_decimal_comma)
    if not can_miss and all(row[0].text == "\t" for row in rows):  # indented
        rows = [row[1:] for row in rows]
    entries = _entries(rows, can_miss)
    lengths = [len(row) for row in rows]
    if len(set(lengths)) > 1:
        wrong = next(row for row in entries if len(row) != lengths[0])
        line = wrong[0].line if wrong else statement.line
        raise NotRead(Problem(line, words.ragged(statement.name, lengths)))
    if is_transposed:
        entries, ndim = tuple(zip(*entries, strict=True)), 2
    return Array(statement.name, statement.line, entries, ndim)


def _entries(rows: list[list[Token]], can_miss: bool) -> tuple[tuple[Entry, ...], ...]:
    problems: list[Problem] = []

    def entry(token: Token) -> Entry:
        if token.text.strip().lower() in MISSING:
            if not can_miss:
                problems.append(Problem(token.line, words.left_out(token.text)))
            return Entry(token.text, token.line, None)
        try:
            return Entry(token.text, token.line, read_number(token.text))
        except ValueError as error:
            problems.append(Problem(token.line, str(error)))
            return Entry(token.text, token.line, None)

    entries = tuple(tuple(entry(token) for token in row) for row in rows)
    if problems:
        raise NotRead(*problems)
    return entries


# --- from tokens to numbers, brackets and separators --------------------------------------------------


def _without_calls(tokens: Sequence[Token]) -> list[Token]:
    """Without np.array( … ) and its like around a list or a single number."""
    ends = _ends(tokens)
    dropped = set()
    for place, token in enumerate(tokens[:-1]):
        is_call = token.is_word and tokens[place + 1].text == "(" and _CALL.fullmatch(token.text)
        if is_call and (place == 0 or not tokens[place - 1].is_word) and place + 1 in ends:
            end = ends[place + 1]
            within = [other for other in tokens[place + 2 : min(end, place + 6)] if other.text not in " \n"]
            is_list = bool(within) and within[0].text in ("[", "(")
            is_number = sum(1 for other in tokens[place + 2 : min(end, place + 6)] if other.is_word) == 1
            if is_list or is_number or (within and _CALL.fullmatch(within[0].text)):
                dropped |= {place, place + 1, end}
    return [token for place, token in enumerate(tokens) if place not in dropped]


def _ends(tokens: Sequence[Token]) -> dict[int, int]:
    """Where every parenthesis is closed."""
    ends, opened = {}, []
    for place, token in enumerate(tokens):
        if token.text == "(" and not token.is_quoted:
            opened.append(place)
        elif token.text == ")" and not token.is_quoted and opened:
            ends[opened.pop()] = place
    return ends


def _joined(tokens: Sequence[Token], is_decimal_comma: bool, can_miss: bool) -> list[Token]:
    """One token for every number: with its decimal comma, its parentheses, and blanks about its operators."""
    ends = _ends(tokens)
    items: list[Token] = []
    place, depth = 0, 0
    while place < len(tokens):
        token = tokens[place]
        if (
            token.text == "("
            and not token.is_quoted
            and _is_expression(tokens[place + 1 : ends.get(place, 0)])
        ):
            end = ends[place]
            text = "".join(each.text for each in tokens[place : end + 1])
            _append(items, Token(text if len(text) < 300 else text[:300], token.line))
            place = end + 1
            continue
        if token.is_word:
            _append(items, token)
        elif is_decimal_comma and token.text == "," and _is_decimal(tokens, place):
            last = items.pop() if items and items[-1].is_word else Token("", token.line)
            items.append(Token(f"{last.text},{tokens[place + 1].text}", last.line))
            place += 1
        elif token.text == " " and _is_inside(items, tokens, place, can_miss and depth > 0):
            items.append(Token(" ", token.line))
            items[-2:] = [Token(items[-2].text + " ", items[-2].line)]
        else:
            depth += (token.text in "[(") - (token.text in "])")
            items.append(token)
        place += 1
    return items


def _append(items: list[Token], token: Token) -> None:
    """Add a word; one that follows another without a separator goes on with it."""
    if items and items[-1].is_word:
        items[-1] = Token(items[-1].text + token.text, items[-1].line)
    else:
        items.append(token)


def _is_expression(tokens: Sequence[Token]) -> bool:
    """Whether what stands in parentheses is one number and not a vector."""
    texts = [token.text for token in tokens if token.text != " "]
    if not texts or any(text in texts for text in ("[", ",", ";", "\t", "\n")):
        return False
    words_in = sum(token.is_word for token in tokens)
    return words_in == 1 or any(set(text[1:] if len(text) > 1 else text) & set("+-*/") for text in texts)


def _is_decimal(tokens: Sequence[Token], place: int) -> bool:
    """Whether a digit follows this comma, and a digit or nothing of a number stands before it."""
    before = tokens[place - 1] if place else None
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    if after is None or not after.is_word or not after.text[:1].isdigit():
        return False
    return before is None or not before.is_word or before.text[-1:].isdigit() or before.text in "+-"


def _is_inside(items: Sequence[Token], tokens: Sequence[Token], place: int, dash_is_missing: bool) -> bool:
    """Whether the number goes on after this blank: an operator stands on one of its sides."""
    if (
        not items
        or not items[-1].is_word
        or place + 1 >= len(tokens)
        or len(items[-1].text) > MOST_CHARACTERS
    ):
        return False
    last, following = items[-1].text, tokens[place + 1]
    if not (following.is_word or following.text == "("):
        return False
    if last[-1:] in _OPERATORS or following.text[:1] in _OPERATORS:
        return True
    if dash_is_missing:
        return False
    if following.text in ("+", "-"):  # a - b; but a -b are two numbers
        return place + 2 < len(tokens) and tokens[place + 2].text == " "
    return last.rstrip(" ")[-1:] in ("+", "-")


# --- from brackets to rows ---------------------------------------------------------------------------


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


def _rows(body: _Group, statement: Statement, is_decimal_comma: bool) -> tuple[list[list[Token]], int]:
    """Rows of numbers, and how many indices an entry has."""
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
