"""What the reader of the page sets: how far to train, and the plane of the decision regions."""

from collections.abc import Callable

import streamlit as st

from ui.settings import MAX_EPOCHS, shorten
from ui.training.views import DEFAULT_PLANE, PLANES

DEFAULT_EPOCHS = 100


def choose_epochs() -> int:
    """The number of epochs to train for, in the URL."""
    _tell_if_wrong(
        "epochs", "Epochs", f"a whole number from 1 to {MAX_EPOCHS}", _is_number_of_epochs, DEFAULT_EPOCHS
    )
    return int(
        st.number_input(
            "Epochs",
            1,
            MAX_EPOCHS,
            value=DEFAULT_EPOCHS,
            step=50,
            key="epochs",
            bind="query-params",
            width=150,
            help="How far to train. In one epoch every training flower is used once.",
        )
    )


def choose_plane() -> str:
    """The plane on which decision regions are drawn, in the URL."""
    _tell_if_wrong(
        "plane", "Decision regions", f"one of {', '.join(PLANES)}", PLANES.__contains__, DEFAULT_PLANE
    )
    return str(st.selectbox("Decision regions over", PLANES, key="plane", bind="query-params", width=280))


def _is_number_of_epochs(text: str) -> bool:
    # isdecimal alone would let through digits of other scripts; the length keeps int() cheap.
    return text.isascii() and text.isdecimal() and len(text) <= 3 and 1 <= int(text) <= MAX_EPOCHS


def _tell_if_wrong(
    key: str, label: str, expected: str, is_right: Callable[[str], bool], default: str | int
) -> None:
    """Say so where the URL asks for what the widget, without a word, replaces by its default."""
    asked = st.session_state.get(key, st.query_params.get(key))
    if asked is None or is_right(str(asked)):
        return
    st.warning(
        f"{label}: expected {expected}, got {shorten(str(asked))}. You see the default, {default}.",
        icon=":material/info:",
    )
