"""What is asked of the reader: widgets kept in the address, and notices where a link asks for nonsense.

Each widget gets what the state holds as its default too: Streamlit sends a value that the state has set in
one run only, and a browser that draws the widget after the next run would begin, and answer, with its own.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from ui.state import words
from ui.state.address import asked, asked_all, is_of_link, keep, keep_texts, put, seed
from ui.state.parameters import PARAMETERS, rows_of
from ui.state.rows import Choice, Parameter, Real, Text, Whole


def ask(key: str, **changes: Any) -> str:
    """Draw the widget of a parameter, if it has one, and give what it is, as a link has it.

    Args:
        key: of the parameter.
        changes: what the view knows better than the parameter's row, such as the options of this network.
    """
    row = replace(PARAMETERS[key], **changes) if changes else PARAMETERS[key]
    text = _valid(row)
    if not row.widget:
        return text
    state = row.read(text) if isinstance(row, Whole | Real) else text
    text = row.draw(seed(key, state, row.offered if isinstance(row, Choice) and not row.typed else None))
    keep(key, text, row.default_text)
    return text


def numbers(count: int) -> list[str]:
    """Options from 1 on."""
    return [str(number) for number in range(1, count + 1)]


def from_one(count: int, *names: str) -> str:
    """What a notice calls so many options from 1 on, after those with a name: auto or 1 to 5."""
    between = "1" if count == 1 else f"1 to {count}"
    return " or ".join([*names, between])


def switched_out(key: str, count: int) -> tuple[int, ...]:
    """Which of so many, 0-based, a parameter of switches has out; a notice where a link asks for others."""
    row = replace(PARAMETERS[key], options=tuple(numbers(count)), among=from_one(count))  # type: ignore[call-arg]
    out = asked_all(key)
    right = [text for text in numbers(count) if text in out]
    problems = [problem for text in out if (problem := row.problem(text))]
    if is_of_link(key) and problems and count:
        say(row.notice(problems[0], "the others" if right else "none"))
    keep_texts(key, right)
    return tuple(int(text) - 1 for text in right)


def _valid(row: Parameter) -> str:
    """What a parameter is; its default where that is not valid, with a notice if a link asks for it.

    What a page's own controls make impossible, such as unit 5 of fewer, is put right without a word.
    """
    found, is_new = asked(row.key), is_of_link(row.key)
    problem = None if found is None else row.problem(found)
    if problem is None:
        return found or row.default_text
    if is_new:
        say(row.notice(problem, row.default_text or row.shown))
    put(row.key, None)
    return row.default_text


def say(notice: str) -> None:
    """Say that a link asks for what is not there."""
    st.warning(notice, icon=":material/info:")


def repair(**changes: Mapping[str, Any]) -> list[str]:
    """Replace what is wrong in the settings by the last valid value, or the default, and say so.

    A link is wrong where it asks for what is not there; a field, where the reader mistyped it.

    Args:
        changes: by key what a row is for numbers that are given, so that a notice says what there is.
    """
    notices = []
    for row in rows_of(""):
        typed, known = st.session_state.get(row.key) if row.widget else None, asked(row.key)
        text = known if typed is None else str(typed)
        problem = None if text is None else row.problem(text)
        if problem is not None:
            last = known if known is not None and row.problem(known) is None else None
            put(row.key, last)
            default = words.default(row.shown or row.default_text)
            here = replace(row, **changes.get(row.key, {}))
            problem = (here.problem(text or "") if text else None) or problem
            notices.append(here.notice(problem, default if last is None else words.last_valid(last)))
        elif text is not None and isinstance(row, Text | Choice) and text != row.write(row.read(text)):
            put(row.key, row.write(row.read(text)))  # as a link has it: the field shows what was understood
    return notices
