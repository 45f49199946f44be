"""Putting right what a link or a text field got wrong in the settings."""

from collections.abc import Callable, Iterable, Mapping

import streamlit as st

from backprop.primitives import hidden_activations, output_options
from ui.names.numbers import as_typed
from ui.names.typed import parse_number
from ui.state.address import asked, put
from ui.state.data import FLOWERS
from ui.state.edits import parse_edits
from ui.state.settings import (
    BATCH_SIZES,
    DATA,
    DEFAULTS,
    MAX_EPOCHS,
    MAX_LEARNING_RATE,
    MAX_SEED,
    MAX_STEP,
    MAX_TAKEN,
    UNTRAINED,
    number_text,
    parse_hidden,
    shorten,
)


def repair() -> list[str]:
    """Replace what is wrong by the last valid value, or the default, and say so.

    A link is wrong where it asks for what is not there; a field, where the reader mistyped it.
    """
    notices = []
    for key, check in _CHECKS.items():
        typed, known = st.session_state.get(key), asked(key)
        text = known if typed is None else str(typed)
        problem = None if text is None else check(text)
        if problem is not None:
            last = known if known is not None and check(known) is None else None
            put(key, last)
            notices.append(f"{problem} You see {_shown(key, last)}.")
        elif text is not None and key in _TYPED and text != _TYPED[key](text):
            put(key, _TYPED[key](text))  # as a link has it: the field shows what was understood
    return notices


def _shown(key: str, last: str | None) -> str:
    """What is shown in place of what is wrong, in words."""
    if last is not None:
        return f"the last valid value, {last}"
    default = {"epoch": "untrained", "edit": "none"}.get(key, str(DEFAULTS[key]))
    return f"the default, {default}"


def _number(
    label: str, low: float, high: float, kind: type[int] | type[float]
) -> Callable[[str], str | None]:
    """A check: what is wrong with a text as a number of this kind between low and high, or None."""

    def problem(text: str) -> str | None:
        try:
            value = kind(text) if kind is int else parse_number(text)
        except ValueError:
            value = kind(low) - 1
        if low <= value <= high:  # neither nan nor inf is
            return None
        what = "a whole number" if kind is int else "a number"
        return f"{label}: expected {what} from {as_typed(low)} to {as_typed(high)}, got {shorten(text)}."

    return problem


def _choice(label: str, options: Callable[[], Iterable[str]]) -> Callable[[str], str | None]:
    """A check: what is wrong with a text as one of the options, or None."""

    def problem(text: str) -> str | None:
        if text in options():
            return None
        return f"{label}: expected one of {', '.join(options())}, got {shorten(text)}."

    return problem


def _epoch_problem(text: str) -> str | None:
    # The mark of untrained weights is a number, too, but none to ask for.
    return None if text == str(UNTRAINED) else _number("Epoch", 0, MAX_EPOCHS, int)(text)


def _edit_problem(text: str) -> str | None:
    try:
        parse_edits(text)
    except ValueError as error:
        return f"Edits: {error}."
    return None


def _hidden_problem(text: str) -> str | None:
    try:
        parse_hidden(text)
    except ValueError as error:
        return str(error)
    return None


_CHECKS: Mapping[str, Callable[[str], str | None]] = {
    "flower": _number("Flower", 0, FLOWERS - 1, int),
    "seed": _number("Seed", 0, MAX_SEED, int),
    "lr": _number("Learning rate", 0, MAX_LEARNING_RATE, float),
    "hidden": _hidden_problem,
    "act": _choice("Activation", hidden_activations),
    "out": _choice("Output", output_options),
    "step": _number("Step", 0, MAX_STEP, int),
    "taken": _number("Steps taken", 0, MAX_TAKEN, int),
    "epoch": _epoch_problem,
    "split": _number("Split", 0, MAX_SEED, int),
    "batch": _choice("Batch size", lambda: BATCH_SIZES),
    "data": _choice("Data", lambda: DATA),
    "edit": _edit_problem,
}

_TYPED: Mapping[str, Callable[[str], str]] = {
    "lr": lambda text: number_text(parse_number(text)),
    "hidden": lambda text: "-".join(map(str, parse_hidden(text))),
}
"""What is typed in a field of text, and how a link has it."""
