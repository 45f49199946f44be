"""A room with its host, at a time that passes as told."""

import pytest

from ui.state.rooms.codes import code_of
from ui.state.rooms.room import (
    OPEN,
    Refused,
    Round,
)
from ui.state.rooms.rooms import (
    Rooms,
    Seen,
)

ASKED = "sum.1?"
SECRETS = tuple(f"{number:016d}" for number in range(3))


class Class:
    """One room with its host, at a time that passes as told."""

    def __init__(self, rooms: Rooms | None = None, secret: str = SECRETS[0]):
        self.rooms, self.secret, self.code, self.now = rooms or Rooms(), secret, code_of(secret), 0.0
        self.rooms.enter(self.code, secret, self.now)

    def ask(self, asked: str = ASKED) -> str:
        current = self.board.current
        self.rooms.ask(self.code, self.secret, asked, current.key if current else "", self.now)
        return self.board.current.key

    def close(self, key: str) -> None:
        self.rooms.close(self.code, self.secret, key, self.now)

    def show(self, key: str) -> None:
        self.rooms.show(self.code, self.secret, key, self.now)

    def learn(self, rounds: dict[str, Round]) -> None:
        self.rooms.learn(self.code, self.secret, rounds, self.now)

    def answer(self, key: str, who: str, text: str) -> None:
        self.rooms.answer(self.code, key, who, text, self.now)

    def look(self, who: str = "somebody") -> Seen | None:
        return self.rooms.look(self.code, who, self.now)

    @property
    def board(self):
        return self.rooms.board(self.code, self.secret, self.now)

    @property
    def kept(self) -> tuple[Round, ...]:
        return self.rooms.kept(self.code, self.secret, self.now)

    @property
    def answers(self) -> dict[str, str]:
        return self.kept[-1].answers

    def next_round(self) -> str:
        """Ask, whatever is open."""
        if self.board.current and self.board.current.phase == OPEN:
            self.close(self.board.current.key)
        return self.ask()


def refused(sentence: str):
    return pytest.raises(Refused, match=f"^{sentence.replace('.', '[.]').replace('?', '[?]')}$")


def named(number: int) -> str:
    return f"{number:012x}"
