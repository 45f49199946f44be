"""Work in a thread of its own, begun by a page, which looks how far it is; it ends with its session."""

import logging
from collections.abc import Callable, Hashable
from threading import Event, Thread
from time import perf_counter
from typing import Any, Generic, TypeVar

import streamlit as st

from ui.state.runtime import is_connected, this_session
from ui.state.turns import Crowded, Ended, Turn, stand_aside

Result = TypeVar("Result")

GRACE = 3.0
"""Seconds in which a session whose connection broke may come back to its job."""

_LOGGER = logging.getLogger(__name__)
_JOBS = "jobs"


class Job(Generic[Result]):
    """Work in a thread of its own, which outlives a change of page. It began when this was made.

    Attributes:
        fraction: how much of the work is done, from 0 to 1.
        was_left: whether it ended before it was done, since nobody waited for it any more.
    """

    def __init__(
        self,
        work: Callable[["Job[Result]"], Result],
        key: Hashable,
        size: float,
        is_wanted: Callable[[Any], bool] = lambda settings: True,
    ) -> None:
        """Begin it.

        Args:
            work: computes, and must not call Streamlit.
            key: see `Turn.work`.
            size: see `Turn`.
            is_wanted: whether a session with such settings still waits for it.
        """
        self.fraction = 0.0
        self.was_left = False
        self.is_wanted = is_wanted
        self._work = work
        self._started: float | None = None
        self._stop = Event()
        self._result: list[Result] = []
        self._error: Exception | None = None
        self._session, self._seen = this_session(), perf_counter()
        self._turn = Turn(key, size, self._look)
        self._thread = Thread(target=self._run, daemon=True, name="job")
        self._thread.start()

    @property
    def is_running(self) -> bool:
        """Whether the work goes on."""
        return self._thread.is_alive()

    @property
    def before(self) -> int:
        """How many other works come first."""
        return self._turn.before

    @property
    def seconds_left(self) -> float | None:
        """How long it will take at the pace so far; None before there is one."""
        if self.fraction <= 0 or self._started is None:
            return None
        return (perf_counter() - self._started) * (1 - self.fraction) / self.fraction

    def report(self, fraction: float) -> bool:
        """For `work`, to be called every few milliseconds: lets others work; whether it is to stop."""
        self.fraction = fraction
        if not self._stop.is_set():
            try:
                self._turn.share()
            except Ended:
                self._stop.set()
        return self._stop.is_set()

    def go_on(self, fraction: float) -> None:
        """The same, for work of which a part is worth nothing.

        Raises:
            Ended: if it is to stop.
        """
        if self.report(fraction):
            raise Ended

    def stop(self) -> None:
        """Ask the work to end with what there is."""
        self._stop.set()

    def wait(self, seconds: float | None = None) -> bool:
        """Wait for the end, at most so long; whether it has come."""
        with stand_aside():
            self._thread.join(seconds)
        return not self.is_running

    def result(self) -> Result:
        """What `work` returned, or its exception. To be called when it has ended."""
        if self._error is not None:
            raise self._error
        return self._result[0]

    def _look(self, _: Turn) -> None:
        now = perf_counter()
        if is_connected(self._session):
            self._seen = now
        if now - self._seen > GRACE:
            self.was_left = True
        if self.was_left or self._stop.is_set():
            raise Ended

    def _run(self) -> None:
        try:
            with self._turn:
                self._started = perf_counter()
                self._result.append(self._work(self))
        except (ValueError, Ended, Crowded) as error:  # for the page to show
            self._error = error
        except Exception as error:
            _LOGGER.exception("a job failed")
            self._error = error


def keep_job(kind: str, job: Job[Any]) -> None:
    """Let this be the session's job of this kind, for `end_unwanted`."""
    st.session_state.setdefault(_JOBS, {})[kind] = job


def end_unwanted(settings: Any) -> None:
    """Stop what was begun in this session and is not wanted with these settings."""
    for job in st.session_state.get(_JOBS, {}).values():
        if job.is_running and not job.is_wanted(settings):
            job.was_left = True
            job.stop()
