"""Sections of the page "Practice"."""

import streamlit as st

from ui.draw.given import given_tables
from ui.draw.prose import page_link, paragraph
from ui.draw.svg import scripts, tag
from ui.names.typed import MOST_CHARACTERS
from ui.names.words import TO_CLASS, TO_WALKTHROUGH
from ui.questions.answers import read_answer
from ui.questions.catalogue import kinds_of, new_view
from ui.questions.given import given_of, rate_note
from ui.questions.questions import Question
from ui.questions.words.choices import Choice
from ui.state.cache import kept
from ui.state.choices import ask
from ui.state.for_class import class_link, show_question
from ui.state.parameters import LEVELS, MIXED, PARAMETERS
from ui.state.parsing import MOST_IN_SEQUENCE, parse_set
from ui.state.recording import recorded_step
from ui.state.words import KIND_TITLES
from ui.views.practice import words
from ui.views.practice.answering import begin_anew, go_on, hint, reveal, see, submit
from ui.views.practice.choice import PracticeChoice, SequenceChoice, add_to_set, change_set
from ui.views.practice.end import what_differs
from ui.views.practice.feedback import error_markup, hints_markup, verdict_markup
from ui.views.practice.score import score_markup, subject_markup, tolerance_markup
from ui.views.practice.session import NEXT, TRIES, Attempt, progress
from ui.views.practice.tab import tell_tab
from ui.views.practice.workings_table import ALL, NOTHING, SUM, result_line, working_table

IN_A_ROW = 2
"""After so many right at once the next level is suggested; after so many others, the one before."""


def question_section(choice: PracticeChoice) -> None:
    """The question, what is known, the answer, and what there is to say to it."""
    asked = choice.asked
    see(choice)
    show_question(choice.settings, *choice.codes)
    attempt = progress().attempt(choice.key, choice.blanks)
    with st.container():
        st.markdown(kept(_question_markup, choice, attempt.is_explained), unsafe_allow_html=True)
        _answer_form(choice, asked, attempt)
        _after_the_answer(choice, asked, attempt)
        if not isinstance(choice, SequenceChoice):
            _set_section(choice)
    _score_section(choice)
    tell_tab(attempt.text or "")


def _question_markup(choice: PracticeChoice, explained: bool) -> str:
    """The prompt and the working with its blanks, which are filled in once they are explained."""
    asked = choice.asked
    prompt = "".join(paragraph(each, "bp-note") for each in choice.place)
    prompt += tag("h2", scripts(asked.prompt), class_="bp-prompt")
    if isinstance(asked, Choice):
        given = [f"{name} = {shown}" for name, shown in asked.given]
        return prompt + (paragraph(",  ".join(given), "bp-note") if given else "")
    step = recorded_step(choice.settings)
    single = len(asked.problem.terms) == 1
    parts = [prompt]
    if choice.level != ALL:
        parts.append(paragraph(asked.wording.formula, "bp-plain-formula"))
    if choice.level == ALL or (choice.level == SUM and single):
        parts.append(given_tables(given_of(asked, step), rate_note(asked, step)))
    shown = NOTHING if explained and choice.level != ALL else choice.level
    parts.append(working_table(asked, choice.settings.config, shown))
    if choice.level == NOTHING:
        parts.append(paragraph(words.WORKED_EXAMPLE))
    return "".join(parts)


def _answer_form(choice: PracticeChoice, asked: Question | Choice, attempt: Attempt) -> None:
    """The field, with Enter to submit; what was typed stays."""
    with st.form("practice_form", border=False):
        if isinstance(asked, Choice):
            chosen = asked.options.index(attempt.text) if attempt.text in asked.options else None
            st.radio(words.YOUR_ANSWER, asked.options, index=chosen, key=choice.field)
        else:
            st.text_input(
                words.YOUR_NUMBER,
                value=attempt.text or "",
                key=choice.field,
                max_chars=MOST_CHARACTERS,
                placeholder="such as −0.25",
                autocomplete="off",
                width=430,
            )
        st.form_submit_button("Check", key="practice_submit", type="primary", on_click=submit, args=(choice,))
    if attempt.text is not None and (error := read_answer(asked, attempt.text).error):
        st.markdown(error_markup(error), unsafe_allow_html=True)


def _after_the_answer(choice: PracticeChoice, asked: Question | Choice, attempt: Attempt) -> None:
    """Verdict, hints, the right terms, and the ways on."""
    said = hints_markup(asked.hints, attempt.hints)
    if attempt.text is not None:
        is_spoilt = progress().is_spoilt(choice.key)
        said = verdict_markup(asked, read_answer(asked, attempt.text), is_spoilt) + said
    # Also there while empty, so that screen readers hear what comes in.
    st.markdown(tag("div", said, role="status", class_="bp-said"), unsafe_allow_html=True)
    with st.container(horizontal=True):
        if not choice.is_last:
            st.button(
                words.TO_END if isinstance(choice, SequenceChoice) and choice.ends else words.NEXT,
                key=NEXT,
                type="primary" if attempt.is_over else "secondary",
                on_click=go_on,
                args=(choice,),
            )
        if not attempt.is_explained:
            _help_button(choice, asked, attempt)
        if not choice.is_last:
            _suggestion(choice, attempt)
    if choice.is_last:
        st.markdown(kept(end_markup, choice, attempt.is_over), unsafe_allow_html=True)
    if attempt.is_explained:
        st.markdown(kept(_solution_markup, choice), unsafe_allow_html=True)


