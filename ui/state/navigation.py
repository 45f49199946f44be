"""Which pages there are."""

from copy import copy
from functools import cache

import streamlit as st


def app_pages() -> dict[str, list[st.Page]]:
    """The pages under their headings, as st.navigation takes them, which marks the one that is to run."""
    return {heading: [copy(page) for page in pages] for heading, pages in _pages().items()}


@cache  # st.Page looks for its file, a dozen questions to the file system each
def _pages() -> dict[str, list[st.Page]]:
    """All pages. Titles and files make the URLs."""
    return {
        "Explore": [
            st.Page("pages/overview.py", title="Overview", default=True),
            st.Page("pages/total_derivative.py", title="Total derivative"),
        ],
        "Step through": [
            st.Page("pages/walkthrough.py", title="Walkthrough"),
            st.Page("pages/jacobians.py", title="Jacobians"),
            st.Page("pages/paths.py", title="Derivative paths"),
            st.Page("pages/update.py", title="Weight update"),
        ],
        "Beyond one flower": [
            st.Page("pages/batch.py", title="Batch"),
            st.Page("pages/training.py", title="Training"),
            st.Page("pages/chain_rule_lab.py", title="Chain-rule lab"),
        ],
        "Teach": [
            st.Page("pages/practice.py", title="Practice"),
            st.Page("pages/notation.py", title="Notation"),
        ],
    }
