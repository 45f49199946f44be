"""What a reader has done in this session: answers and score. Kept in session state only."""

from dataclasses import dataclass, field

import streamlit as st

from ui.typed import Typed

AT_ONCE, WITH_HELP, NOT_YET = "at_once", "with_help", "not_yet"
ANSWER, NEXT = "practice_answer", "practice_next"
"""What the focus can move to: the answer, and the key of the button."""

MOST_ATTEMPTS = 200
"""Attempts at older questions are forgotten; the score is not."""


@dataclass
class Attempt:
    """What was done with one question.

    Attributes:
        text: the last answer, as typed or chosen; "" before the first.
        error: why it could not be read, else "".
        answer: the last answer that could be read: a number, or an option.
        shown: how it was read: "0.5*0.578 = 0.289".
        tries: how many could be read.
        hints: how many hints are shown.
        solved: whether an answer was right.
        recognised: whether one was a mistake that is known, which is explained with the right terms.
        revealed: whether the reader has asked for the answer.
        result: what the score holds of it, "" before it is counted.
    """

    text: str = ""
    error: str = ""
    answer: Typed | str | None = None
    shown: str = ""
    tries: int = 0
    hints: int = 0
    solved: bool = False
    recognised: bool = False
    revealed: bool = False
    result: str = ""

    @property
    def is_over(self) -> bool:
        """Whether there is nothing more to do."""
        return self.solved or self.revealed

    @property
    def is_explained(self) -> bool:
        """Whether the right terms are shown."""
        return self.is_over or self.recognised


@dataclass
class Progress:
    """All attempts of a session, and what became of them.

    Attributes:
        attempts: by question.
        score: by kind of question: how many were right at once, with help, or not yet.
        streaks: by kind and level: how many in a row were right at once; negative: how many were not.
        moves: grows with each answer and each new question, so that the page can move the focus.
        focus: what the focus should move to.
    """

    attempts: dict[str, Attempt] = field(default_factory=dict)
    score: dict[str, dict[str, int]] = field(default_factory=dict)
    streaks: dict[str, int] = field(default_factory=dict)
    moves: int = 0
    focus: str = ""

    def attempt(self, question: str) -> Attempt:
        """The attempt at a question."""
        if question not in self.attempts:
            while len(self.attempts) >= MOST_ATTEMPTS:
                self.attempts.pop(next(iter(self.attempts)))
            self.attempts[question] = Attempt()
        return self.attempts[question]

    def count(self, attempt: Attempt, kind: str, level: str) -> None:
        """Enter an attempt into the score, or put right what the score holds of it."""
        helped = attempt.tries > 1 or attempt.hints > 0 or attempt.revealed
        result = NOT_YET if not attempt.solved else WITH_HELP if helped else AT_ONCE
        of_kind = self.score.setdefault(kind, dict.fromkeys((AT_ONCE, WITH_HELP, NOT_YET), 0))
        of_kind[result] += 1
        if attempt.result:
            of_kind[attempt.result] -= 1
        else:
            key, before = f"{kind} {level}", self.streak(kind, level)
            self.streaks[key] = max(before, 0) + 1 if result == AT_ONCE else min(before, 0) - 1
        attempt.result = result

    def streak(self, kind: str, level: str) -> int:
        """How many in a row were right at once; negative: how many were not."""
        return self.streaks.get(f"{kind} {level}", 0)

    def move_focus(self, target: str) -> None:
        """Ask the page to put the focus on a part of it."""
        self.moves += 1
        self.focus = target


def progress() -> Progress:
    """The progress of this session."""
    if "practice" not in st.session_state:
        st.session_state["practice"] = Progress()
    found: Progress = st.session_state["practice"]
    return found
