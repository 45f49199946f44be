"""The end of a sequence: what was right at once, with help, not yet, by kind, and what repairs it."""

from collections.abc import Mapping

import streamlit as st

from ui.draw.prose import link, page_link, paragraph, row_head, table
from ui.draw.svg import scripts, tag
from ui.questions.catalogue import KINDS, new_view
from ui.questions.repairs import KINDS_REPAIRED_BY
from ui.questions.results.practice import practice_code
from ui.state.marks import AT_ONCE, HELPED, MISSED, NOT_COUNTED
from ui.state.pages import TITLES
from ui.state.settings import Settings
from ui.state.words import KIND_TITLES
from ui.views.practice import words
from ui.views.practice.choice import SequenceEnd, forget_marks
from ui.views.practice.session import progress
from ui.views.practice.tab import tell_tab

COLUMNS = (AT_ONCE, HELPED, MISSED)


def end_section(end: SequenceEnd) -> None:
    """The result, and the ways on."""
    with st.container():
        st.markdown(result_markup(end), unsafe_allow_html=True)
        with st.container(horizontal=True):
            if ways := _ways_on(end):
                found = tag("div", *ways, class_="bp-practice-end")
                st.markdown(found, unsafe_allow_html=True, width="content")
            st.button(words.AGAIN_FROM_FIRST, key="practice_anew", on_click=begin_anew)
    tell_tab("")


def begin_anew() -> None:
    """The same questions again, with all answers forgotten."""
    progress().begin_anew()
    forget_marks()


def result_markup(end: SequenceEnd) -> str:
    """A table by kind, of each how often it came out how."""
    found: dict[str, dict[str, int]] = {}
    for asked, mark in zip(end.questions, end.marks, strict=True):
        if mark != NOT_COUNTED:
            found.setdefault(asked.kind, dict.fromkeys(COLUMNS, 0))[mark] += 1
    counts = [sum(each[mark] for each in found.values()) for mark in COLUMNS]
    rows = [_row(end.settings, kind, found[kind]) for kind in KINDS if kind in found]
    said = words.in_all(counts) + (f" {words.NOT_IN_SCORE}" if NOT_COUNTED in end.marks else "")
    parts = [tag("h2", words.OVER, class_="bp-prompt"), paragraph(said)]
    if rows:
        parts.append(table(words.RESULT_HEADS, rows, "bp-results"))
    questions = [(each.kind, mark) for each, mark in zip(end.questions, end.marks, strict=True)]
    code = practice_code(questions, end.is_set, end.mistakes)
    parts.append(tag("p", scripts(words.code(code, len(end.mistakes))), data_code=code))
    return "".join(parts)


def _row(settings: Settings, kind: str, counts: Mapping[str, int]) -> list[str]:
    cells = [
        tag("td", str(counts[mark]), data_result=f"{kind}:{name}")
        for mark, name in zip(COLUMNS, words.RESULTS, strict=True)
    ]
    page = KINDS_REPAIRED_BY[kind]
    is_well = counts[AT_ONCE] == sum(counts.values())
    ways = (
        "" if is_well else link(TITLES[page], settings.link(page)),
        "" if is_well else link(KIND_TITLES[kind], settings.link("practice", kind=kind)),
    )
    return [row_head(KIND_TITLES[kind]), *cells, *(tag("td", each) for each in ways)]


def _ways_on(end: SequenceEnd) -> list[str]:
    if end.is_set:
        return [page_link(words.TO_MIXED, end.settings.link("practice"))]
    view = new_view(end.settings, end.questions[0].kind)
    return (
        [page_link(words.with_other(what_differs(view, end.settings)), view.link("practice"))] if view else []
    )


def what_differs(view: Settings, before: Settings) -> str:
    """What another view has that is not the same."""
    if view.flower != before.flower:
        return f"flower {view.flower}"
    return f"observation {view.row + 1}" if view.row != before.row else f"weights of seed {view.seed}"
