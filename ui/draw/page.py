"""A scene on a page: one component, which takes it as JSON and tells where its controls are."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from ui.draw.library import component, packed
from ui.state.address import asked_all, is_on_screen, move
from ui.state.parameters import PARAMETERS
from ui.state.rows import Choice

_PAGE = component("page", in_shadow=False)

State = list[list[str]]
"""For each parameter of a scene what the address has of it, its default written out."""


def show(scene: str, *keys: str, key: str = "scene", at: Sequence[str] | None = None) -> None:
    """Draw a scene.

    Args:
        scene: from ui.draw.packing.written; the same text for everyone who looks at the same.
        keys: of the parameters that it moves, that of its switches last.
        key: of the component, where a page has several.
        at: what the parameters are, where a page fills in what the address leaves open.
    """
    _PAGE(
        key=key,
        data=packed(
            {"defaults": [_default(each) for each in keys], "told": _told(keys, key, at)}, scene=scene
        ),
        default={"place": None},
        on_place_change=lambda: _take(keys, key),
    )


def _told(keys: Sequence[str], key: str, at: Sequence[str] | None) -> list[Any]:
    """What the scene is told to show, and how often it was told.

    It moves by itself and reports where it is. Only what it does not show already (after a link, or Back) is
    news; what is told stays the same while the reader moves it, and Streamlit does not send it again.
    """
    session, state = st.session_state, _asked(keys) if at is None else [[text] for text in at]
    told, news, shown, heard = session.get(f"{key}_told", (state, 0, None, None))
    report = _report(key)
    if report != heard:
        shown, heard = _state(keys, report), report
    if is_on_screen():  # its own state from before the server was away
        told, news, shown = state, 0, state
    elif state != shown:
        told, news, shown = state, news + 1, state
    session[f"{key}_told"] = told, news, shown, heard
    return [told, news]


def _take(keys: Sequence[str], key: str) -> None:
    for parameter, texts in zip(keys, _state(keys, _report(key)) or (), strict=False):
        move(parameter, [] if texts == _default(parameter) else texts)


def _report(key: str) -> Any:
    return st.session_state.get(key, {}).get("place")


def _state(keys: Sequence[str], report: Any) -> State | None:
    """Where the reader has moved the controls; None if nowhere, or what came is no such state."""
    match report:
        case [list(moved), list(state), int()] if tuple(moved) == tuple(keys) and len(state) == len(keys):
            texts = [_texts(key, each) for key, each in zip(keys, state, strict=True)]
            return None if None in texts else [each for each in texts if each is not None]
    return None


def _texts(key: str, texts: Any) -> list[str] | None:
    """What a parameter is moved to, as links have it; None if it cannot be that."""
    row = PARAMETERS[key]
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        return None
    is_for_the_page = isinstance(row, Choice) and not row.offered  # it knows the network
    if not is_for_the_page and any(row.problem(text) for text in texts):
        return None
    return [_canonical(key, text) for text in texts]


def _asked(keys: Sequence[str]) -> State:
    return [[_canonical(key, text) for text in _asked_of(key)] or _default(key) for key in keys]


def _asked_of(key: str) -> list[str]:
    return asked_all(key) if _is_many(key) else asked_all(key)[-1:]


def _canonical(key: str, text: str) -> str:
    """A text as links have it: every number in one way."""
    row = PARAMETERS[key]
    if isinstance(row, Choice):
        return text
    text = row.write(row.read(text))
    return "0" if text == "-0" else text


def _default(key: str) -> list[str]:
    return [] if _is_many(key) else [PARAMETERS[key].default_text]


def _is_many(key: str) -> bool:
    row = PARAMETERS[key]
    return isinstance(row, Choice) and row.is_many
