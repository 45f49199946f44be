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
from dataclasses import dataclass, field
from math import inf
from threading import local
from time import monotonic
from typing import Any
from urllib.parse import parse_qs

import streamlit as st

from ui.state.parameters import rows_of
from ui.state.runtime import came_by_address, this_run

_VIEW, _MORE = "view", "view_more"
"""Keys of the session: the parameters by their keys, and what else it knows of the address."""

_THREAD = local()

ECHO = 1.0
"""Seconds after a run for which a browser may still say what a widget held before it."""


@dataclass
class Known:
    """What a session knows of its address besides the parameters. One object: most widgets copy all keys.

    Attributes:
        page: URL path of the page that the parameters belong to.
        asked: parameters that the address asks for and nobody has looked at yet.
        widgets: what each widget began with.
        is_on_screen: whether the browser already shows the widgets.
        written: what was last written to the address.
        replaced: what widgets held whose parameter a picture has moved. A browser that has not heard of it
            sends that again with the next button, and the reader has not set it.
        heard: the moment from which on the browser has.
    """

    page: str = ""
    asked: set[str] = field(default_factory=set)
    widgets: dict[str, Any] = field(default_factory=dict)
    is_on_screen: bool = False
    written: dict[str, list[str]] | None = None
    replaced: dict[str, Any] = field(default_factory=dict)
    heard: float = inf


CLOUD_FRAME = "/~/+"
"""Where Streamlit Community Cloud has the app in a frame of its own; outside of it, nobody needs that."""


def follow(page: str, told: str | None = None) -> None:
    """Begin a run: take the parameters from the address, if the reader came by one.

    Args:
        page: URL path of the page that follows; empty for the overview.
        told: The query string of a page that is connected again, where this session is new to it.
    """
    state = st.session_state
    known = _keys_of(page)
    if _VIEW not in state or told is not None or came_by_address():
        here = st.query_params.get_all if told is None else _parameters_of(told)
        view = {key: texts for key in known if (texts := here(key))}
        for key in state[_MORE].widgets if _MORE in state else ():
            state.pop(key, None)
        state[_VIEW], state[_MORE] = view, Known(page, set(view), is_on_screen=told is not None)
        _THREAD.run = None
    elif page != _more().page:
        # Not what both pages have, such as a unit: each means one of a layer of its own.
        for key in set(_view()).difference(row.key for row in rows_of("")):
            put(key, None)
        _more().page = page


def is_on_screen() -> bool:
    """Whether a new session continues a page that the browser shows: what moves there is further by now."""
    return _more().is_on_screen


def has_begun() -> bool:
    """Whether `follow` has been called in this session: a page that runs without app.py has no state."""
    return _VIEW in st.session_state


def _held() -> tuple[dict[str, list[str]], Known]:
    """The parameters and what else is known, looked up once a run: Streamlit takes 10 µs for a value."""
    run = this_run()
    if run is None or getattr(_THREAD, "run", None) is not run:
        state = st.session_state
        _THREAD.held = state.get(_VIEW, {}), state.get(_MORE) or Known()
        _THREAD.run = run
    held: tuple[dict[str, list[str]], Known] = _THREAD.held
    return held


def _view() -> dict[str, list[str]]:
    return _held()[0]


def _more() -> Known:
    return _held()[1]


def publish() -> None:
    """End a run: write the parameters to the address, unless it says the same already."""
    view, more = _held()
    more.is_on_screen = False
    more.heard = min(more.heard, monotonic() + ECHO)
    known, there = _keys_of(more.page), set(st.query_params)
    here = {key: st.query_params.get_all(key) if key in there else [] for key in known}
    ordered = {key: view[key] for key in known if key in view}
    # What this run knows of the address may be older than what the last run wrote: of two quick changes,
    # there and back, the browser asks for the second before it has the answer to the first.
    is_written = more.written is None or more.written == ordered
    if not is_written or any(texts != view.get(key, []) for key, texts in here.items()):
        st.query_params.from_dict(ordered)
        more.written = ordered


def parameters() -> dict[str, list[str]]:
    """What the address holds of this page's parameters, those without a widget at their default too."""
    view, more = _held()
    return {key: view[key] for key in _keys_of(more.page) if key in view}


def asked(key: str) -> str | None:
    """What a parameter is: the last text that a link or `put` gave it; None at its default."""
    texts = asked_all(key)
    return texts[-1] if texts else None


def asked_all(key: str) -> list[str]:
    """The same for a parameter that may stand in the address more than once."""
    return _view().get(key, [])


def put(key: str, text: str | int | None) -> None:
    """Set a parameter, or its default with None. Its widget, if it is not drawn yet, will show it."""
    view, more = _held()
    if text is None:
        view.pop(key, None)
    else:
        view[key] = [str(text)]
    st.session_state.pop(key, None)
    more.asked.discard(key)


def move(key: str, texts: list[str]) -> None:
    """Set a parameter to what a picture tells, as texts of the address; its widget will show it."""
    more = _more()
    if key in st.session_state:
        more.replaced[key], more.heard = st.session_state[key], inf
    put(key, None)
    keep_texts(key, texts)


def is_of_link(key: str) -> bool:
    """Whether a link asks for this; told once: what a link got wrong is said, the rest just put right."""
    wanted = _more().asked
    if key not in wanted:
        return False
    wanted.discard(key)
    return True


def seed(key: str, value: Any, options: Sequence[Any] | None = None) -> Any:
    """Let the widget with this key begin with a value, unless the reader has set it to one of the options.

    A default may depend on the view; a widget that nobody has touched follows it. One that the browser shows
    already holds what it shows: to set it would undo what the reader does there meanwhile.

    Returns:
        What the widget holds.
    """
    state, begun = st.session_state, _more().widgets
    is_known = key in state and not _is_echo(key)
    held = state[key] if is_known else value
    is_untouched = is_known and key in begun and held == begun[key] != value and asked(key) is None
    is_unknown = not is_known and not is_on_screen()
    is_impossible = options is not None and held not in options
    if is_unknown or is_untouched or is_impossible:
        state[key] = held = value
    begun[key] = value
    return held


def _is_echo(key: str) -> bool:
    """Whether a browser that has not heard of the new value says the old one."""
    more = _more()
    if monotonic() > more.heard:
        more.replaced.clear()
    return key in more.replaced and st.session_state[key] == more.replaced[key]


def keep(key: str, text: str, default: str) -> None:
    """Take note of what a widget holds. A default that a link writes out stays as it is, as the link does."""
    _more().asked.discard(key)
    if text != default or asked(key) != text:
        keep_texts(key, [] if text == default else [text])


def keep_texts(key: str, texts: list[str]) -> None:
    """The same as texts of the address; none of them is the default."""
    view = _view()
    if texts:
        view[key] = texts
    else:
        view.pop(key, None)


def app_address(url: str | None, page: str) -> str:
    """The app's own address from that of a page of it, as the reader's browser has it.

    Args:
        url: such as https://example.org/backprop/paths; None if it is not known.
        page: URL path of the page it belongs to.
    """
    if url is None:
        return ""
    return url.rstrip("/").removesuffix(f"/{page}" if page else "").rstrip("/").removesuffix(CLOUD_FRAME)


def _keys_of(page: str) -> list[str]:
    return [row.key for row in rows_of(page or "overview")]


def _parameters_of(query: str) -> Callable[[str], list[str]]:
    found = parse_qs(query.removeprefix("?"), keep_blank_values=True)
    return lambda key: found.get(key, [])
