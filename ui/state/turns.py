"""Long work: one piece at a time, the shortest first, and only while somebody waits for it.

Whatever computes for more than a moment takes a `Turn`, in a script or in a job (ui.state.jobs). All turns
stand in one line, so that a long training holds up no short one, and however many people train, one at a
time competes with the pages. A turn computes for a hundredth of a second, then looks whether it is still the
first; four times a second it looks whether anybody still waits for it. A script ends as Streamlit ends it
when its session has gone or its settings have changed; a job asks whether its session is there.
"""

from bisect import insort
from collections.abc import Callable, Hashable, Iterator
from contextlib import ExitStack, contextmanager
from operator import attrgetter
from threading import BoundedSemaphore, Condition, local
from time import perf_counter, sleep

import streamlit as st

from ui.names.numbers import counted
from ui.state import words

SLICE = 0.01
"""Seconds of computing before a shorter work has its turn."""

LOOK = 0.25
"""Seconds between two looks whether anybody waits."""

RUNS = 2
"""Runs of the script that compute at a time. If all of 400 who come at once did, each would wait for
all, and the server's own thread, which greets the next, for hundreds of others."""

MOST = 20
"""Different works that may be in the line; of more, the longest is turned away."""

_RUNS = BoundedSemaphore(RUNS)
_THREAD = local()


class Ended(Exception):
    """Nobody waits for this work any more."""


class Crowded(Exception):
    """The line is full, and this work is the longest."""

    def __str__(self) -> str:
        """For the reader."""
        return words.crowded(MOST)


def waiting_sentence(before: int) -> str:
    """What whoever must wait is told."""
    return f"{counted(before, 'training')} {'is' if before == 1 else 'are'} before yours."


class _Line:
    """Everybody who wants to compute at length: the shortest first; of the same length, who came first."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._turns: list[Turn] = []
        self._computing: Turn | None = None

    def join(self, turn: "Turn") -> None:
        with self._changed:
            insort(self._turns, turn, key=attrgetter("size"))
            staying = [each for each in self._turns if not each.is_turned_away]
            if len({each.work for each in staying}) > MOST:
                for each in staying:
                    each.is_turned_away = each.work == staying[-1].work
                self._changed.notify_all()

    def leave(self, turn: "Turn") -> None:
        with self._changed:
            self._turns.remove(turn)
            self._release(turn)

    def take(self, turn: "Turn", seconds: float) -> bool:
        """Wait so long to be the one who computes; whether it is."""
        with self._changed:
            if not self._changed.wait_for(lambda: turn.is_turned_away or self._is_next(turn), seconds):
                return False
            if turn.is_turned_away:
                raise Crowded
            self._computing = turn
            return True

    def keeps(self, turn: "Turn") -> bool:
        """Whether the one who computes may go on; else somebody else may."""
        with self._changed:
            if self._turns[0] is turn and not turn.is_turned_away:
                return True
            self._release(turn)
            return False

    def before(self, turn: "Turn") -> int:
        """How many other works come first."""
        with self._changed:
            if turn not in self._turns:
                return 0
            first = self._turns[: self._turns.index(turn)]
            return len({each.work for each in first} - {turn.work})

    def _is_next(self, turn: "Turn") -> bool:
        return self._computing is None and self._turns[0] is turn

    def _release(self, turn: "Turn") -> None:
        if self._computing is turn:
            self._computing = None
        self._changed.notify_all()


_LINE = _Line()


class Turn:
    """The right to compute at length. A context manager; inside it, call `share` often.

    Attributes:
        work: what is computed; of those who want the same, the first computes, and the others find it done.
        size: how long it is, in any unit that all share: steps of training times layers.
        is_turned_away: whether it has to end, since the line is full.
    """

    def __init__(self, work: Hashable, size: float, look: Callable[["Turn"], None]) -> None:
        """`look` is called every LOOK seconds, also while this waits; it raises if nobody waits for this."""
        self.work = work
        self.size = size
        self.is_turned_away = False
        self._look = look
        self._since = self._looked = perf_counter()

    @property
    def before(self) -> int:
        """How many other works come first."""
        return _LINE.before(self)

    def __enter__(self) -> "Turn":
        _LINE.join(self)
        try:
            self._wait()
        except BaseException:
            _LINE.leave(self)
            raise
        return self

    def __exit__(self, *_: object) -> None:
        _LINE.leave(self)

    def share(self) -> None:
        """Let others compute, if this turn has been long enough, and look whether somebody waits for it."""
        now = perf_counter()
        if now - self._since < SLICE:
            return
        if now - self._looked >= LOOK:
            self._looked = now
            self._look(self)
        if _LINE.keeps(self):
            sleep(0.001)  # for the pages: whoever computes in Python gives way to others late
            self._since = perf_counter()
        else:
            self._wait()

    def _wait(self) -> None:
        while not _LINE.take(self, LOOK):
            self._look(self)
        self._since = self._looked = perf_counter()


@contextmanager
def run_among_few() -> Iterator[None]:
    """A run of the script, when it is its turn to be one of RUNS."""
    _RUNS.acquire()
    _THREAD.is_run = True
    try:
        yield
    finally:
        if _THREAD.is_run:
            _THREAD.is_run = False
            _RUNS.release()


@contextmanager
def stand_aside() -> Iterator[None]:
    """Let other runs go on while this one waits, or has a turn at long work."""
    is_run = getattr(_THREAD, "is_run", False)
    if is_run:
        _THREAD.is_run = False
        _RUNS.release()
    yield
    if is_run:  # after an exception the run ends, and needs no place any more
        _RUNS.acquire()
        _THREAD.is_run = True


@contextmanager
def turn_of_script(work: Hashable, size: float, text: str) -> Iterator[Turn]:
    """A turn in the run of a script, which says `text` meanwhile, or how many are before it.

    The run ends in it, by Streamlit's own exceptions, when its session has gone or asks for something else.
    """
    with ExitStack() as shown:
        said = ""

        def look(turn: Turn) -> None:
            nonlocal said
            _ = "jobs" in st.session_state  # here Streamlit ends a run that nobody waits for
            before = turn.before
            sentence = waiting_sentence(before) if before else text
            if sentence != said:
                shown.close()
                shown.enter_context(st.spinner(sentence))
                said = sentence

        try:
            with stand_aside(), Turn(work, size, look) as turn:
                yield turn
        except Crowded as crowded:
            shown.close()
            st.warning(str(crowded))
            st.stop()
