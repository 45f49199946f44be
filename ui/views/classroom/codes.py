"""Result codes of a class, pasted as they came: where it stands, what repairs it, what to ask it next."""

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from ui.draw.prose import heading, link, page_link, paragraph, row_head, table, text_cell
from ui.draw.svg import tag
from ui.questions.catalogue import count_of, kinds_of
from ui.questions.lesson.stops import stop_at
from ui.questions.polls import lesson_code
from ui.questions.repairs import KINDS_REPAIRED_BY, STOPS_REPAIRED_BY
from ui.questions.results.lesson import SKIPPED
from ui.questions.results.pasted import MOST_CODES, MOST_PASTED, Code, Slip, find_codes
from ui.questions.results.standing import COLUMNS, Row, Standing, most_missed, standing_of
from ui.questions.words.lesson import TITLES as STOPS
from ui.questions.words.polls import NAMES
from ui.state.cache import kept
from ui.state.for_class import class_link
from ui.state.pages import TITLES
from ui.state.settings import Settings
from ui.state.words import KIND_TITLES
from ui.views.classroom import words

MOST_LISTED, MOST_MISTAKES = 20, 6
MOST_STOPS, MOST_KINDS, MOST_OF_KIND = 3, 3, 2
"""Of what most missed the class is asked so many stops, kinds, and questions of a kind."""

IN_PRACTICE = tuple(each for each in COLUMNS if each != SKIPPED)
_TEXT, _HELD, _ONCE = "codes_text", "class_codes", "codes_once"


def codes_section(settings: Settings) -> None:
    """A field to paste into, and what the codes say."""
    with st.container(key="class_codes_section"):
        st.markdown(heading(words.CODES) + paragraph(words.CODES_LEAD), unsafe_allow_html=True)
        with st.form("codes_form", border=False):
            st.text_area(words.PASTE, key=_TEXT, max_chars=MOST_PASTED, height=110)
            st.form_submit_button(words.READ, key="codes_read", on_click=_read)
        if has_codes():
            _result(settings, *st.session_state[_HELD])


def has_codes() -> bool:
    """Whether anything was pasted."""
    return _HELD in st.session_state


def _read() -> None:
    """Take the codes out of what was pasted, and forget the rest: there are names in it."""
    text = str(st.session_state.get(_TEXT) or "")
    before, _ = st.session_state.get(_HELD, ((), ()))
    codes, slips = find_codes(text)
    st.session_state[_HELD] = (*before, *codes)[:MOST_CODES], tuple(slips)
    st.session_state[_TEXT] = ""


def _forget() -> None:
    st.session_state.pop(_HELD, None)


def _result(settings: Settings, codes: Sequence[Code], slips: Sequence[Slip]) -> None:
    times = Counter(each.text for each in codes)
    equal = [(text, count) for text, count in times.most_common() if count > 1]
    if equal:
        st.checkbox(words.COUNT_ONCE, key=_ONCE, help=words.COUNT_ONCE_HELP)
    is_once = bool(equal) and bool(st.session_state.get(_ONCE))
    counted = [*{each.text: each for each in codes}.values()] if is_once else codes
    standing = standing_of(each.result for each in counted)
    said = [paragraph(words.codes_read(standing.lessons, standing.sequences, len(codes) == MOST_CODES))]
    if equal:
        said.append(paragraph(words.equal_codes(equal[:MOST_LISTED], len(equal), is_once), "bp-note"))
    said += [_slips(slips), _tables(settings, standing)]
    st.markdown("".join(said), unsafe_allow_html=True)
    st.button(words.FORGET, key="codes_forget", on_click=_forget)


def _slips(slips: Sequence[Slip]) -> str:
    if not slips:
        return ""
    rows = [
        [tag("td", str(each.line)), tag("td", tag("code", each.text)), text_cell(each.reason)]
        for each in slips[:MOST_LISTED]
    ]
    more = len(slips) - MOST_LISTED
    said = paragraph(words.slips(len(slips))) + table(words.SLIPS_HEAD, rows, "bp-slips")
    return said + (paragraph(words.more_slips(more), "bp-note") if more > 0 else "")


def _tables(settings: Settings, standing: Standing) -> str:
    parts = []
    if codes := _to_ask(settings, standing):
        parts.append(tag("p", page_link(words.ASK_MISSED, class_link(settings, *codes), primary=True)))
    if standing.stops:
        rows = [_row(each, COLUMNS, *_of_stop(settings, int(each.key))) for each in standing.stops]
        parts.append(table((words.BY_STOP, *words.standing_head(True)), rows, "bp-standing"))
    if standing.kinds:
        rows = [_row(each, IN_PRACTICE, *_of_kind(settings, each.key)) for each in standing.kinds]
        rows += [_row(each, IN_PRACTICE, words.SPECIAL[each.key], "") for each in standing.special]
        parts.append(table((words.BY_KIND, *words.standing_head(False)), rows, "bp-standing"))
    if standing.mistakes:
        rows = [
            [row_head(NAMES[name]), tag("td", str(count), data_mistake=name)]
            for name, count in standing.mistakes[:MOST_MISTAKES]
        ]
        parts.append(table(words.MISTAKES_HEAD, rows, "bp-mistakes"))
        parts.append(paragraph(words.MISTAKES_NOTE, "bp-note"))
    return "".join(parts)


def _of_stop(settings: Settings, number: int) -> tuple[str, str]:
    """What the stop is called, and what repairs it."""
    return f"{number}. {STOPS[number - 1]}", _ways(settings, *STOPS_REPAIRED_BY[number - 1])


def _of_kind(settings: Settings, kind: str) -> tuple[str, str]:
    return KIND_TITLES[kind], _ways(settings, KINDS_REPAIRED_BY[kind], kind)


def _ways(settings: Settings, page: str, kind: str) -> str:
    questions = link(KIND_TITLES[kind], settings.link("practice", kind=kind))
    return f"{link(TITLES[page], settings.link(page))}, {questions}"


def _row(row: Row, columns: Sequence[str], name: str, ways: str) -> list[str]:
    counts = [*zip(columns, row.counts, strict=False)]
    bars = (
        tag("span", class_=f"bp-is-{each}", style=f"flex-grow:{count}") for each, count in counts if count
    )
    cells = (tag("td", str(count), data_standing=f"{row.key}:{each}") for each, count in counts)
    stack = tag("td", tag("div", *bars, class_="bp-stack"))
    return [row_head(name), stack, *cells, tag("td", ways if row.is_missed else "")]


def _to_ask(settings: Settings, standing: Standing) -> list[str]:
    """Codes of questions on what most missed, which this view has."""
    found = [
        lesson_code(each)
        for number in most_missed(standing.stops, MOST_STOPS)
        for each in kept(stop_at, settings, int(number)).exercises
    ]
    offered = kept(kinds_of, settings)
    for kind in most_missed(standing.kinds, MOST_KINDS):
        if kind in offered:
            last = min(MOST_OF_KIND, count_of(settings, kind))
            found += [f"{kind}.{number}" for number in range(1, last + 1)]
    return [*filter(None, found)]
