"""Pasted text of lines such as `W1 = [[0.15, 0.20], [0.25, 0.30]]`, taken apart into names and what they are.

Read are NumPy, Python, JSON, MATLAB, tables of a spreadsheet under a line with a name, and lines as people
type them. A comma before a blank, a bracket or the end of a line parts numbers; whether one between two
digits is a decimal comma is told by the rest, see `ui.names.commas`. Any text takes as long as it is long.
"""

import re

from ui.names import words
from ui.names.json_files import lines_of_export
from ui.names.spelled import spelled
from ui.names.statements import MISSING, NotRead, Problem, Statement, Token
from ui.names.typed import with_plain_signs

MOST_CHARACTERS = 100_000
MOST_NAMES = 500
MOST_COLUMNS = 50
MOST_NESTED = 12


_INDEX = r"\[[^\[\]\n]{0,20}\]|\([^()\n]{0,20}\)|\{[^{}\n]{0,20}\}"
_FIRST, _QUOTE = r"(?:[^\W\d]|[∂∇])", "[\"']?"
_LONG_NAME = rf"""(?P<name>{_FIRST}(?:[^\[\](){{}}=:←≔;,\t\n"']|{_INDEX}){{0,60}}+)"""
_SHORT_NAME = rf"""(?P<name>{_FIRST}(?:[^\s\[\](){{}}=:←≔;,"']|{_INDEX}){{0,40}}+)"""
_HEAD = re.compile(rf"[ ]*{_QUOTE}{_LONG_NAME}{_QUOTE}[ ]*(?::=|[=:←≔])")
_SHORT_HEAD = re.compile(rf"{_SHORT_NAME}[ ]*[=←≔]")
_BARE_HEAD = re.compile(rf"[ ]*{_QUOTE}{_SHORT_NAME}{_QUOTE}(?=[ ]*(?:\t|$)|[ ]+[-+.,−–\[(\d?])")
_TOKEN = re.compile(r"""[ ]+|[\[\](){},;\t]|"[^"\n]*"|[^\[\](){},;\t "]+|.""")
_NUMBERS = re.compile(r"[ ]*[-+.,{?\d]")
_JOINS = re.compile(r"(?<=[^.\s])[ ]*(?:\.\.\.|\\)$")
_SINGLE_QUOTED = re.compile(r"'[^'\n]*'")
_OPTIONS = re.compile(
    r"""(?:,[ \t]*)?\b(?:dtype|requires_grad|ndmin|copy|order|device)[ ]?=[ ]?["']?[\w.]{1,30}["']?"""
)
_TYPE = re.compile(r",[ ]?(?:np\.|numpy\.|torch\.)?(?:float|int|double)\d*[ ]?\)")
_LINE_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_BLANKS = re.compile("[\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000\ufeff]")
_QUOTES = str.maketrans("“”„‟‘’‚`", "\"\"\"\"''''")
_IMPORT = re.compile(r"[ ]*(?:import|from)[ ]+[\w.]+(?:[ ]|$)")


def read_statements(text: str) -> tuple[list[Statement], list[Problem]]:
    """Every name with what it is, in their order, and the lines that have no name.

    Raises:
        ValueError: if the text is longer than anything that could be meant, or has nothing in it.
    """
    if len(text) > MOST_CHARACTERS:
        raise ValueError(words.too_long(MOST_CHARACTERS, len(text)))
    text = _BLANKS.sub(" ", _LINE_BREAKS.sub("\n", lines_of_export(text))).translate(_QUOTES)
    reader = _Reader()
    for number, line in enumerate(_TYPE.sub(")", _OPTIONS.sub("", text)).split("\n"), start=1):
        reader.read(number, without_comment(line).rstrip(" "))
    if reader.open:
        reader.never_closed()
    if not reader.statements and not reader.problems:
        raise ValueError(words.NOTHING)
    return reader.statements, reader.problems


def without_comment(line: str) -> str:
    """The line up to #, // or a % that is not a percent sign."""
    if "#" not in line and "//" not in line and "%" not in line:
        return line
    quoted = False
    for place, character in enumerate(line):
        if character == '"':
            quoted = not quoted
        elif not quoted and (
            character == "#"
            or (line.startswith("//", place) and not line[place - 1 : place].isdigit())  # 1//3 is no comment
            or (character == "%" and not _is_percent_sign(line, place))
        ):
            return line[:place]
    return line


def _is_percent_sign(line: str, place: int) -> bool:
    """Whether the % at this place follows a number, and no word follows it."""
    before = line[max(0, place - 3) : place].rstrip(" ")
    after = line[place + 1 : place + 4].lstrip(" ")
    return before[-1:].isdigit() and not after[:1].isalpha()


