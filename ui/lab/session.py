"""Which comparison this session has under way."""

from dataclasses import dataclass
from uuid import uuid4

import streamlit as st

from ui.jobs import Job
from ui.lab.runs import LabPlan, LabResult, finished, start, stop

PATIENCE = 0.3
"""Seconds that a page waits for a short job before it shows its progress."""

_STATE = "lab_started"


@dataclass(slots=True)
class _Started:
    plan: LabPlan
    job: Job[LabResult]
    is_stopped: bool = False


def compare(plan: LabPlan) -> LabResult | Job[LabResult]:
    """The result, of the finished seeds only where it was stopped; the job while it runs."""
    started: _Started | None = st.session_state.get(_STATE)
    if started is not None and started.plan != plan:
        stop(started.plan, _watcher())
        started = None
    if started is None:
        result = finished(plan)
        if result.is_complete:
            return result
        started = _Started(plan, start(plan, _watcher()))
        st.session_state[_STATE] = started
        started.job.wait(PATIENCE)
    if started.is_stopped:
        return finished(plan)
    return started.job if started.job.is_running else started.job.result()


def is_stopped() -> bool:
    """Whether the reader has stopped it."""
    started: _Started | None = st.session_state.get(_STATE)
    return started is not None and started.is_stopped


def stop_comparison() -> None:
    """Callback: let it be; what is finished stays."""
    started: _Started | None = st.session_state.get(_STATE)
    if started is not None:
        started.is_stopped = True
        stop(started.plan, _watcher())


def continue_comparison() -> None:
    """Callback: go on where it was stopped."""
    st.session_state.pop(_STATE, None)


def _watcher() -> str:
    """A name for this session."""
    name: str = st.session_state.setdefault("lab_watcher", uuid4().hex)
    return name
