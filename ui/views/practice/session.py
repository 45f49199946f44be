"""What a reader has done with the questions: attempts, and what the score holds of them.

It lives in the session and in the reader's tab, which hands it to the next session: see `tab.py`.

The score is a count of questions, so none can count twice. A question is what it asks with its numbers (see
`question_key`): with more or less left blank, or in another view, it is the same one.
It counts as it first came out right, and a second level is a second try. Where its answer was on the screen
before it was right, it never becomes right.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from secrets import token_hex

import streamlit as st

AT_ONCE, WITH_HELP, NOT_YET = "at_once", "with_help", "not_yet"
RESULTS = (AT_ONCE, WITH_HELP, NOT_YET)
ANSWER, NEXT = "practice_answer", "practice_next"
"""What the focus can move to: the answer, and the key of the button."""

TRIES = 2
"""After so many misses, the last of a known mistake, the right terms are shown."""

MOST_RECORDS = 200
"""The score is of so many questions, the last ones; a tab keeps no more."""


@dataclass
class Attempt:
    """What was done with one question at one level.

    Attributes:
        text: the last answer, as typed or chosen; None before the first.
        tries: how many could be read.
        hints: how many hints are shown.
        solved: whether an answer was right.
        recognised: whether the second or a later one was a mistake that is known: the right terms are shown.
        revealed: whether the reader has asked for the answer.
    """

    text: str | None = None
    tries: int = 0
    hints: int = 0
    solved: bool = False
    recognised: bool = False
    revealed: bool = False

    @property
    def is_over(self) -> bool:
        """Whether there is nothing more to do."""
        return self.solved or self.revealed

    @property
    def is_explained(self) -> bool:
        """Whether the right terms are shown."""
        return self.is_over or self.recognised


@dataclass
class Record:
    """What became of one question.

    Attributes:
        kind: of question.
        result: what the score holds of it, "" before it counts.
        shown: whether its answer was on the screen before it was right.
        first: what it counted as at first.
        level: at which level that was.
        attempts: by level.
    """

    kind: str
    result: str = ""
    shown: bool = False
    first: str = ""
    level: str = ""
    attempts: dict[str, Attempt] = field(default_factory=dict)

    @property
    def is_right(self) -> bool:
        """Whether it counts as right."""
        return self.result in (AT_ONCE, WITH_HELP)

    @property
    def is_spoilt(self) -> bool:
        """Whether it counts, and cannot become right any more."""
        return self.result == NOT_YET and self.shown

    def attempt(self, level: str) -> Attempt:
        """The attempt at a level."""
        return self.attempts.setdefault(level, Attempt())

    def count(self, level: str, right: bool) -> None:
        """Enter the last answer into the score, unless the question is right already."""
        if self.is_right:
            return
        tries = sum(each.tries for each in self.attempts.values())
        is_helped = tries > 1 or any(each.hints for each in self.attempts.values())
        self.result = NOT_YET if not right or self.shown else WITH_HELP if is_helped else AT_ONCE
        if not self.first:
            self.first, self.level = self.result, level

    def after(self, earlier: "Record") -> "Record":
        """The record of somebody who had done what is in `earlier` before."""
        done = any(each.tries or each.hints for each in earlier.attempts.values())
        if earlier.is_right:
            result = earlier.result
        elif self.is_right:
            result = NOT_YET if earlier.shown else WITH_HELP if done else self.result
        else:
            result = earlier.result or self.result
        levels = {**earlier.attempts, **self.attempts}
        return Record(
            self.kind,
            result,
            earlier.shown or self.shown,
            earlier.first or result,
            earlier.level if earlier.first else self.level,
            {level: _joined(earlier.attempts.get(level), self.attempts.get(level)) for level in levels},
        )


def _joined(earlier: Attempt | None, later: Attempt | None) -> Attempt:
    if earlier is None or later is None:
        return earlier or later or Attempt()
    return Attempt(
        earlier.text if later.text is None else later.text,
        earlier.tries + later.tries,
        max(earlier.hints, later.hints),
        earlier.solved or later.solved,
        earlier.recognised or later.recognised,
        earlier.revealed or later.revealed,
    )


@dataclass
class Progress:
    """All that was done with questions in one tab.

    Attributes:
        records: by key of the question; the one touched last comes last.
        session: a name of this session, which the tab keeps beside the records.
        taken: the name of the earlier session whose records are in these; "" before.
        is_emptied: whether the reader has begun anew, so that nothing earlier counts.
        moves: grows with each answer and each new question, so that the page can move the focus.
        focus: what the focus should move to.
    """

    records: dict[str, Record] = field(default_factory=dict)
    session: str = field(default_factory=lambda: token_hex(8))
    taken: str = ""
    is_emptied: bool = False
    moves: int = 0
    focus: str = ""

    def touch(self, key: str, kind: str) -> Record:
        """The record of a question with which something is done."""
        record = self.records.pop(key, None) or Record(kind)
        self._forget_oldest(MOST_RECORDS - 1)
        self.records[key] = record
        return record

    def attempt(self, key: str, level: str) -> Attempt:
        """The attempt at a question, to look at."""
        record = self.records.get(key)
        return record.attempts.get(level, Attempt()) if record else Attempt()

    def take(self, session: str, earlier: dict[str, Record]) -> None:
        """Take over the records of the session before this one, once."""
        if session in (self.session, self.taken):
            return
        self.taken = session
        if self.is_emptied:
            return
        for key, record in self.records.items():
            before = earlier.pop(key, None)
            self.records[key] = record.after(before) if before else record
        self.records = {**earlier, **self.records}
        self._forget_oldest(MOST_RECORDS)

    def begin_anew(self) -> None:
        """Empty the score, and forget all answers."""
        self.records.clear()
        self.is_emptied = True

    def score(self) -> dict[str, dict[str, int]]:
        """By kind of question: how many were right at once, with help, or not yet."""
        found: dict[str, dict[str, int]] = {}
        for record in self._counted():
            found.setdefault(record.kind, dict.fromkeys(RESULTS, 0))[record.result] += 1
        return found

    def is_spoilt(self, key: str) -> bool:
        """Whether a question counts, and cannot become right any more."""
        return key in self.records and self.records[key].is_spoilt

    def shown(self) -> int:
        """Of how many questions in the score the answer was shown before it was right."""
        return sum(record.is_spoilt for record in self._counted())

    def streak(self, kind: str | None, level: str) -> int:
        """How many in a row, of this kind or of all, were right at once; negative: how many were not."""
        found = 0
        for record in reversed(self.records.values()):
            if kind not in (None, record.kind) or record.level != level or not record.first:
                continue
            sign = 1 if record.first == AT_ONCE else -1
            if found * sign < 0:
                break
            found += sign
        return found

    def move_focus(self, target: str) -> None:
        """Ask the page to put the focus on a part of it."""
        self.moves += 1
        self.focus = target

    def _counted(self) -> Iterable[Record]:
        return (record for record in self.records.values() if record.result)

    def _forget_oldest(self, most: int) -> None:
        """First what does not count."""
        while len(self.records) > most:
            others = (key for key, record in self.records.items() if not record.result)
            self.records.pop(next(others, None) or next(iter(self.records)))


def progress() -> Progress:
    """The progress of this session."""
    if "practice" not in st.session_state:
        st.session_state["practice"] = Progress()
    found: Progress = st.session_state["practice"]
    return found
