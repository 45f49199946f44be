"""What a dialog needs so that Escape always closes it."""

from pathlib import Path

import streamlit as st

from ui.draw.bundle import bundle

_ESCAPE = st.components.v2.component("backprop.escape", js=bundle(Path(__file__).parent / "escape.js"))


def escape_closes() -> None:
    """To be called in a dialog; it shows nothing."""
    _ESCAPE(key="escape")
