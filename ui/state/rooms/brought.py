"""What a host's page keeps of its room, and brings to a process that has not heard of it."""

import re
from collections.abc import Iterable
from typing import Any

from ui.state.rooms.room import MOST_ASKED, MOST_PEOPLE, MOST_ROUNDS, MOST_WRITTEN, PHASES, Round, plain

_KEY, _WHO = re.compile("[0-9a-f]{6}"), re.compile("[0-9a-f]{12}")
MOST_NUMBER = 10_000


def write_rounds(rounds: Iterable[Round]) -> list[list[Any]]:
    """As JSON has it, for the browser."""
    return [[each.key, each.number, each.asked, each.phase, each.answers] for each in rounds]


def read_rounds(value: Any) -> dict[str, Round]:
    """The same back, by key; what was changed in it is refused.

    Raises:
        ValueError: if it is not what `write_rounds` has written.
    """
    _expect(isinstance(value, list) and len(value) <= MOST_ROUNDS)
    rounds: dict[str, Round] = {}
    for row in value:
        _expect(isinstance(row, list) and len(row) == 5)
        key, number, asked, phase, answers = row
        _expect(isinstance(key, str) and _KEY.fullmatch(key) and key not in rounds)
        _expect(type(number) is int and 1 <= number <= MOST_NUMBER and phase in PHASES)
        _expect(isinstance(asked, str) and len(asked) <= MOST_ASKED and asked == plain(asked))
        _expect(isinstance(answers, dict) and len(answers) <= MOST_PEOPLE)
        for who, text in answers.items():
            _expect(is_name(who) and isinstance(text, str) and 0 < len(text) <= MOST_WRITTEN)
            _expect(text == plain(text))
        rounds[key] = Round(key, number, asked, phase, dict(answers))
    return rounds


def is_name(text: Any) -> bool:
    """Whether it may be the name of a browser."""
    return isinstance(text, str) and _WHO.fullmatch(text) is not None


def _expect(holds: Any) -> None:
    if not holds:
        raise ValueError("rounds: expected what the host's page has kept")
