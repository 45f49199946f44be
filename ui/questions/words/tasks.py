"""What is said to an answer."""

import re
from collections.abc import Sequence

from ui.names.numbers import percent, short, signed

NOT_CHOSEN = "Choose one of the answers."


def every_step(count: int) -> str:
    return f"Take all {count} steps, in the order in which you would compute them."


def too_early(step: str, need: str) -> str:
    return f"Too early: {step} needs {need}, which you take later."


def in_order(steps: Sequence[str]) -> str:
    return " → ".join(step.partition(" = ")[0] for step in steps)


def right(shown: str) -> str:
    return f"✓ Right: {shown}"


def yours(sentence: str) -> str:
    return f"Yours: {sentence}"


def nearly(shown: str) -> str:
    return f"Nearly: give three digits. You gave {shown}."


def chosen(sentence: str) -> str:
    """One of the options, within a sentence."""
    return f"“{sentence}”"


def wrong(shown: str) -> str:
    return f"✗ Not {shown}"


NOT_RECOGNISED = "That is not it, and none of the usual mistakes either."
MORE_MISTAKES = "Several mistakes give this number:"


def measured_differs(yours: float, measured: float) -> str:
    """What a nudge says of a wrong slope, without telling it: another try is to come."""
    if abs(measured) < 1e-9 * max(1.0, abs(yours)):
        return "Nudge it, and nothing moves at all: the measured slope is not yours."
    if yours * measured < 0:
        return "Nudge it, and the measured slope has the other sign."
    if abs(yours) < 1e-9 * abs(measured):
        return "Nudge it, and the measured slope is not 0."
    return f"Nudge it, and the measured slope is {'steeper' if abs(measured) > abs(yours) else 'flatter'} than yours."


def measured(yours: float | None, measured: float) -> str:
    """The measured slope beside a wrong one, once the answer is shown."""
    said = f"Measured by a nudge: {signed(measured)}."
    if yours is None:
        return said
    off = yours - measured
    share = f", {percent(abs(off / measured))} of it" if measured else ""
    return f"{said} Yours, {signed(yours)}, is off by {signed(off)}{share}."


def answer(name: str, value: float) -> str:
    return f"{re.sub('^the ', 'The ', name)} = {short(value)}."


def the_answer(text: str) -> str:
    return f"The answer: {text}."


TRY_AGAIN = "Try once more."
