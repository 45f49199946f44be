"""Work of known length, and a server without one."""

from time import sleep

from ui.state import jobs, turns
from ui.state.jobs import Job
from ui.state.turns import (
    SLICE,
)


def job(work, key="work", size=1):
    return Job(work, key, size)


def count_to(number):
    def work(job):
        for done in range(number):
            sleep(0.001)
            if job.report(done / number):
                return done
        return number

    return work


def nobody_ends(_):
    pass


class Server:
    """In place of Streamlit's: which sessions are connected, and what time it is."""

    def __init__(self, monkeypatch):
        self.now, self.connected = 0.0, {"reader"}
        monkeypatch.setattr(turns, "LOOK", 0.002)
        monkeypatch.setattr(turns, "perf_counter", self.time)
        monkeypatch.setattr(jobs, "perf_counter", self.time)
        monkeypatch.setattr(jobs, "this_session", lambda: "reader")
        monkeypatch.setattr(jobs, "is_connected", lambda session: session in self.connected)

    def time(self):
        self.now += SLICE  # every look at the clock ends a slice
        return self.now
