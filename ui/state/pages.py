"""The pages: one row for each."""

from copy import copy
from dataclasses import dataclass
from functools import cache

import streamlit as st

from ui.state import words


@dataclass(frozen=True, slots=True)
class Page:
    """One row.

    Attributes:
        name: of its file in pages/, and its URL path, but for the first page, which has none.
        title: in the navigation, and its heading.
        heading: above it in the navigation.
        question: it answers; on the overview.
        group: heading of the questions among which this one stands.
        shows_network: whether it shows the network of the settings, so that an example can be shown on it.
    """

    name: str
    title: str
    heading: str
    question: str = ""
    group: str = ""
    shows_network: bool = False

    @property
    def path(self) -> str:
        """Its URL path."""
        return "" if self.name == "overview" else self.name


_EXPLORE, _STEP, _BEYOND, _TEACH = "Explore", "Step through", "Beyond one observation", "Teach"

PAGES = (
    Page("overview", "Overview", _EXPLORE, shows_network=True),
    Page("lesson", "Lesson", _EXPLORE, words.ASKED_BY_LESSON, words.ONE_STEP, shows_network=True),
    Page("walkthrough", "Walkthrough", _STEP, words.ASKED_BY_WALKTHROUGH, words.ONE_STEP, shows_network=True),
    Page("jacobians", "Jacobians", _STEP, words.ASKED_BY_JACOBIANS, words.ONE_STEP, shows_network=True),
    Page("paths", "Derivative paths", _STEP, words.ASKED_BY_PATHS, words.ONE_STEP, shows_network=True),
    Page("update", "Weight update", _STEP, words.ASKED_BY_UPDATE, words.ONE_STEP, shows_network=True),
    Page("total_derivative", "Total derivative", _EXPLORE, words.ASKED_BY_TOTAL_DERIVATIVE, words.ONE_STEP),
    Page("batch", "Batch", _BEYOND, words.ASKED_BY_BATCH, words.MORE_STEPS),
    Page("training", "Training", _BEYOND, words.ASKED_BY_TRAINING, words.MORE_STEPS),
    Page("chain_rule_lab", "Chain-rule lab", _BEYOND, words.ASKED_BY_CHAIN_RULE_LAB, words.MORE_STEPS),
    Page("practice", "Practice", _TEACH, words.ASKED_BY_PRACTICE, _TEACH, shows_network=True),
    Page("class", "Class", _TEACH, words.ASKED_BY_CLASS, _TEACH, shows_network=True),
    Page("notation", "Notation", _TEACH, words.ASKED_BY_NOTATION, _TEACH, shows_network=True),
)
"""In the order of the overview's questions. Titles and names are in the readers' links: never change them."""

_BY_NAME = {page.name: page for page in PAGES}
ROUTE = tuple(
    _BY_NAME[name]
    for name in (
        *("overview", "lesson", "total_derivative", "walkthrough", "jacobians", "paths", "update"),
        *("batch", "training", "chain_rule_lab", "practice", "class", "notation"),
    )
)
"""The way through the app: each page leads to the next."""

TITLES = {page.path: page.title for page in PAGES}
"""By URL path."""


def shows_network(path: str) -> bool:
    """Whether the page at this URL path shows the network of the settings."""
    return any(page.shows_network for page in PAGES if page.path == path)


def app_pages() -> dict[str, list[st.Page]]:
    """The pages under their headings, as st.navigation takes them, which marks the one that is to run."""
    return {heading: [copy(page) for page in pages] for heading, pages in _pages().items()}


@cache  # st.Page looks for its file, a dozen questions to the file system each
def _pages() -> dict[str, list[st.Page]]:
    headings: dict[str, list[st.Page]] = {}
    for page in PAGES:
        shown = st.Page(f"pages/{page.name}.py", title=page.title, default=not page.path)
        headings.setdefault(page.heading, []).append(shown)
    return headings
