"""Below every page: which one comes next, and what it answers."""

from itertools import pairwise

import streamlit as st

from ui.draw.prose import link
from ui.draw.svg import scripts, tag
from ui.shell import words
from ui.state.cache import kept
from ui.state.pages import ROUTE, Page
from ui.state.settings import Settings

_NEXT = {page.path: following for page, following in pairwise(ROUTE)}


def onward(settings: Settings, path: str) -> None:
    """The page after the one at this URL path; the lesson says by itself what comes next."""
    if path in _NEXT and path != "lesson":
        st.html(kept(_markup, settings, _NEXT[path]))


def _markup(settings: Settings, page: Page) -> str:
    found = link(words.comes_next(page.title), settings.link(page.path))
    return tag("p", found, " ", scripts(page.question), class_="bp-onward")
