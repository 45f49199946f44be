"""Sections of the page "Lesson"."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from ui.draw.page import show
from ui.draw.prose import page_heading, page_link, paragraph
from ui.draw.svg import scripts, tag
from ui.names.words import TO_CLASS
from ui.questions.lesson.stops import COUNT, again, number_of, stop_at
from ui.questions.polls import lesson_code
from ui.questions.tasks import Course, Exercise, Order, Sentence
from ui.questions.words import lesson as stop_words
from ui.questions.words.choices import Choice
from ui.state.cache import kept
from ui.state.for_class import class_link, show_question
from ui.state.given_answers import MOST_TYPED, MOST_WRITTEN, SURE
from ui.state.pages import TITLES
from ui.state.settings import Settings
from ui.views.lesson import markup, words
from ui.views.lesson.answering import ask_next, end, field, go_to, leave, show_answer, submit, tick
from ui.views.lesson.choice import LessonChoice
from ui.views.lesson.progress import following
from ui.views.lesson.scenes import scene_of
from ui.views.lesson.seen import see


def lesson(choice: LessonChoice) -> None:
    """Where one is, and the stop, or at the end what became of all of them."""
    if choice.is_slide:
        st.html(Path(__file__).with_name("slide.css"))
        st.markdown(tag("div", class_="bp-slide"), unsafe_allow_html=True)
    _navigation(choice)
    if choice.number == COUNT and choice.progress.is_ended:
        page_heading(words.heading(TITLES["lesson"], words.END), words.END_LEAD)
        st.markdown(markup.end(choice.settings, choice.progress), unsafe_allow_html=True)
        return
    _stop(choice)


def _navigation(choice: LessonChoice) -> None:
    """Previous, the ten stops, Next: always in the same place; the arrow keys do the same."""
    number, progress = choice.number, choice.progress
    current = progress.current(number)
    before, after = following(progress, number, -1), following(progress, number, 1)
    with st.container(key="lesson_nav", horizontal=True, vertical_alignment="center"):
        st.button(
            words.PREVIOUS,
            key="lesson_previous",
            on_click=go_to,
            args=(before,),
            disabled=number == 1,
            shortcut="Left",
        )
        st.markdown(markup.dots(choice.settings, progress, number, choice.is_slide), unsafe_allow_html=True)
        label, call, args = _forward(choice, current, after)
        is_last = number == COUNT and progress.is_ended
        st.button(
            label,
            key="lesson_next",
            type="primary" if current is None or choice.is_slide else "secondary",
            on_click=call,
            args=args,
            disabled=is_last,
            shortcut="Right",
        )
        if not choice.is_slide:
            href = markup.lesson_link(choice.settings, progress, number, present=True)
            links = [page_link(words.PRESENT, href), *_to_class(choice)]
            st.markdown(tag("p", *links, class_="bp-present-link"), unsafe_allow_html=True)
        else:
            st.button(words.LEAVE, key="lesson_leave", on_click=leave, shortcut="Escape")
            with st.container(key="lesson_clicker"):  # a button has one key, and clickers send these
                st.button(words.PREVIOUS, key="lesson_up", on_click=go_to, args=(before,), shortcut="PageUp")
                st.button(
                    label, key="lesson_down", on_click=call, args=args, disabled=is_last, shortcut="PageDown"
                )


def _to_class(choice: LessonChoice) -> list[str]:
    """The link that asks a class what is asked here; none where a class cannot answer it."""
    shown = _shown(choice)
    code = lesson_code(shown.exercise) if shown else ""
    return [page_link(TO_CLASS, class_link(choice.settings, code))] if code else []


def _shown(choice: LessonChoice) -> Course | None:
    """The exercise on the page; none at the end."""
    if choice.number == COUNT and choice.progress.is_ended:
        return None
    return choice.progress.shown(choice.number, choice.is_slide)


def _forward(
    choice: LessonChoice, current: Course | None, after: int
) -> tuple[str, Callable[..., None], tuple[Any, ...]]:
    """What Next does: a slide shows its answer first, then what more is asked; the last stop the result."""
    if choice.is_slide and current is not None:
        is_open = _shown(choice) is current
        return (words.REVEAL, show_answer, (current,)) if is_open else (words.NEXT, ask_next, (current,))
    return (words.RESULT, end, ()) if choice.number == COUNT else (words.NEXT, go_to, (after,))


def _stop(choice: LessonChoice) -> None:
    number, progress, settings = choice.number, choice.progress, choice.settings
    stop, courses = progress.stops[number - 1], progress.courses[number - 1]
    current, shown = progress.current(number), _shown(choice)
    if shown and lesson_code(shown.exercise):
        show_question(settings, lesson_code(shown.exercise))
    title = words.heading(TITLES["lesson"], stop_words.TITLES[number - 1])
    page_heading(title, see(settings, shown.exercise) if shown else stop.missing)
    passed = [words.passed_over(numbers, reason) for reason, numbers in _passed_over(choice).items()]
    if passed:
        st.markdown("".join(paragraph(text, "bp-note") for text in passed), unsafe_allow_html=True)
    over = [each for each in courses if each.is_over and each is not shown]
    with st.container(key="lesson_board", horizontal=True, gap="medium"):
        _scenes(choice)
        with st.container(key="lesson_side"):
            _side(choice, over, shown, current)
    if to_class := [] if choice.is_slide else _to_class(choice):  # on phones, where it has no room above
        st.markdown(tag("p", *to_class, class_="bp-to-class-below"), unsafe_allow_html=True)


def _side(choice: LessonChoice, over: Sequence[Course], shown: Course | None, current: Course | None) -> None:
    """Beside the scene: what was answered, what is asked, and at the end what can be said."""
    number, progress, settings = choice.number, choice.progress, choice.settings
    stop, courses = progress.stops[number - 1], progress.courses[number - 1]
    if over:
        last = over[-1:] if current and not choice.is_slide else []
        said = [
            *map(markup.earlier, over[: len(over) - len(last)]),
            *map(markup.just_over, last),
        ]
        with st.container(key="lesson_earlier"):
            st.markdown("".join(said), unsafe_allow_html=True)
    if shown:
        _exercise(choice, shown)
    if current is None and courses:
        said_last = (markup.says(stop.says) if stop.says else "") + markup.ways_on(settings, courses)
        st.markdown(said_last, unsafe_allow_html=True)


def _passed_over(choice: LessonChoice) -> dict[str, list[int]]:
    """Stops just before this one that have no meaning here, by the reason."""
    stops = choice.progress.stops
    first = choice.number
    while first > 2 and stops[first - 2].missing:
        first -= 1
    found: dict[str, list[int]] = {}
    for number in range(first, choice.number):
        found.setdefault(stops[number - 1].missing, []).append(number)
    return found


def _exercise(choice: LessonChoice, course: Course) -> None:
    """Commit, check."""
    exercise = course.exercise
    prompt = tag("h2", scripts(exercise.asked.prompt), class_="bp-prompt")
    if exercise.key.endswith("r"):
        prompt = paragraph(words.COMES_BACK, "bp-note") + prompt
    if choice.is_slide and not course.is_over:
        to_class = tag("p", *_to_class(choice), class_="bp-note")
        prompt += (
            to_class if lesson_code(exercise) else paragraph(words.ASK_THE_ROOM, "bp-note")
        ) + _options(exercise)
    with st.container(key="lesson_exercise"):
        st.markdown(prompt, unsafe_allow_html=True)
        said = markup.verdict(course)
        # Also there while empty, so that screen readers hear what comes in.
        st.markdown(tag("div", said, role="status", class_="bp-said"), unsafe_allow_html=True)
        if not course.is_over and not choice.is_slide:
            _form(course)
        if isinstance(exercise.asked, Sentence) and course.is_over:
            _points(choice, exercise.asked)


def _options(exercise: Exercise) -> str:
    asked = exercise.asked
    if isinstance(asked, Choice):
        return tag("ol", *(tag("li", scripts(option)) for option in asked.options))
    if isinstance(asked, Order):
        return tag("ul", *(tag("li", scripts(asked.items[item])) for item in asked.shuffled))
    return ""


def _form(course: Course) -> None:
    """The field, how sure one is, and the button; Enter submits."""
    exercise, given = course.exercise, course.given
    with st.form("lesson_form", border=False):
        _answer_field(exercise, given.texts[-1] if given and given.texts else "")
        if not isinstance(exercise.asked, Sentence):
            st.radio(
                words.HOW_SURE,
                SURE,
                index=SURE.index(given.sure) if given and given.sure in SURE else 1,
                format_func=words.SURE.__getitem__,
                key=field(exercise, "sure"),
                horizontal=True,
                disabled=bool(given and given.sure),
            )
        label = words.SEE_MODEL if isinstance(exercise.asked, Sentence) else words.CHECK
        st.form_submit_button(label, key="lesson_submit", type="primary", on_click=submit, args=(course,))
        if course.misses:
            st.form_submit_button(words.SHOW_ANSWER, key="lesson_show", on_click=show_answer, args=(course,))


def _answer_field(exercise: Exercise, last: str) -> None:
    """What the answer goes into, with the last one in it."""
    key = field(exercise, "answer")
    match exercise.asked:
        case Choice(options=options):
            at = int(last) if last.isdecimal() and len(last) == 1 and int(last) < len(options) else None
            st.radio(words.YOUR_CHOICE, options, index=at, key=key)
        case Order(items=items, shuffled=shuffled):
            places = [int(each) for each in dict.fromkeys(last) if each.isdecimal()]
            chosen = [items[place] for place in places if place < len(items)]
            offered = [items[item] for item in shuffled]
            st.multiselect(words.YOUR_ORDER, offered, chosen, key=key, placeholder=words.PICK)
        case Sentence():
            st.text_area(words.YOUR_SENTENCE, last, key=key, max_chars=MOST_WRITTEN, height=90)
        case _:
            st.text_input(
                words.YOUR_NUMBER,
                last[:MOST_TYPED],
                key=key,
                max_chars=MOST_TYPED,
                placeholder=words.PLACEHOLDER,
                autocomplete="off",
                width=260,
            )


def _points(choice: LessonChoice, asked: Sentence) -> None:
    """Three points to tick."""
    keys = [f"lesson_point:{place}" for place in range(len(asked.points))]
    st.markdown(tag("p", tag("strong", words.POINTS)), unsafe_allow_html=True)
    for place, (key, point) in enumerate(zip(keys, asked.points, strict=True)):
        ticked = place in choice.progress.points
        st.checkbox(point, ticked, key=key, on_change=tick, args=(keys,))


def _scenes(choice: LessonChoice) -> None:
    """See."""
    if not choice.pictures:
        return
    with st.container(key="lesson_scenes"):
        for picture in choice.pictures:
            wrong = picture.wrong if "t" in picture.keys else None
            between = choice.between.get(picture.keys[0]) if picture.keys else None
            key, is_shown = picture.exercise.key, picture.is_shown
            scene = kept(scene_at, choice.settings, key, is_shown, wrong, between)
            show(scene, *picture.keys, key=picture.key)


def scene_at(settings: Settings, key: str, is_shown: bool, wrong: float | None, between: float | None) -> str:
    """The scene of the exercise with this key."""
    found = again(settings, key.removesuffix("r")) if key.endswith("r") else None
    exercises = kept(stop_at, settings, number_of(key)).exercises
    exercise = found or next(each for each in exercises if each.key == key)
    return scene_of(settings, exercise, is_shown, wrong, between)
