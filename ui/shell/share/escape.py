"""What a dialog needs so that Escape always closes it."""

from pathlib import Path

import streamlit as st

_ESCAPE = st.components.v2.component(
    "backprop.escape", js=(Path(__file__).parent / "escape.js").read_text(encoding="utf-8")
)


def escape_closes() -> None:
    """To be called in a dialog; it shows nothing."""
    _ESCAPE(key="escape")
