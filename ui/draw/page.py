"""A scene on a page: one component, which takes it as JSON and tells where its slider is."""

from typing import Any

import streamlit as st

from ui.draw.library import component, packed
from ui.state.address import asked, is_on_screen, put
from ui.state.parameters import PARAMETERS

_PAGE = component("page", in_shadow=False)


def show(scene: str, key: str) -> None:
    """Draw a scene; once on a page.

    Args:
        scene: from ui.draw.packing.written; the same text for everyone who looks at the same.
        key: of the parameter that its slider moves.
    """
    _PAGE(
        key="scene",
        data=packed({"default": PARAMETERS[key].default, "told": _told(key)}, scene=scene),
        default={"place": None},
        on_place_change=lambda: _take(key),
    )


def _told(key: str) -> list[float]:
    """The number that the slider is told to show, and how often it was told.

    The slider moves by itself and reports where it is. Only what it does not show already (after a link, or
    Back) is news; what is told stays the same while the reader slides, and Streamlit does not send it again.
    """
    state, place = st.session_state, _number(key, asked(key) or PARAMETERS[key].default_text)
    told, news, shown, heard = state.get("scene_told", (place, 0, None, None))
    report = _report()
    if report != heard:
        shown, heard = _place(key, report), report
    if is_on_screen():  # its own place from before the server was away
        told, news, shown = place, 0, place
    elif place != shown:
        told, news, shown = place, news + 1, place
    state["scene_told"] = told, news, shown, heard
    return [told, news]


def _take(key: str) -> None:
    place = _place(key, _report())
    if place is not None:
        row = PARAMETERS[key]
        text = row.write(place)
        put(key, None if text == row.default_text else text)


def _report() -> Any:
    return st.session_state.get("scene", {}).get("place")


def _place(key: str, report: Any) -> float | None:
    """Where the reader has moved the slider; None if nowhere, or what came is no such number."""
    match report:
        case [str(moved), float() | int() as place, int()] if moved == key:
            return None if PARAMETERS[key].problem(str(place)) else _number(key, str(place))
    return None


def _number(key: str, text: str) -> float:
    """The number of a text, as far as links tell it."""
    row = PARAMETERS[key]
    return float(row.read(row.write(row.read(text)))) + 0.0  # not −0
