"""Long work in a thread of its own: it can be stopped, outlives a change of page, and lets others work.

All computing of jobs shares one lock, taken for a hundredth of a second at a time: however many people
press Start, one job at a time competes with the pages for the interpreter.
"""

import logging
from collections.abc import Callable
from threading import Event, Lock, Thread
from time import perf_counter, sleep
from typing import Generic, TypeVar

Result = TypeVar("Result")

SLICE = 0.01
"""Seconds of computing before another job has its turn."""

_TURN = Lock()
_LOGGER = logging.getLogger(__name__)


class Turn:
    """The right to compute at length. A context manager; inside it, call `share` often."""

    def __enter__(self) -> "Turn":
        _TURN.acquire()
        self._since = perf_counter()
        return self

    def __exit__(self, *_: object) -> None:
        _TURN.release()

    def share(self) -> None:
        """Let others compute, if this turn has been long enough."""
        if perf_counter() - self._since < SLICE:
            return
        _TURN.release()
        sleep(0.001)  # a lock is not fair: whoever releases and takes it at once gets it again
        _TURN.acquire()
        self._since = perf_counter()


class Job(Generic[Result]):
    """Work that began when this was made. Keep it in st.session_state; `work` must not call Streamlit.

    Attributes:
        fraction: how much of the work is done, from 0 to 1.
    """

    def __init__(self, work: Callable[["Job[Result]"], Result]) -> None:
        self.fraction = 0.0
        self._work = work
        self._started = perf_counter()
        self._stop = Event()
        self._result: list[Result] = []
        self._error: Exception | None = None
        self._turn = Turn()
        self._thread = Thread(target=self._run, daemon=True, name="job")
        self._thread.start()

    @property
    def is_running(self) -> bool:
        """Whether the work goes on."""
        return self._thread.is_alive()

    @property
    def seconds_left(self) -> float | None:
        """How long it will take at the pace so far; None before there is one."""
        if self.fraction <= 0:
            return None
        return (perf_counter() - self._started) * (1 - self.fraction) / self.fraction

    def report(self, fraction: float) -> bool:
        """For `work`, to be called every few milliseconds: lets others work; whether it is to stop."""
        self.fraction = fraction
        self._turn.share()
        return self._stop.is_set()

    def stop(self) -> None:
        """Ask the work to end with what there is."""
        self._stop.set()

    def wait(self, seconds: float | None = None) -> bool:
        """Wait for the end, at most so long; whether it has come."""
        self._thread.join(seconds)
        return not self.is_running

    def result(self) -> Result:
        """What `work` returned, or its exception. To be called when it has ended."""
        if self._error is not None:
            raise self._error
        return self._result[0]

    def _run(self) -> None:
        with self._turn:
            try:
                self._result.append(self._work(self))
            except ValueError as error:  # what the core says of its arguments, for the page to show
                self._error = error
            except Exception as error:
                _LOGGER.exception("a job failed")
                self._error = error
