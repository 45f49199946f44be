"""The reader's tab keeps what was done, in its sessionStorage, and hands it to the next session.

A session ends with a reload, and when its server does. The component keeps each change; in a session that
does not know what the tab holds, it hands that over, and what was done meanwhile is added to it. The server
keeps nothing.
"""

import json
import re
from dataclasses import astuple
from pathlib import Path
from typing import Any

import streamlit as st

from ui.draw.bundle import bundle
from ui.names.typed import MOST_CHARACTERS
from ui.questions.catalogue import KINDS
from ui.state.parameters import LEVELS
from ui.views.practice.session import ANSWER, MOST_RECORDS, NEXT, RESULTS, Attempt, Record, progress

MOST_KEPT = 500_000
"""Characters of a text that a tab may hand over: more than `written` ever makes."""

MOST_COUNTED = 9999
_KEY = re.compile("[0-9a-f]{16}")
_TAB_KEY = "practice_tab"
_SELECTORS = {
    "": "",
    ANSWER: ".st-key-practice .stForm input",
    NEXT: f".st-key-{NEXT} button, .bp-practice-end a",
}

_TAB = st.components.v2.component("backprop.practice_tab", js=bundle(Path(__file__).parent / "tab.js"))


def tell_tab(text: str) -> None:
    """Tell the tab what to keep, and where the reader goes on, so that the keyboard is enough.

    Args:
        text: the last answer to the question on the page; a reload has emptied its field.
    """
    found = progress()
    _TAB(
        key=_TAB_KEY,
        data={
            "session": found.session,
            "taken": found.taken,
            "records": written(found.records),
            "typed": text,
            "moves": found.moves,
            "selector": _SELECTORS[found.focus],
        },
        default={"kept": None},
        on_kept_change=_take,
    )


def _take() -> None:
    """Take over what the tab has kept of the session before; what is not of our making is nothing."""
    kept = st.session_state[_TAB_KEY].get("kept")
    if not isinstance(kept, dict) or not _is_key(kept.get("session")):
        return
    try:
        earlier = read(kept.get("records"))
    except (ValueError, TypeError, RecursionError):
        earlier = {}
    progress().take(kept["session"], earlier)


def written(records: dict[str, Record]) -> str:
    """The records as JSON."""
    found = [[key, *astuple(each)] for key, each in records.items()]
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"))


def read(text: Any) -> dict[str, Record]:
    """The records from JSON.

    Raises:
        ValueError, TypeError, RecursionError: it is not what `written` makes.
    """
    _expect(isinstance(text, str) and len(text) <= MOST_KEPT)
    found = json.loads(text)
    _expect(isinstance(found, list) and len(found) <= MOST_RECORDS)
    records = {}
    for key, kind, result, shown, first, level, attempts in found:
        _expect(_is_key(key) and kind in KINDS and isinstance(shown, bool))
        _expect(result in ("", *RESULTS) and first in ("", *RESULTS) and isinstance(attempts, dict))
        _expect({level, *attempts} <= {"", *LEVELS})
        by_level = {each: _attempt(*attempts[each]) for each in attempts}
        records[key] = Record(kind, result, shown, first, level, by_level)
    return records


def _attempt(text: Any, tries: Any, hints: Any, *flags: Any) -> Attempt:
    _expect(text is None or (isinstance(text, str) and len(text) <= MOST_CHARACTERS))
    (text or "").encode()  # a lone surrogate cannot be sent
    _expect(all(type(each) is int and 0 <= each <= MOST_COUNTED for each in (tries, hints)))
    _expect(all(isinstance(each, bool) for each in flags))
    return Attempt(text, tries, hints, *flags)


def _is_key(found: Any) -> bool:
    return isinstance(found, str) and _KEY.fullmatch(found) is not None


def _expect(holds: bool) -> None:
    if not holds:
        raise ValueError("expected records as the page writes them")
