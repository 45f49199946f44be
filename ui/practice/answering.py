"""Callbacks of the page: an answer, a hint, the answer shown, the next question."""

import streamlit as st

from ui.numbers import as_typed
from ui.practice.catalogue import question_at
from ui.practice.choice import PracticeChoice, next_question
from ui.practice.choices import Choice
from ui.practice.feedback import remarks, verdict_of
from ui.practice.questions import Question
from ui.practice.session import ANSWER, NEXT, Attempt, progress
from ui.practice.workings_table import NOTHING
from ui.typed import MOST_CHARACTERS, Typed, read_number, reading


def submit(choice: PracticeChoice, key: str) -> None:
    """Read the answer, judge it, and move the focus on if it is right."""
    asked = question_at(choice.settings, choice.kind, choice.number)
    attempt = progress().attempt(choice.name)
    text = str(st.session_state[key] or "")
    attempt.text = text[:MOST_CHARACTERS]
    try:
        answer = _read(asked, text)
    except ValueError as error:
        attempt.error = str(error)
        progress().move_focus(ANSWER)
        return
    attempt.error = ""
    solved_before = attempt.solved
    verdict = verdict_of(asked, answer)
    attempt.answer, attempt.shown = answer, _shown(text, answer)
    attempt.solved = solved_before or verdict.right
    progress().move_focus(NEXT if verdict.right else ANSWER)
    if solved_before or verdict.nearly:
        return
    attempt.tries += 1
    if not verdict.right:
        if remarks(asked, answer):
            attempt.recognised = True
        else:
            attempt.hints = min(attempt.hints + 1, len(asked.hints))
    _count(choice, attempt)


def _read(asked: Question | Choice, text: str) -> Typed | str:
    if not isinstance(asked, Choice):
        return read_number(text)
    if text not in asked.options:
        raise ValueError("Choose one of the answers.")
    return text


def _shown(text: str, answer: Typed | str) -> str:
    if isinstance(answer, str):
        return answer
    return reading(text, answer.value) if answer.is_expression else as_typed(answer.value)


def _count(choice: PracticeChoice, attempt: Attempt) -> None:
    """Worked examples do not count: they show their answer."""
    if choice.is_choice or choice.level != NOTHING:
        progress().count(attempt, choice.kind, "" if choice.is_choice else choice.level)


def hint(choice: PracticeChoice) -> None:
    """Show one hint more."""
    progress().attempt(choice.name).hints += 1
    progress().move_focus(ANSWER)


def reveal(choice: PracticeChoice) -> None:
    """Show the answer."""
    attempt = progress().attempt(choice.name)
    attempt.revealed = True
    progress().move_focus(NEXT)
    _count(choice, attempt)


def go_on(level: str | None = None) -> None:
    """The next question, at another level if one is given."""
    next_question(level)
    progress().move_focus(ANSWER)
