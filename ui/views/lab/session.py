"""Which comparison this session has under way."""

from dataclasses import dataclass

import streamlit as st

from ui.state.jobs import Job, keep_job
from ui.state.turns import Crowded, Ended
from ui.views.lab.runs import LabPlan, LabResult, finished, start

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
        started.job.stop()
        started = None
    if started is None or (started.job.was_left and not started.is_stopped):
        result = finished(plan)
        if result.is_complete:
            return result
        started = _Started(plan, start(plan))
        keep_job("lab", started.job)
        st.session_state[_STATE] = started
        started.job.wait(PATIENCE)
    if started.is_stopped:
        return finished(plan)
    if started.job.is_running:
        return started.job
    try:
        return started.job.result()
    except Crowded as crowded:
        st.warning(str(crowded))
    except Ended:
        pass
    return finished(plan)


def is_stopped() -> bool:
    """Whether the reader has stopped it."""
    started: _Started | None = st.session_state.get(_STATE)
    return started is not None and started.is_stopped


def stop_comparison() -> None:
    """Callback: let it be; what is finished stays."""
    started: _Started | None = st.session_state.get(_STATE)
    if started is not None:
        started.is_stopped = True
        started.job.stop()


def continue_comparison() -> None:
    """Callback: go on where it was stopped."""
    st.session_state.pop(_STATE, None)
