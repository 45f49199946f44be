"""What a page asks its reader: widgets bound to the URL, with a notice where a link asks for nonsense."""

from collections.abc import Sequence
from typing import Literal

import streamlit as st

from ui.settings import shorten


def asked(key: str) -> str | None:
    """What the widget holds, or what the URL asks for before the widget's first run."""
    value = st.session_state.get(key, st.query_params.get(key))
    return None if value is None else str(value)


def notice(label: str, expected: str, asked: str, shown: str) -> None:
    """Say that a link asks for what is not there."""
    st.warning(
        f"{label}: expected {expected}, got {shorten(asked)}. You see {shown}.", icon=":material/info:"
    )


def repair(label: str, key: str, options: Sequence[str], default: str, expected: str | None = None) -> None:
    """A notice and the default where the URL or an older choice has no such option."""
    found = asked(key)
    if found is not None and found not in options:
        notice(label, expected or one_of(options), found, default)
        st.session_state[key] = default


def one_of(options: Sequence[str]) -> str:
    """What was expected: "one of 1, 2, 3", or the only option itself."""
    return f"one of {', '.join(options)}" if len(options) > 1 else options[0]


def pills(
    label: str,
    key: str,
    options: Sequence[str],
    default: str,
    help_text: str | None = None,
    *,
    expected: str | None = None,
    disabled: bool = False,
    width: Literal["stretch", "content"] = "content",
) -> str:
    """One of the options, as buttons; `expected` says in the notice what they are."""
    repair(label, key, options, default, expected)
    chosen = st.pills(
        label,
        options,
        default=default,
        required=True,
        key=key,
        bind="query-params",
        help=help_text,
        wrap=True,
        disabled=disabled,
        width=width,
    )
    return str(chosen or default)


def whole_number(
    label: str,
    key: str,
    lowest: int,
    highest: int,
    default: int,
    help_text: str | None = None,
    *,
    step: int = 1,
    width: Literal["stretch"] | int = "stretch",
) -> int:
    """A field for whole numbers."""
    found = asked(key)
    is_wrong = found is not None and not _is_whole(found, lowest, highest)
    if is_wrong:
        notice(label, f"a whole number from {lowest} to {highest}", str(found), str(default))
        st.session_state[key] = default
    number = st.number_input(
        label,
        lowest,
        highest,
        default,
        step=step,
        key=key,
        bind="query-params",
        help=help_text,
        width=width,
    )
    # In its first run the field takes what it can of the URL, such as 7 of 7.5.
    return default if is_wrong else int(number)


def _is_whole(text: str, lowest: int, highest: int) -> bool:
    try:
        number = float(text)
    except ValueError:
        return False
    return lowest <= number <= highest and number.is_integer()
