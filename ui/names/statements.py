"""What pasted text is taken apart into: tokens, statements, and problems with their lines."""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from ui.names import words

MOST_PROBLEMS = 12
"""That are told at once."""

MISSING = frozenset(
    ("", "?", "??", "…", "...", "-", "--", "_", "__", "□", "nan", "na", "n/a", "none", "null")
)
"""What stands for a number that is left out."""


class Problem(NamedTuple):
    """What is wrong in a line, counted from 1; 0 of what is wrong with the whole."""

    line: int
    said: str

    def __str__(self) -> str:
        return words.in_line(self.line, self.said) if self.line else self.said


class NotRead(ValueError):
    """What cannot be read, each with its line.

    Attributes:
        problems: at least one.
    """

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__(
            "\n".join(map(str, problems[:MOST_PROBLEMS])) + words.more(len(problems) - MOST_PROBLEMS)
        )


class Token(NamedTuple):
    """A bracket, a separator, or a word: anything else, such as a number."""

    text: str
    line: int
    is_quoted: bool = False

    @property
    def is_word(self) -> bool:
        """Whether it is neither bracket nor separator."""
        return self.is_quoted or self.text not in "[](),;\t\n "


@dataclass(slots=True)
class Statement:
    """A name and what it is.

    Attributes:
        name: as it was spelled; see `ui.names.spelled`.
        line: where it stands, from 1.
        tokens: of what it is.
        problem: if it has no end.
        commas: whether those between digits are decimal ones, or why that is not known.
    """

    name: str
    line: int
    tokens: list[Token] = field(default_factory=list)
    problem: Problem | None = None
    commas: bool | NotRead = False

    @property
    def text(self) -> str:
        """What it is, as it was written."""
        return "".join(token.text for token in self.tokens).strip()

    @property
    def is_words(self) -> bool:
        """Whether names or words stand here, and not numbers."""
        return bool(self.words) and all(
            re.match(r"[^\W\d]", word) and word.lower() not in MISSING for word in self.words
        )

    @property
    def words(self) -> list[str]:
        """Its parts between commas, semicolons, tabs, square brackets and line breaks."""
        tokens, parts = self.tokens, [""]
        if tokens and tokens[0].text == "(" and tokens[-1].text == ")":
            tokens = tokens[1:-1]
        for token in tokens:
            if not token.is_quoted and token.text in "[],;\t\n":
                parts.append("")
            else:
                parts[-1] += token.text
        return [part.strip() for part in parts if part.strip()]
