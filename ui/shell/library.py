"""The library of ui/draw/js/library.js, on every page: its data never change, so Streamlit sends it once."""

from pathlib import Path

import streamlit as st

from ui.draw.bundle import bundle
from ui.draw.library import VERSION

_UI = Path(__file__).parents[1]
_LIBRARY = st.components.v2.component("backprop.library", js=bundle(_UI / "shell/library.js"))
_FILES = sorted([*_UI.glob("draw/css/*.css"), *_UI.glob("views/*/js/*.css")])
_STYLES = {path.stem: path.read_text(encoding="utf-8") for path in _FILES}


def library() -> None:
    """Send what draws the components of pages to a browser that has not got it."""
    _LIBRARY(key="library", data={"version": VERSION, "styles": _STYLES})
