"""What a statement of pasted text is: number, vector or matrix, every entry with its digits and its line."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from backprop.arrays import FloatArray
from ui.names import words
from ui.names.commas import decimal_commas
from ui.names.joined import joined, without_calls
from ui.names.nested import rows_of
from ui.names.pasted import read_statements
from ui.names.statements import MISSING, NotRead, Problem, Statement, Token
from ui.names.typed import Typed, read_number

MOST_ENTRIES = 5000

_TRANSPOSED = ("'", ".'", ".T", "ᵀ", "^T", ".t")


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
        return _read_array(statement, is_number or statement.commas, can_miss)

    def layers(self, statement: Statement) -> list[Statement]:
        """The arrays of a list of them, such as [[[0.15, 0.20]], [[0.40]]]; [] of what is no such list."""
        found: list[Statement] = []
        depth = 0
        for token in without_calls(statement.tokens):
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


def _read_array(statement: Statement, is_decimal_comma: bool | NotRead, can_miss: bool) -> Array:
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
    tokens = without_calls(tokens[:-1] if is_transposed else tokens)
    if not any(token.is_word for token in tokens) and not (tokens and can_miss):
        if can_miss:
            return Array(statement.name, statement.line, ((Entry("", statement.line, None),),), 0)
        raise NotRead(Problem(statement.line, words.no_numbers(statement.name)))
    items = joined(tokens, is_decimal_comma, can_miss)
    if sum(token.is_word for token in items) > MOST_ENTRIES or len(items) > 8 * MOST_ENTRIES:
        raise NotRead(Problem(statement.line, words.too_many(statement.name, MOST_ENTRIES)))
    rows, ndim = rows_of(items, statement, is_decimal_comma)
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
