"""Codes found in whatever was pasted: a chat with names, times and other text around them.

Only codes are taken; nothing else of the text is in what comes back.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from ui.questions.results import lesson, practice, words
from ui.questions.results.lesson import LETTERS, NEW, OLD, LessonResult, read_result_code
from ui.questions.results.letters import CHECKS, grouped, plain
from ui.questions.results.practice import (
    PREFIX,
    WITH_MISTAKES,
    PracticeResult,
    length_of,
    read_practice_code,
    version_of,
)

MOST_PASTED, MOST_CODES = 100_000, 1000
"""Characters of a text, and codes of a class; 400 codes in a chat are some 30,000 characters."""

_BEGIN = re.compile(r"(?<![0-9A-Za-z])(?:L|P)(?=2?[ \t-]{0,3}[0-9A-Za-z])", re.IGNORECASE)
_DASHES = re.compile(r"[‐‑‒–—―−]")
_RUN = re.compile(r"[0-9A-Za-z]+(?:-[0-9A-Za-z]+)*")
_AS_WRITTEN = re.compile(
    r"(?:L2(?: \w{4}){2}|L \w{6}|P2?(?: \w{5})+(?: \w{1,4})?) \w{2}(?!\w)", re.IGNORECASE | re.ASCII
)
"""In groups, with blanks for the dashes."""

NEAR, MOST_LETTERS = 2, 21
"""Letters and digits too few or too many of what is still taken for a code, and the most that one has."""


@dataclass(frozen=True, slots=True)
class Code:
    """A code as it is written, the line it stands in, from 1, and what it holds."""

    text: str
    line: int
    result: LessonResult | PracticeResult


@dataclass(frozen=True, slots=True)
class Slip:
    """What looks like a code and is none: as it was typed, its line, and why."""

    text: str
    line: int
    reason: str


def find_codes(text: str) -> tuple[list[Code], list[Slip]]:
    """All codes in a text, in order, the same one as often as it stands there, and what is none by a slip."""
    codes: list[Code] = []
    slips: list[Slip] = []
    for number, line in enumerate(text[:MOST_PASTED].splitlines(), start=1):
        clean, at = _DASHES.sub("-", unicodedata.normalize("NFKC", line)), 0
        while begin := _BEGIN.search(clean, at):
            found, at = _code_at(clean, begin.start(), number)
            if isinstance(found, Code):
                codes.append(found)
            elif found:
                slips.append(found)
    return codes[:MOST_CODES], slips[:MOST_CODES]


def _code_at(line: str, start: int, number: int) -> tuple[Code | Slip | None, int]:
    """What begins there, and where it ends."""
    for length, read in _ways(line[start:]):
        end = _end_of(line, start, length)
        if not end:
            continue
        try:
            return Code(_written(line[start:end]), number, read(line[start:end])), end
        except ValueError:
            continue
    return _slip_at(line, start, number)


def _ways(text: str) -> list[tuple[int, Callable[[str], LessonResult | PracticeResult]]]:
    """How many letters and digits a code that begins there may have, and what reads it."""
    if text[0] in "Pp":
        start = plain(text[:9])
        lengths = {each: length_of(start, each) for each in (WITH_MISTAKES, PREFIX)}
        return [(len(each) + length, read_practice_code) for each, length in lengths.items() if length]
    return [(len(each) + LETTERS[each] + CHECKS, read_result_code) for each in (NEW, OLD)]


def _end_of(line: str, start: int, length: int) -> int:
    """Where so many letters and digits end, if no more come; 0 if there are fewer, or other signs between."""
    found = re.compile(rf"(?:[ \t-]{{0,3}}[0-9A-Za-z]){{{length}}}(?![0-9A-Za-z])").match(line, start)
    return found.end() if found else 0


def _slip_at(line: str, start: int, number: int) -> tuple[Slip | None, int]:
    """A slip only in what cannot be a word or a name: those are not to be shown."""
    run = _AS_WRITTEN.match(line, start) or _RUN.match(line, start)
    assert run
    text, end = run[0], run.end()
    prefix, *groups = re.split("[- ]", text.upper())
    body = "".join(groups)
    found, digits = len(body), sum(each.isdigit() for each in body)
    expected = LETTERS[prefix] + CHECKS if prefix in LETTERS else length_of(plain(prefix + body), prefix)
    if prefix in LETTERS:
        is_near = abs(found - expected) <= NEAR and digits > 0
    else:
        is_near = (
            prefix in (PREFIX, WITH_MISTAKES)
            and len(groups) > 1
            and max(map(len, groups)) <= practice.GROUP + 1
            and digits > 1
        )
    if not is_near or found > MOST_LETTERS:
        return None, end
    is_long = expected in (0, found)
    return Slip(text, number, words.SLIP if is_long else words.other_length(expected, found)), end


def _written(text: str) -> str:
    """As the page of the result has written it."""
    letters = plain(text)
    if version := version_of(letters):
        return grouped(version, letters[len(version) : -CHECKS], practice.GROUP)
    if len(letters) == len(OLD) + LETTERS[OLD] + CHECKS:
        return f"{OLD}-{letters[len(OLD) : -CHECKS]}-{letters[-CHECKS:]}"
    return grouped(NEW, letters[len(NEW) : -CHECKS], lesson.GROUP)
