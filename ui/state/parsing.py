"""Parameters that are more than a number or one of a few options: read, checked, and written for a link.

What cannot be read raises a ValueError that says what was expected and what came.
"""

import re
from collections.abc import Sequence
from contextlib import suppress

from backprop.primitives import hidden_activations
from ui.names.typed import parse_number, with_plain_signs
from ui.state import words
from ui.state.edits import parse_edits
from ui.state.given_answers import read_answers
from ui.state.marks import MARKS
from ui.state.own import network_of
from ui.state.own.network import HIGHEST_RATE, MAX_HIDDEN_LAYERS, MAX_UNITS
from ui.state.packed import pack, unpack
from ui.state.rooms.codes import is_secret, read_code

MAX_LEARNING_RATE = HIGHEST_RATE
NO_HIDDEN = "none"
RATES, LAYERS = words.number(0, MAX_LEARNING_RATE), words.hidden_layers(MAX_HIDDEN_LAYERS, MAX_UNITS)
QUESTIONS = ("sum", "path", "slope", "gradient", "update", "forward", "mean", "rule")
MOST_IN_SEQUENCE, MOST_MADE = 12, 24
SETS = words.question_set(MOST_IN_SEQUENCE)

MOST_CODES = 400
_CODES = re.compile(r"[0-9A-Za-z.]{1,24}(-[0-9A-Za-z.]{1,24})*")
"""Of questions for a class; ui.questions.polls knows which there are."""


def parse_hidden(text: str) -> tuple[int, ...]:
    """Units of the hidden layers from "5" or "6-5"; none of them from "none"."""
    if text.strip().lower() == NO_HIDDEN:
        return ()
    parts = with_plain_signs(text).split("-")
    # isdecimal alone would let through digits of other scripts; the length keeps int() cheap.
    sizes = tuple(int(part) for part in parts if part.isascii() and part.isdecimal() and len(part) <= 2)
    fits = len(sizes) == len(parts) <= MAX_HIDDEN_LAYERS and all(1 <= size <= MAX_UNITS for size in sizes)
    if not fits:
        raise ValueError(words.wrong(LAYERS, text))
    return sizes


def format_hidden(sizes: Sequence[int]) -> str:
    """The same as a link has it."""
    return "-".join(map(str, sizes)) or NO_HIDDEN


def activations_of(text: str, layers: int) -> tuple[str, ...]:
    """One activation for each of so many layers, from "relu" or "relu-sigmoid": the last may go on."""
    names = text.split("-")
    return tuple(names[min(layer, len(names) - 1)] for layer in range(layers))


def format_activations(names: Sequence[str]) -> str:
    """The same as a link has it: a single name where all layers have the same."""
    return "-".join(names if len(set(names)) > 1 else names[:1])


def parse_activations(text: str) -> str:
    """Several activations, such as "relu, sigmoid", as a link has them."""
    names = re.split(r"\s*[-,;\s]\s*", with_plain_signs(text).lower())
    if not 1 <= len(names) <= MAX_HIDDEN_LAYERS or not set(names) <= set(hidden_activations()):
        raise ValueError
    return format_activations(names)


def parse_rate(text: str) -> float:
    """η, from 0 to MAX_LEARNING_RATE."""
    with suppress(ValueError):
        rate = parse_number(text)
        if 0 <= rate <= MAX_LEARNING_RATE:
            return rate
    raise ValueError(words.wrong(RATES, text))


def checked_edits(text: str) -> str:
    """Numbers put in place of others; see `ui.state.edits`."""
    parse_edits(text)
    return text


def checked_network(text: str) -> str:
    """A network of the reader's own; see `ui.state.own`."""
    if text:
        try:
            network_of(text)
        except ValueError as error:
            sentence = str(error)
            raise ValueError(sentence[0].lower() + sentence[1:].removesuffix(".")) from None
    return text


def checked_answers(text: str) -> str:
    """Pasted answers, packed."""
    try:
        unpack(text or pack(""))
    except ValueError:
        raise ValueError(words.wrong(words.PACKED, text)) from None
    return text


def checked_given(text: str) -> str:
    """Answers of the lesson; see `ui.state.given_answers`."""
    try:
        read_answers(text)
    except ValueError:
        raise ValueError(words.wrong(words.ANSWERS, text)) from None
    return text


def parse_set(text: str) -> tuple[tuple[str, int], ...]:
    """Questions of Practice, by kind and number, from "sum.2-rule.3"."""
    parts = [part.partition(".") for part in text.split("-")] if text else []
    fits = len(set(parts)) == len(parts) <= MOST_IN_SEQUENCE and all(
        kind in QUESTIONS and re.fullmatch("[1-9][0-9]?", number) for kind, _, number in parts
    )
    if not fits:
        raise ValueError(words.wrong(SETS, text))
    return tuple((kind, int(number)) for kind, _, number in parts)


def format_set(questions: Sequence[tuple[str, int]]) -> str:
    """The same as a link has it."""
    return "-".join(f"{kind}.{number}" for kind, number in questions)


def checked_marks(text: str) -> str:
    """What became of each question of a sequence."""
    if len(text) > MOST_IN_SEQUENCE or not set(text) <= set(MARKS):
        raise ValueError(words.wrong(words.marks(MOST_IN_SEQUENCE, MARKS), text))
    return text


def checked_made(text: str) -> str:
    """The mistakes made in a sequence, by their numbers."""
    if len(text) > 2 * MOST_MADE or not re.fullmatch("([0-9]{2})*", text):
        raise ValueError(words.wrong(words.made(MOST_MADE), text))
    return text


def checked_secret(text: str) -> str:
    """What makes somebody the host of a room."""
    if text and not is_secret(text):
        raise ValueError(words.wrong(words.SECRET, text))
    return text


def checked_room(text: str) -> str:
    """Letters of a room, as people type them, or none."""
    try:
        return read_code(text) if text else ""
    except ValueError:
        raise ValueError(words.wrong(words.ROOM, text)) from None


def checked_codes(text: str) -> str:
    """Questions for a class."""
    if len(text) > MOST_CODES or not (text == "" or _CODES.fullmatch(text)):
        raise ValueError(words.wrong(words.CODES, text))
    return text
