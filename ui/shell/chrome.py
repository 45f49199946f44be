"""What surrounds every page: styles, links between pages, headings."""

from pathlib import Path
from secrets import token_hex

import streamlit as st

from ui.draw.library import TOKENS, component, packed
from ui.shell.library import library

_FOLDER = Path(__file__).parent
_STYLES = "".join(
    f"<style>{path.read_text(encoding='utf-8')}</style>" for path in (TOKENS, _FOLDER / "app.css")
)

# A link between pages carries the whole query string, also from within our tables and pictures. A plain link
# loads the app anew; this listener turns it into one entry of the browser's history, which Streamlit then
# handles like Back and Forward.
_LINKS = component("links")


def app_chrome() -> str | None:
    """Styles of the whole app, what draws components, and links that switch pages without loading anew.

    Returns:
        The query string of the page, when it is connected again and this session is new to it.
    """
    st.html(_STYLES)
    library()
    state = st.session_state
    own = state.setdefault("session", token_hex(8))
    data = {
        "session": own,
        "question": state.get("question"),
        # Streamlit drops what the browser said to a run that did not begin with app.py.
        "again": state.pop("began_without_app", False),
    }
    told = _LINKS(key="links", data=packed(data), on_address_change=_hear).get("address")
    match told:
        case {"query": str(query), "session": str(before)} if before != own:
            return query
    return None


def _hear() -> None:
    """Answer the page that is connected again; a new session answers by being another one."""
    told = st.session_state["links"].get("address")
    st.session_state["question"] = told.get("question") if isinstance(told, dict) else None
