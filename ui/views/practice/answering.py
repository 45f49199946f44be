"""Callbacks of the page: an answer, a hint, the answer shown, the next question."""

import streamlit as st

from ui.names.typed import MOST_CHARACTERS
from ui.questions.answers import mistakes_of, read_answer, remarks, verdict_of
from ui.state import marks
from ui.views.practice.choice import (
    PracticeChoice,
    SequenceChoice,
    forget_marks,
    next_of_sequence,
    next_question,
    note_mistakes,
)
from ui.views.practice.session import ANSWER, AT_ONCE, NEXT, TRIES, WITH_HELP, Record, progress
from ui.views.practice.workings_table import NOTHING

MARKS = {AT_ONCE: marks.AT_ONCE, WITH_HELP: marks.HELPED}
"""By result; of all others, also before there is one, the mark is that of a missed question."""


def submit(choice: PracticeChoice) -> None:
    """Read the answer, judge it, and move the focus on if it is right."""
    asked = choice.asked
    record = _record(choice)
    attempt = record.attempt(choice.blanks)
    attempt.text = str(st.session_state[choice.field] or "")[:MOST_CHARACTERS]
    answer = read_answer(asked, attempt.text).answer
    if answer is None:
        progress().move_focus(ANSWER)
        return
    verdict = verdict_of(asked, answer)
    progress().move_focus(NEXT if verdict.right else ANSWER)
    if attempt.solved or verdict.nearly:
        return
    attempt.tries += 1
    attempt.solved = verdict.right
    _count(choice, record, verdict.right)
    if verdict.right:
        return
    if isinstance(choice, SequenceChoice) and choice.blanks != NOTHING:
        note_mistakes(mistakes_of(asked, answer))
    if not remarks(asked, answer):
        attempt.hints = min(attempt.hints + 1, len(asked.hints))
    elif attempt.tries >= TRIES:
        attempt.recognised = record.shown = True


def _record(choice: PracticeChoice) -> Record:
    return progress().touch(choice.key, choice.kind)


def _count(choice: PracticeChoice, record: Record, right: bool) -> None:
    """Worked examples do not count: they show their answer."""
    if choice.blanks != NOTHING:
        record.count(choice.blanks, right)


def hint(choice: PracticeChoice) -> None:
    """Show one hint more."""
    _record(choice).attempt(choice.blanks).hints += 1
    progress().move_focus(ANSWER)


def reveal(choice: PracticeChoice) -> None:
    """Show the answer."""
    record = _record(choice)
    record.attempt(choice.blanks).revealed = record.shown = True
    progress().move_focus(NEXT)
    _count(choice, record, right=False)


def see(choice: PracticeChoice) -> None:
    """A worked example is on the page: whoever asks for the same with blanks has seen the answer."""
    if choice.blanks == NOTHING:
        _record(choice).shown = True


def go_on(choice: PracticeChoice, level: str | None = None) -> None:
    """The next question, at another level if one is given."""
    if isinstance(choice, SequenceChoice):
        record = progress().records.get(choice.key)
        missed = marks.NOT_COUNTED if choice.blanks == NOTHING else marks.MISSED
        next_of_sequence(choice, MARKS.get(record.result if record else "", missed), level)
    else:
        next_question(level)
    is_end = isinstance(choice, SequenceChoice) and choice.ends
    progress().move_focus(NEXT if is_end else ANSWER)


def begin_anew(choice: PracticeChoice) -> None:
    """Empty the score, forget all answers, and go back to the first question of a sequence."""
    progress().begin_anew()
    forget_marks()
    st.session_state[choice.field] = None if choice.is_choice else ""
