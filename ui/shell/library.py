"""The library of ui/draw/js/library.js: what draws components, and all styles, once a session."""

from pathlib import Path

import streamlit as st

from ui.draw.bundle import bundle
from ui.draw.library import VERSION

_UI = Path(__file__).parents[1]
_LIBRARY = st.components.v2.component("backprop.library", js=bundle(_UI / "shell/library.js"))
_APP = ("shell/app.css", *(f"views/{page}/page.css" for page in ("practice", "lesson", "classroom")))
"""Rules of the document, the later ones of pages that have many."""

_FILES = sorted([*_UI.glob("draw/css/*.css"), *_UI.glob("views/*/js/*.css")])
_STYLES = {path.stem: path.read_text(encoding="utf-8") for path in _FILES}
_STYLES["app"] = "".join((_UI / name).read_text(encoding="utf-8") for name in _APP)
_FIRST_STYLES = "".join(f"<style data-first>{_STYLES[name]}</style>" for name in ("tokens", "app"))


def library() -> None:
    """Send what draws the components of pages; and the document's styles, which hold until it has come."""
    first_styles()
    # Texts alone: for what may be a table Streamlit asks pandas, half a second of a process's first page.
    _LIBRARY(key="library", data={"version": VERSION} | _STYLES)


def first_styles() -> None:
    """Send the document's styles, as long as this is drawn."""
    st.html(_FIRST_STYLES)