class _Reader:
    """Reads line after line."""

    def __init__(self) -> None:
        self.statements: list[Statement] = []
        self.problems: list[Problem] = []
        self.open: list[Token] = []  # brackets
        self.is_joined = False  # the line before goes on in this one
        self.is_beside_names = False
        self.columns: list[Statement] = []  # of a table
        self.separator: str | None = None  # of its cells; None for blanks
        self.stray = False  # numbers without a name have been told

    def read(self, number: int, line: str) -> None:
        if not line.strip() or (not self.open and _IMPORT.match(line)):
            return
        self.number, self.line = number, line
        head = _HEAD.match(line)
        if self.open and head and head[0].endswith("="):  # a bracket was forgotten
            self.never_closed()
        has_no_head = not self.open and not self.is_joined and head is None
        if has_no_head and self.table(line):
            return
        self.add(" " if self.is_joined else "\n")
        joins = _JOINS.search(line)
        end = joins.start() if joins else len(line)
        self.is_joined = joins is not None
        place, may_begin = 0, True
        if has_no_head and (head := self.bare_head(line)):
            place, may_begin = self.begin(head), False
        elif has_no_head and self.is_prose(line):
            self.problems.append(Problem(number, words.no_statement(line)))
            return
        elif self.is_beside_names and line[0] == "\t":
            place = 1
        while place < end:
            if not self.open and (head := self.head(place, may_begin)):
                place, may_begin = self.begin(head), False
                continue
            place, may_begin = self.token(place, end)

    def table(self, line: str) -> bool:
        """Whether this line is one of a table, with a line of names such as x1, x2, y above its columns."""
        cells = (
            [cell.strip(" \"'") for cell in line.rstrip("\t").split(self.separator)] if self.columns else []
        )
        if self.columns and not self.bare_head(line):
            if len(cells) != len(self.columns):
                problem = Problem(self.number, words.cells(len(self.columns), len(cells)))
                self.problems.append(problem)
                for column in self.columns:
                    column.problem = problem
            for column, cell in zip(self.columns, cells, strict=False):
                column.tokens += Token(with_plain_signs(cell) or "?", self.number), Token("\n", self.number)
            return True
        separator = next((mark for mark in "\t;,|" if mark in line), None)
        names = [cell.strip(" \"'") for cell in line.rstrip("\t").split(separator)]
        if not 2 <= len(names) <= MOST_COLUMNS or not all(map(spelled, names)):
            self.columns = []
            return False
        # A small letter alone would be one observation, see W1 and the like under one name.
        self.columns = [Statement(name.upper() if len(name) == 1 else name, self.number) for name in names]
        self.separator = separator
        self.statements += self.columns
        return True

    def is_prose(self, line: str) -> bool:
        """Whether a line goes on with no numbers, and with no list of names."""
        first = re.match(r"[ ]*([^\W\d]\S*)", line)
        if first is None or first[1].lower().rstrip(",;") in MISSING:
            return False
        ends = self.statements[-1].tokens[-2:] if self.statements else []
        return not self.statements or (len(ends) > 1 and ends[0].text != ",")  # the last one is a line break

    def never_closed(self) -> None:
        problem = Problem(self.open[-1].line, words.never_closed(self.open[-1].text))
        self.problems.append(problem)
        self.open.clear()
        if self.statements:
            self.statements[-1].problem = problem

    def bare_head(self, line: str) -> re.Match[str] | None:
        """A name without = before numbers, or alone in its line."""
        head = _BARE_HEAD.match(line)
        if head is None or head["name"].lower() in MISSING:
            return None
        rest = line[head.end() :].lstrip(" ")
        return None if rest[:1] in ("=", ":", "←", "≔") else head

    def head(self, place: int, may_begin: bool) -> re.Match[str] | None:
        if may_begin and (head := _HEAD.match(self.line, place)):
            return head
        if place and self.line[place - 1] in " ])":
            return _SHORT_HEAD.match(self.line, place)
        return None

    def begin(self, head: re.Match[str]) -> int:
        """Begin a statement; where the line goes on after its name."""
        if len(self.statements) == MOST_NAMES:
            raise NotRead(Problem(self.number, words.too_many_names(MOST_NAMES)))
        self.columns = []
        self.statements.append(Statement(head["name"].strip(), self.number))
        # In a table names may have a column of their own.
        self.is_beside_names = re.match(r"[ ]*\t[^\t]", self.line[head.end() :]) is not None
        return head.end() + 1 + self.line[head.end() :].index("\t") if self.is_beside_names else head.end()

    def token(self, place: int, end: int) -> tuple[int, bool]:
        """Take the token at this place; where the next one begins, and whether a name may stand there."""
        is_quote = self.line[place] == "'" and self.line[place - 1] not in "])"  # there it transposes
        match = (is_quote and _SINGLE_QUOTED.match(self.line, place)) or _TOKEN.match(self.line, place)
        assert match
        text, after = match[0], min(match.end(), end)
        text = text[: after - place]
        if text[0] == " ":
            self.add(" ")
            return after, False
        if text in ("{", "}"):
            return after, self.brace(text, after)
        if text in ("[", "("):
            self.add(text)
            self.opened(text)
        elif text in ("]", ")"):
            self.close(text)
        elif text in (",", ";", "\t"):
            self.add(text)
            return after, not self.open
        elif len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
            self.add(text[1:-1], True)
        else:
            self.add(with_plain_signs(text))
        return after, False

    def brace(self, text: str, after: int) -> bool:
        """Braces are brackets around numbers, and nothing around names; whether a name may follow."""
        if text == "}" and (self.open and self.open[-1].text == "{"):
            self.close("]")
        elif text == "{" and _NUMBERS.match(self.line, after):
            self.add("[")
            self.opened(text)
        return not self.open

    def opened(self, text: str) -> None:
        self.open.append(Token(text, self.number))
        if len(self.open) > MOST_NESTED:
            raise NotRead(Problem(self.number, words.too_nested(MOST_NESTED)))

    def close(self, text: str) -> None:
        wanted = {"]": "[{", ")": "("}[text]
        if self.open and self.open[-1].text in wanted:
            self.open.pop()
            self.add(text)
        else:
            self.problems.append(Problem(self.number, words.never_opened(text)))

    def add(self, text: str, is_quoted: bool = False) -> None:
        if self.statements:
            self.statements[-1].tokens.append(Token(text, self.number, is_quoted))
        elif text not in ",;\t\n " and not self.stray:
            self.stray = True
            self.problems.append(Problem(self.number, words.no_name(self.line)))
