"""What a page asks its reader: widgets kept in the address, and notices where a link asks for nonsense.

Each widget gets what the state holds as its default too: Streamlit sends a value that the state has set in
one run only, and a browser that draws the widget after the next run would begin, and answer, with its own.
"""

from collections.abc import Callable, Sequence
from math import isfinite
from typing import Literal

import streamlit as st

from ui.names.numbers import as_typed
from ui.state.address import asked, is_of_link, keep, put, seed
from ui.state.settings import number_text, shorten


def notice(label: str, expected: str, asked: str, shown: str) -> None:
    """Say that a link asks for what is not there."""
    st.warning(
        f"{label}: expected {expected}, got {shorten(asked)}. You see {shown}.", icon=":material/info:"
    )


def valid(label: str, key: str, is_valid: Callable[[str], bool], default: str, expected: str) -> str:
    """What a parameter is; its default where that is not valid, with a notice if a link asks for it.

    What a page's own controls make impossible, such as unit 5 of fewer, is put right without a word.
    """
    found = asked(key)
    is_new = is_of_link(key)
    if found is None or is_valid(found):
        return found or default
    if is_new:
        notice(label, expected, found, default)
    put(key, None)
    return default


def option(label: str, key: str, options: Sequence[str], default: str, expected: str | None = None) -> str:
    """The same for a parameter that is one of several options."""
    return valid(label, key, options.__contains__, default, expected or one_of(options))


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
    name: str | None = None,
    expected: str | None = None,
    disabled: bool = False,
    width: Literal["stretch", "content"] = "content",
) -> str:
    """One of the options, as buttons; a notice calls it `name` and says what is `expected`."""
    begun = option(name or label, key, options, default, expected)
    seed(key, begun, options)
    chosen = st.pills(
        label,
        options,
        default=st.session_state.get(key, begun),
        required=True,
        key=key,
        help=help_text,
        wrap=True,
        disabled=disabled,
        width=width,
    )
    keep(key, str(chosen or default), default)
    return str(chosen or default)


def menu(
    label: str,
    key: str,
    options: Sequence[str],
    default: str,
    help_text: str | None = None,
    *,
    name: str | None = None,
    width: Literal["stretch"] | int = "stretch",
) -> str:
    """One of the options, from a list."""
    begun = option(name or label, key, options, default)
    seed(key, begun, options)
    index = options.index(st.session_state.get(key, begun))
    chosen = str(st.selectbox(label, options, index, key=key, help=help_text, width=width))
    keep(key, chosen, default)
    return chosen


def steps_slider(
    label: str, key: str, options: Sequence[str], default: str, help_text: str, expected: str
) -> str:
    """One of the options, on a slider."""
    begun = option(label, key, options, default, expected)
    seed(key, begun, options)
    begun = st.session_state.get(key, begun)
    chosen = str(st.select_slider(label, options, begun, key=key, help=help_text))
    keep(key, chosen, default)
    return chosen


def slider(label: str, key: str, lowest: float, highest: float, default: float, step: float) -> float:
    """A number on a slider."""

    def is_valid(text: str) -> bool:
        number = _number(text)
        return number is not None and lowest <= number <= highest

    expected = f"a number from {as_typed(lowest)} to {as_typed(highest)}"
    begun = float(valid(label, key, is_valid, number_text(default), expected))
    seed(key, begun)
    begun = st.session_state.get(key, begun)
    value = float(st.slider(label, lowest, highest, begun, step, format="%.2f", key=key))
    keep(key, value, default, lambda shown: number_text(round(shown, 9)))  # 0.15, not 0.15000000000000002
    return value


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

    def is_valid(text: str) -> bool:
        number = _number(text)
        return number is not None and lowest <= number <= highest and number.is_integer()

    expected = f"a whole number from {lowest} to {highest}" if lowest < highest else str(lowest)
    begun = int(float(valid(label, key, is_valid, str(default), expected)))
    seed(key, begun)
    begun = st.session_state.get(key, begun)
    value = int(st.number_input(label, lowest, highest, begun, step, key=key, help=help_text, width=width))
    keep(key, value, default)
    return value


def _number(text: str) -> float | None:
    """The finite number that a link holds, if it is one."""
    try:
        number = float(text)
    except ValueError:
        return None
    return number if isfinite(number) else None
