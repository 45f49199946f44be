"""One room: its rounds, the answers to each, and who was here lately. Time is passed in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from zlib import crc32

from ui.state.rooms import words

PHASES = ("open", "closed", "shown")
OPEN, CLOSED, SHOWN = PHASES
"""Answers are taken; no more; what they are is seen by all."""

MOST_ROUNDS, MOST_PEOPLE, MOST_CHANGES = 40, 1000, 20
MOST_SEEN = 2 * MOST_PEOPLE
MOST_WRITTEN, MOST_ASKED = 240, 4000
"""Characters of an answer, and of the text that says what is asked."""

_SPACES = re.compile("[\x00-\x20\x7f-\x9f\u2028\u2029]+")
_UNSEEN = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]")
"""What turns the text around it, or cannot be sent: halves of characters."""

_MARKS = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_PILES = re.compile(f"({_MARKS}{{2}}){_MARKS}+")
"""Of marks over and under a letter two are enough: more would cover the lines around."""

PRESENT = 12.0
"""Seconds after which somebody who asks for nothing more has gone."""


class Refused(ValueError):
    """What a room does not do, in a sentence for who has asked for it."""


def plain(text: str) -> str:
    """A text on one line, without what is not seen; a room takes no other."""
    return _PILES.sub(r"\1", _SPACES.sub(" ", _UNSEEN.sub("", text))).strip(" ")


@dataclass(slots=True)
class Round:
    """One vote.

    Attributes:
        key: random, the same in every process that knows it.
        number: from 1, in the order of the rounds.
        asked: what is asked, as ui.questions.polls reads it.
        phase: one of PHASES.
        answers: by the name of the browser.
        changes: how often each browser has answered.
    """

    key: str
    number: int
    asked: str
    phase: str = OPEN
    answers: dict[str, str] = field(default_factory=dict)
    changes: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Room:
    """Everything that is known of a room.

    Attributes:
        code: its six letters.
        secret: of its host.
        heard: when anybody has asked for anything last, in seconds.
        rounds: in order.
        seen: when each browser was here last.
    """

    code: str
    secret: str
    heard: float
    rounds: list[Round] = field(default_factory=list)
    seen: dict[str, float] = field(default_factory=dict)

    @property
    def current(self) -> Round | None:
        """The last round, if there is one."""
        return self.rounds[-1] if self.rounds else None

    @property
    def count(self) -> int:
        """How many answers it has, in all rounds."""
        return sum(len(each.answers) for each in self.rounds)

    def see(self, who: str, now: float) -> None:
        """Note that a browser is here; of more than a room takes, those who have gone are forgotten."""
        if who not in self.seen and len(self.seen) >= MOST_SEEN:
            self.seen = {each: at for each, at in self.seen.items() if now - at < PRESENT}
        if who in self.seen or len(self.seen) < MOST_SEEN:
            self.seen[who] = now

    def present(self, now: float) -> int:
        """How many browsers were here in the last seconds."""
        return sum(now - at < PRESENT for at in self.seen.values())

    def version(self, now: float) -> str:
        """Another text whenever the host sees, or is to keep, something else; without blanks."""
        rounds = [(each.key, each.phase, len(each.answers)) for each in self.rounds]
        answers = self.current.answers if self.current else {}
        return f"{crc32(repr((rounds, answers, self.present(now))).encode()):x}"

    def ask(self, key: str, asked: str, after: str) -> None:
        """Begin a round, if the one with the key `after` is still the last."""
        if after != (self.current.key if self.current else ""):
            raise Refused(words.OTHER_WINDOW)
        if len(self.rounds) >= MOST_ROUNDS:
            raise Refused(words.many_rounds(MOST_ROUNDS))
        if self.current and self.current.phase == OPEN:
            raise Refused(words.STILL_OPEN)
        number = self.current.number + 1 if self.current else 1
        self.rounds.append(Round(key, number, asked))

    def turn(self, key: str, phase: str) -> None:
        """Close the last round, or show it; `key` is the round that the host has seen."""
        if self.current is None or self.current.key != key:
            raise Refused(words.OTHER_WINDOW)
        if PHASES.index(phase) <= PHASES.index(self.current.phase):
            raise Refused(words.ALREADY[phase])
        self.current.phase = phase

    def answer(self, key: str, who: str, text: str) -> None:
        """Take an answer to the last round, in place of an earlier one of the same browser."""
        found = self.current
        if found is None or found.key != key:
            raise Refused(words.OTHER_QUESTION)
        if found.phase != OPEN:
            raise Refused(words.CLOSED)
        if len(text) > MOST_WRITTEN:
            raise Refused(words.too_long(MOST_WRITTEN))
        text = plain(text)
        if not text:
            raise Refused(words.NOTHING)
        if who not in found.answers and len(found.answers) >= MOST_PEOPLE:
            raise Refused(words.full(MOST_PEOPLE))
        if found.answers.get(who) == text:
            return
        if found.changes.get(who, 0) >= MOST_CHANGES:
            raise Refused(words.many_changes(MOST_CHANGES))
        found.changes[who] = found.changes.get(who, 0) + 1
        found.answers[who] = text

    def rename(self, before: str, after: str) -> None:
        """A browser had another name until it told its own; what that has answered stays."""
        self.seen.pop(before, None)
        for each in self.rounds:
            if before in each.answers:
                each.answers.setdefault(after, each.answers.pop(before))
                each.changes[after] = each.changes.pop(before, 0) + each.changes.get(after, 0)

    def learn(self, brought: Mapping[str, Round]) -> None:
        """Add what a host's page has kept: rounds, and answers that are not here; nothing counts twice."""
        known = {each.key: each for each in self.rounds}
        for key, found in brought.items():
            mine = known.get(key)
            if mine is None:
                self.rounds.append(replace(found, answers=dict(found.answers), changes={}))
                continue
            for who, text in found.answers.items() if mine.phase == OPEN else ():
                if len(mine.answers) < MOST_PEOPLE:
                    mine.answers.setdefault(who, text)
            mine.phase = max(mine.phase, found.phase, key=PHASES.index)
        self.rounds.sort(key=lambda each: each.number)
        del self.rounds[:-MOST_ROUNDS]
