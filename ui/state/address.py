"""The address is the state: every parameter of the view, as text, in one place.

A run begins with `follow`. Where the reader came by an address (a link, Back, Forward, reload, a new
session), what it says replaces whatever this session knew; in all other runs the session's parameters hold,
and widgets change them. `publish` writes what is not at its default, so address and screen never differ.

A page that is connected again after its server went away tells its address to the session that it finds
(links.js). A new session takes the address from there: Streamlit's own is older than the stage's last step.

Widgets are drawn from here (`seed`) and tell what they hold (`keep`). Streamlit's own binding of widgets to
the address (bind="query-params") is not used: Streamlit 1.67 loses the parameter of a widget that moves on
the page or is not drawn in a run, and drops from a link what a widget of another page was bound to before.
"""

from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import parse_qs

import streamlit as st

from ui.state.parameters import rows_of
from ui.state.runtime import came_by_address

_VIEW, _PAGE, _ASKED, _WIDGETS = "view", "view_page", "view_asked", "view_widgets"
_ON_SCREEN, _WRITTEN = "view_on_screen", "view_written"
"""Keys of the session: the parameters, the page they belong to, which of them the address asks for and
nobody has looked at yet, what each widget began with, whether the browser already shows the widgets, and
what was last written to the address."""


def follow(page: str, told: str | None = None) -> None:
    """Begin a run: take the parameters from the address, if the reader came by one.

    Args:
        page: URL path of the page that follows; empty for the overview.
        told: The query string of a page that is connected again, where this session is new to it.
    """
    state = st.session_state
    known = _keys_of(page)
    if _VIEW not in state or told is not None or came_by_address():
        state[_ON_SCREEN] = told is not None
        here = st.query_params.get_all if told is None else _parameters_of(told)
        state[_VIEW] = {key: texts for key in known if (texts := here(key))}
        state[_ASKED] = set(state[_VIEW])
        for key in (_WRITTEN, *state.get(_WIDGETS, ())):
            state.pop(key, None)
        state[_WIDGETS] = {}
    elif page != state[_PAGE]:
        # Not what both pages have, such as a unit: each means one of a layer of its own.
        for key in set(state[_VIEW]).difference(row.key for row in rows_of("")):
            put(key, None)
    state[_PAGE] = page


def is_on_screen() -> bool:
    """Whether a new session continues a page that the browser shows: what moves there is further by now."""
    return bool(st.session_state.get(_ON_SCREEN))


def has_begun() -> bool:
    """Whether `follow` has been called in this session: a page that runs without app.py has no state."""
    return _VIEW in st.session_state


def publish() -> None:
    """End a run: write the parameters to the address, unless it says the same already."""
    st.session_state[_ON_SCREEN] = False
    view: dict[str, list[str]] = st.session_state[_VIEW]
    here = {key: st.query_params.get_all(key) for key in _own_parameters()}
    ordered = {key: view[key] for key in here if key in view}
    # What this run knows of the address may be older than what the last run wrote: of two quick changes,
    # there and back, the browser asks for the second before it has the answer to the first.
    is_written = st.session_state.get(_WRITTEN, ordered) == ordered
    if not is_written or any(texts != view.get(key, []) for key, texts in here.items()):
        st.query_params.from_dict(ordered)
        st.session_state[_WRITTEN] = ordered


def parameters() -> dict[str, list[str]]:
    """What the address holds of this page's parameters, those without a widget at their default too."""
    view: dict[str, list[str]] = st.session_state[_VIEW]
    return {key: view[key] for key in _own_parameters() if key in view}


def asked(key: str) -> str | None:
    """What a parameter is: the last text that a link or `put` gave it; None at its default."""
    texts = asked_all(key)
    return texts[-1] if texts else None


def asked_all(key: str) -> list[str]:
    """The same for a parameter that may stand in the address more than once."""
    texts: list[str] = st.session_state.get(_VIEW, {}).get(key, [])
    return texts


def put(key: str, text: str | int | None) -> None:
    """Set a parameter, or its default with None. Its widget, if it is not drawn yet, will show it."""
    view = st.session_state[_VIEW]
    if text is None:
        view.pop(key, None)
    else:
        view[key] = [str(text)]
    st.session_state.pop(key, None)
    st.session_state[_ASKED].discard(key)


def is_of_link(key: str) -> bool:
    """Whether a link asks for this; told once: what a link got wrong is said, the rest just put right."""
    wanted: set[str] = st.session_state[_ASKED]
    if key not in wanted:
        return False
    wanted.discard(key)
    return True


def seed(key: str, value: Any, options: Sequence[Any] | None = None) -> None:
    """Let the widget with this key begin with a value, unless the reader has set it to one of the options.

    A default may depend on the view; a widget that nobody has touched follows it. One that the browser shows
    already holds what it shows: to set it would undo what the reader does there meanwhile.
    """
    state = st.session_state
    begun: dict[str, Any] = state[_WIDGETS]
    is_untouched = asked(key) is None and key in begun and state.get(key) == begun[key] != value
    is_unknown = key not in state and not is_on_screen()
    is_impossible = options is not None and state.get(key, value) not in options
    if is_unknown or is_untouched or is_impossible:
        state[key] = value
    begun[key] = value


def keep(key: str, text: str, default: str) -> None:
    """Take note of what a widget holds. A default that a link writes out stays as it is, as the link does."""
    st.session_state[_ASKED].discard(key)
    if text != default or asked(key) != text:
        keep_texts(key, [] if text == default else [text])


def keep_texts(key: str, texts: list[str]) -> None:
    """The same as texts of the address; none of them is the default."""
    view = st.session_state[_VIEW]
    if texts:
        view[key] = texts
    else:
        view.pop(key, None)


def _own_parameters() -> list[str]:
    return _keys_of(st.session_state[_PAGE])


def _keys_of(page: str) -> list[str]:
    return [row.key for row in rows_of(page or "overview")]


def _parameters_of(query: str) -> Callable[[str], list[str]]:
    found = parse_qs(query.removeprefix("?"), keep_blank_values=True)
    return lambda key: found.get(key, [])
