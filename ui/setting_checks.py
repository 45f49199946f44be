"""Putting right what a link or a text field got wrong in the settings."""

from collections.abc import Callable, Iterable, Mapping

import streamlit as st

from backprop import HIDDEN_ACTIVATIONS
from ui.data import FLOWERS
from ui.edits import parse_edits
from ui.numbers import as_typed
from ui.settings import (
    BATCH_SIZES,
    DATA,
    DEFAULTS,
    MAX_EPOCHS,
    MAX_LEARNING_RATE,
    MAX_SEED,
    MAX_STEP,
    MAX_TAKEN,
    OUTPUT_KINDS,
    UNTRAINED,
    parse_hidden,
    shorten,
)

TEXT_FIELDS = ("hidden", "edit")


def repair() -> list[str]:
    """Replace what is wrong by the default, and say so.

    Widgets ignore what they cannot take from the URL without a word; here the reader is told.
    """
    wrong = problems()
    for key in wrong:
        st.session_state[key] = DEFAULTS[key]
    return [f"{message} You see the default, {_default(key)}." for key, message in wrong.items()]


def _default(key: str) -> str:
    """A setting's default in words."""
    return {"epoch": "untrained", "edit": "none"}.get(key, str(DEFAULTS[key]))


def problems(keys: Iterable[str] | None = None) -> dict[str, str]:
    """What is wrong with each setting that is, by its key; of all settings, or of these."""
    query = st.query_params.to_dict()
    found = {}
    for key in _CHECKS if keys is None else keys:
        value = st.session_state.get(key)
        raw = query.get(key) if value is None else str(value)
        message = _CHECKS[key](raw) if raw is not None else None
        if message is not None:
            found[key] = message
    return found


def _number(
    label: str, low: float, high: float, kind: type[int] | type[float]
) -> Callable[[str], str | None]:
    """A check: what is wrong with a text as a number of this kind between low and high, or None."""

    def problem(text: str) -> str | None:
        try:
            value = kind(text)
        except ValueError:
            value = kind(low) - 1
        if low <= value <= high:  # neither nan nor inf is
            return None
        what = "a whole number" if kind is int else "a number"
        return f"{label}: expected {what} from {as_typed(low)} to {as_typed(high)}, got {shorten(text)}."

    return problem


def _choice(label: str, options: tuple[str, ...]) -> Callable[[str], str | None]:
    """A check: what is wrong with a text as one of the options, or None."""

    def problem(text: str) -> str | None:
        if text in options:
            return None
        return f"{label}: expected one of {', '.join(options)}, got {shorten(text)}."

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
    "act": _choice("Activation", HIDDEN_ACTIVATIONS),
    "out": _choice("Output", tuple(OUTPUT_KINDS)),
    "step": _number("Step", 0, MAX_STEP, int),
    "taken": _number("Steps taken", 0, MAX_TAKEN, int),
    "epoch": _epoch_problem,
    "split": _number("Split", 0, MAX_SEED, int),
    "batch": _choice("Batch size", BATCH_SIZES),
    "data": _choice("Data", tuple(DATA)),
    "edit": _edit_problem,
}
