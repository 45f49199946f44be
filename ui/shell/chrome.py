"""What surrounds every page: styles, links between pages, headings."""

from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_hex

import streamlit as st

from ui.draw.bundle import bundle
from ui.draw.library import component, packed
from ui.shell.library import first_styles, library

# A link between pages carries the whole query string, also from within our tables and pictures. A plain link
# loads the app anew; this listener turns it into one entry of the browser's history, which Streamlit then
# handles like Back and Forward.
_LINKS = component("links")
_ALONE = st.components.v2.component("backprop.alone", js=bundle(Path(__file__).with_name("alone.js")))
"""The same for a page without the library, which is nine tenths of what a first page sends."""


@dataclass
class _Chrome:
    """What a session knows of its browser.

    Attributes:
        session: a name of its own.
        question: of the page that is connected again, which is answered by saying it.
        has_library: whether the browser has it, where it stays: half of a run would be to send it again.
    """

    session: str = field(default_factory=lambda: token_hex(8))
    question: float | None = None
    has_library: bool = False


def app_chrome(draws: bool) -> str | None:
    """Styles of the whole app, what draws components, and links that switch pages without loading anew.

    Args:
        draws: whether the page has components that need the library.

    Returns:
        The query string of the page, when it is connected again and this session is new to it.
    """
    state, known = st.session_state, _known()
    data = {
        "session": known.session,
        "question": known.question,
        # Streamlit drops what the browser said to a run that did not begin with app.py.
        "again": state.pop("began_without_app", False),
    }
    with st.container(key="chrome"):  # always, so that what follows keeps its place on the page
        if draws:
            links = _LINKS(
                key="links", data=packed(data), on_address_change=_hear, on_library_change=_send_library_again
            )
            if not known.has_library:
                library()
        else:
            links = _ALONE(key="links", data=data, on_address_change=_hear)
            first_styles()
    match links.get("address"):
        case {"query": str(query), "session": str(before)} if before != known.session:
            return query
    return None


def chrome_has_come() -> None:
    """End a run: no other has begun, so what was sent is there. If it is not, the browser tells."""
    _known().has_library = True


def _known() -> _Chrome:
    known: _Chrome = st.session_state.setdefault("chrome", _Chrome())
    return known


def _hear() -> None:
    """Answer the page that is connected again; a new session answers by being another one."""
    told = st.session_state["links"].get("address")
    _known().question = told.get("question") if isinstance(told, dict) else None


def _send_library_again() -> None:
    _known().has_library = False
