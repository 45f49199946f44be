"""Callbacks of the page: an answer, the answer shown, a step of the lesson. All of it goes to the address."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from ui.questions.tasks import Course, Exercise, Order, Sentence, judged
from ui.questions.words.choices import Choice
from ui.state.address import asked, put
from ui.state.given_answers import MOST_TYPED, MOST_WRITTEN, Given, read_answers, write_answers
from ui.views.lesson.progress import END, POINTS


def field(exercise: Exercise, what: str) -> str:
    """Key of a widget that belongs to an exercise."""
    return f"lesson_{what}:{exercise.key}:{exercise.mark}"


def submit(course: Course) -> None:
    """Take what is in the form as a try."""
    exercise = course.exercise
    before = course.given or Given(exercise.key, exercise.mark)
    sure = before.sure or str(st.session_state.get(field(exercise, "sure")) or "")
    wrong = [text for text in before.texts if judged(exercise, text).status == "wrong"]
    texts = (*wrong, _typed(exercise))
    _note(replace(before, sure=sure, texts=texts))


def show_answer(course: Course) -> None:
    """The reader asks for the answer."""
    exercise = course.exercise
    _note(replace(course.given or Given(exercise.key, exercise.mark), is_shown=True))


def ask_next(course: Course) -> None:
    """Go on from what a slide has revealed to the next exercise of its stop."""
    _note(Given(course.exercise.key, course.exercise.mark))


def go_to(number: int) -> None:
    """Another stop."""
    put("stop", number if number > 1 else None)
    for key in ("t", "drop", "eps"):
        put(key, None)


def end() -> None:
    """The reader asks for the result."""
    _note(Given(END, ""))


def tick(keys: Sequence[str]) -> None:
    """The points that the reader finds in a sentence of one's own."""
    ticked = tuple(str(place) for place, key in enumerate(keys) if st.session_state.get(key))
    _note(Given(POINTS, "", texts=ticked))


def leave() -> None:
    """Leave the presenter mode."""
    put("present", None)


def _typed(exercise: Exercise) -> str:
    value = st.session_state.get(field(exercise, "answer"))
    if isinstance(exercise.asked, Order):
        chosen = value if isinstance(value, list) else []
        return "".join(str(exercise.asked.items.index(item)) for item in chosen)
    if isinstance(exercise.asked, Choice):
        return str(exercise.asked.options.index(value)) if value in exercise.asked.options else ""
    most = MOST_WRITTEN if isinstance(exercise.asked, Sentence) else MOST_TYPED
    return str(value or "").encode(errors="ignore").decode()[:most]


def _note(given: Given) -> None:
    """Put it in place of what was there."""
    others = [each for each in read_answers(asked("given") or "") if each.exercise != given.exercise]
    put("given", write_answers([*others, given]) or None)
