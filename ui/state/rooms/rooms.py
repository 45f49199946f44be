"""All rooms of this process: bounded, forgotten after three hours of silence, never on disk.

Every call takes the time, so that tests need not wait, and holds one lock for microseconds.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from hmac import compare_digest
from secrets import token_hex
from threading import Lock
from zlib import crc32

from ui.state.rooms import words
from ui.state.rooms.codes import code_of, is_secret
from ui.state.rooms.room import CLOSED, MOST_ROUNDS, SHOWN, Refused, Room, Round

MOST_ROOMS, MOST_ANSWERS = 400, 100_000
"""Rooms, and answers in all of them."""

MOST_LEARNED = MOST_ANSWERS // 2
"""As many may hosts' pages bring, so that a forged one leaves others as many."""

SILENCE = 3 * 3600.0
"""Seconds after which a room that nobody has asked for is forgotten."""

UNUSED = 600.0
"""The same once there are too many rooms, those in which nothing was asked first. A host brings them back."""


HOST = "host"
"""In place of a browser's name."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What somebody in a room sees.

    Attributes:
        key: of the last round; empty before the first.
        asked: what it asks.
        phase: one of PHASES.
        answer: of this browser; empty for none.
    """

    key: str = ""
    asked: str = ""
    phase: str = ""
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Vote:
    """A round as the host sees it: `answers` counts equal texts, `current` is what `Rooms.kept` gives."""

    key: str
    number: int
    asked: str
    phase: str
    answers: Mapping[str, int]

    @property
    def count(self) -> int:
        """How many have answered."""
        return sum(self.answers.values())


@dataclass(frozen=True, slots=True)
class Board:
    """What the host sees.

    Attributes:
        votes: all rounds, in order.
        present: how many browsers are here.
    """

    votes: tuple[Vote, ...]
    present: int

    @property
    def current(self) -> Vote | None:
        """The last round, if there is one."""
        return self.votes[-1] if self.votes else None


def version_of(seen: Seen | None) -> str:
    """Another text whenever somebody sees something else; without blanks."""
    return f"{seen.key}.{seen.phase}.{crc32(seen.answer.encode()):x}" if seen else "none"


def _seen(room: Room, who: str) -> Seen:
    found = room.current
    return Seen(found.key, found.asked, found.phase, found.answers.get(who, "")) if found else Seen()


class Rooms:
    """Rooms by their codes.

    Attributes:
        name: of this process, random.
    """

    def __init__(self) -> None:
        self.name = token_hex(4)
        self._rooms: dict[str, Room] = {}
        self._lock = Lock()

    def enter(self, code: str, secret: str, now: float) -> None:
        """Let the host in; a room that is not there yet begins.

        Raises:
            Refused: if the secret is another's, or there are too many rooms.
        """
        with self._lock:
            if self._found(code, now):
                self._of_host(code, secret, now)
                return
        if not is_secret(secret) or code_of(secret) != code:
            raise Refused(words.NOT_YOURS)
        with self._lock:
            self._make_room(now)
            if len(self._rooms) >= MOST_ROOMS:
                raise Refused(words.CROWDED)
            self._rooms.setdefault(code, Room(code, secret, now))

    def look(self, code: str, who: str, now: float) -> Seen | None:
        """What a browser sees in a room; None if there is no such room."""
        with self._lock:
            room = self._found(code, now)
            if room is None:
                return None
            room.heard = now
            room.see(who, now)
            return _seen(room, who)

    def glance(self, code: str, who: str, now: float) -> str:
        """The version of what a browser sees, or the HOST; a browser that has looked before stays present."""
        with self._lock:
            room = self._found(code, now)
            if room is None:
                return version_of(None)
            if who == HOST:
                return room.version(now)
            if who in room.seen:
                room.heard = now
                room.see(who, now)
            return version_of(_seen(room, who))

    def answer(self, code: str, key: str, who: str, text: str, now: float) -> None:
        """Take an answer.

        Raises:
            Refused: with the reason.
        """
        with self._lock:
            room = self._found(code, now)
            if room is None:
                raise Refused(words.NO_ROOM)
            if self._count() >= MOST_ANSWERS:
                raise Refused(words.MANY_ANSWERS)
            room.heard = now
            room.answer(key, who, text)

    def rename(self, code: str, before: str, after: str) -> None:
        """A browser was given a name before it told its own: its own stays."""
        with self._lock:
            if code in self._rooms:
                self._rooms[code].rename(before, after)

    def board(self, code: str, secret: str, now: float) -> Board:
        """What the host sees.

        Raises:
            Refused: if the secret is another's, or the room is gone.
        """
        with self._lock:
            room = self._of_host(code, secret, now)
            votes = tuple(
                Vote(each.key, each.number, each.asked, each.phase, Counter(each.answers.values()))
                for each in room.rounds
            )
            return Board(votes, room.present(now))

    def kept(self, code: str, secret: str, now: float, most: int = MOST_ROUNDS) -> tuple[Round, ...]:
        """Copies of the last rounds, for the host's page to keep."""
        with self._lock:
            room = self._of_host(code, secret, now)
            return tuple(
                replace(each, answers=dict(each.answers), changes={}) for each in room.rounds[-most:]
            )

    def learn(self, code: str, secret: str, rounds: Mapping[str, Round], now: float) -> None:
        """Take what the host's page has kept from a process that is gone.

        Raises:
            Refused: if the secret is another's, or there are too many answers.
        """
        with self._lock:
            room = self._of_host(code, secret, now)
            if self._count() + sum(len(each.answers) for each in rounds.values()) > MOST_LEARNED:
                raise Refused(words.MANY_ANSWERS)
            room.learn(rounds)

    def ask(self, code: str, secret: str, asked: str, after: str, now: float) -> None:
        """Begin a round; `after` is the key of the last one that the host has seen, empty for none."""
        with self._lock:
            self._of_host(code, secret, now).ask(token_hex(3), asked, after)

    def close(self, code: str, secret: str, key: str, now: float) -> None:
        """Take no more answers."""
        with self._lock:
            self._of_host(code, secret, now).turn(key, CLOSED)

    def show(self, code: str, secret: str, key: str, now: float) -> None:
        """Let everybody see what the answers are; an open round closes."""
        with self._lock:
            self._of_host(code, secret, now).turn(key, SHOWN)

    def _count(self) -> int:
        return sum(each.count for each in self._rooms.values())

    def _found(self, code: str, now: float) -> Room | None:
        """The room, unless it has been silent for too long."""
        room = self._rooms.get(code)
        if room and now - room.heard > SILENCE:
            del self._rooms[code]
            return None
        return room

    def _of_host(self, code: str, secret: str, now: float) -> Room:
        room = self._found(code, now)
        if room is None or not compare_digest(room.secret.encode(), secret.encode()):
            raise Refused(words.NOT_YOURS)
        room.heard = now
        return room

    def _make_room(self, now: float) -> None:
        """Forget the rooms that are silent, and one more if there are too many."""
        for code in [*self._rooms]:
            self._found(code, now)
        silent = [each for each in self._rooms.values() if now - each.heard > UNUSED]
        if len(self._rooms) >= MOST_ROOMS and silent:
            del self._rooms[min(silent, key=lambda each: (bool(each.rounds), each.heard)).code]


@cache
def rooms() -> Rooms:
    """Those of this process."""
    return Rooms()