def _help_button(choice: PracticeChoice, asked: Question | Choice, attempt: Attempt) -> None:
    left = len(asked.hints) - attempt.hints
    if left > 0:
        label = f"Hint ({attempt.hints + 1} of {len(asked.hints)})"
        st.button(label, key="practice_hint", on_click=hint, args=(choice,))
    if left <= 0 or attempt.tries >= TRIES:
        st.button("Show the answer", key="practice_reveal", on_click=reveal, args=(choice,))


def _suggestion(choice: PracticeChoice, attempt: Attempt) -> None:
    """Offer the next level after successes, the one before after failures."""
    if choice.is_choice:
        return
    place = LEVELS.index(choice.level)
    kind = None if isinstance(choice, SequenceChoice) else choice.kind
    streak = progress().streak(kind, choice.level) if attempt.tries or attempt.revealed else 0
    read_through = choice.level == NOTHING and attempt.solved
    if read_through or (streak >= IN_A_ROW and place + 1 < len(LEVELS)):
        harder = LEVELS[place + 1]
        st.button(words.less_help(harder), key="practice_harder", on_click=go_on, args=(choice, harder))
    elif streak <= -IN_A_ROW:
        easier = LEVELS[place - 1]
        st.button(words.more_help(easier), key="practice_easier", on_click=go_on, args=(choice, easier))


def _solution_markup(choice: PracticeChoice) -> str:
    """The right terms, the principle, and where the walkthrough shows them."""
    settings = choice.settings
    asked = choice.asked
    href = settings.step_link(asked.stop)
    link = page_link(TO_WALKTHROUGH, href)
    if isinstance(asked, Choice):
        said = paragraph(f"The answer: {asked.right}. {asked.principle}")
        return said + tag("div", link, class_="bp-conclusion")
    result = tag("p", tag("strong", scripts(result_line(asked))), ". ", scripts(asked.wording.principle))
    if choice.level == ALL:  # elsewhere the working is above, with its blanks filled in
        result += paragraph(asked.wording.formula, "bp-plain-formula")
        result += working_table(asked, settings.config, NOTHING)
    return result + tag("div", link, class_="bp-conclusion")


def _set_section(choice: PracticeChoice) -> None:
    """For lecturers: questions put together as one link."""
    text = ask("set")
    questions = parse_set(text)
    with st.expander(words.SET, expanded=bool(questions)):
        said = paragraph(words.SET_HELP, "bp-note")
        if questions:
            is_plain = choice.level == PARAMETERS["level"].default
            level = {} if is_plain else {"kind": MIXED, "level": choice.level}
            href = choice.settings.link("practice", **level, set=text)
            codes = [f"{kind}.{number}" for kind, number in questions]
            to_class = page_link(words.SET_TO_CLASS, class_link(choice.settings, *codes))
            said += paragraph(words.of_set(text), "bp-note")
            said += tag("p", page_link(words.OPEN_SET, href), " ", to_class)
        st.markdown(said, unsafe_allow_html=True)
        with st.container(horizontal=True):
            is_full = len(questions) == MOST_IN_SEQUENCE or (choice.kind, choice.number) in questions
            st.button(words.ADD, key="practice_add", on_click=add_to_set, args=(choice,), disabled=is_full)
            if questions:
                st.button(words.EMPTY_SET, key="practice_empty", on_click=change_set, args=(None,))


def _score_section(choice: PracticeChoice) -> None:
    """What was done in this tab so far, by kind of question."""
    asked = choice.asked
    found = progress()
    score = found.score()
    to_class = tag("p", page_link(TO_CLASS, class_link(choice.settings, *choice.codes)), class_="bp-to-class")
    said = subject_markup(choice) + to_class + tolerance_markup(asked) + score_markup(score, found.shown())
    with st.container(key="practice_score"):
        st.markdown(said, unsafe_allow_html=True)
        st.button(
            "Begin anew", key="practice_anew", on_click=begin_anew, args=(choice,), disabled=not found.records
        )


def end_markup(choice: PracticeChoice, is_over: bool) -> str:
    """Beside the last question of a kind: that it is, and where there are more."""
    said = paragraph(words.end(choice.last, is_over))
    return tag("div", said, tag("p", " ".join(_ways_on(choice))), class_="bp-practice-end")


def _ways_on(choice: PracticeChoice) -> list[str]:
    settings, kind = choice.settings, choice.kind
    offered = kinds_of(settings)
    following = offered[(offered.index(kind) + 1) % len(offered)]
    links = []
    if following != kind:
        href = settings.link("practice", kind=following, level=choice.level)
        links.append(page_link(f"Next kind: {KIND_TITLES[following].rstrip('?')} →", href))
    view = new_view(settings, kind)
    if view is not None:
        href = view.link("practice", kind=kind, level=choice.level)
        links.append(page_link(words.with_other(what_differs(view, settings)), href))
    return links
