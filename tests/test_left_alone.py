"""The real server works for nobody who has gone, and a late visitor does not wait for junk."""

import asyncio
import os
import time
from pathlib import Path

import pytest

from tests.server import app_process
from tests.visitor import Visitor, run_visits, socket_to

pytestmark = pytest.mark.skipif(not Path("/proc/self/schedstat").exists(), reason="needs Linux's /proc")

LONG = bool(os.environ.get("LONG_TESTS"))
TABS = 15
LARGE = {"hidden": "16-16-16-16"}
IDLE, BUSY = 0.1, 0.4
"""Shares of a core that an idle server wants at most, and one that trains at least."""
SOME_SECONDS = 20
AT_ONCE = 4.0
"""Seconds of the server's CPU from a visitor's first message to the end of the page."""


class Busyness:
    """What the server's process computes, seen from outside, however busy the machine is."""

    def __init__(self, pid: int):
        self.pid = pid

    def cpu(self) -> float:
        """Seconds of CPU of all its threads so far."""
        return time.clock_gettime((~self.pid << 3) | 2)

    async def share(self, seconds: float) -> float:
        """Of a core: what its threads had, and waited for, in so many seconds."""
        before, cpu, start = self._waited(), self.cpu(), time.monotonic()
        await asyncio.sleep(seconds)
        after, cpu, seconds = self._waited(), self.cpu() - cpu, time.monotonic() - start
        return (cpu + sum(after[task] - before.get(task, 0) for task in after)) / seconds

    def _waited(self) -> dict[str, float]:
        """Seconds that each thread was ready and had no core."""
        waited = {}
        for task in Path(f"/proc/{self.pid}/task").iterdir():
            try:
                waited[task.name] = int((task / "schedstat").read_text().split()[1]) / 1e9
            except OSError:  # it has ended
                continue
        return waited


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """The app's URL, and what its process does."""
    with app_process(tmp_path_factory.mktemp("server") / "log") as (url, process):
        yield url, Busyness(process.pid)


async def open_view(url: str, seed: int) -> Visitor:
    """The weights after a long training, computed by the run of the script."""
    tab = Visitor(await socket_to(url), {"epoch": 500, "batch": 1, "seed": seed, **LARGE})
    await tab.ask("walkthrough")
    return tab


async def start_training(url: str, seed: int) -> Visitor:
    """A long training, by the button."""
    tab = await Visitor.arrive(url, "training", epochs=500, batch=1, seed=seed, **LARGE)
    tab.state("training_start").trigger_value = True
    await tab.ask()
    return tab


async def compare(url: str, seed: int) -> Visitor:
    """A long comparison of the rules."""
    long = {"lab_order": "skip", "lab_seeds": 20, "lab_epochs": 500}
    tab = Visitor(await socket_to(url), {"seed": seed, **long, **LARGE})
    await tab.ask("chain_rule_lab")
    return tab


@pytest.mark.parametrize("open_tab", [open_view, start_training, compare] if LONG else [start_training])
def test_a_late_visitor_comes_first_and_tabs_that_are_closed_keep_no_core_busy(server, open_tab):
    run_visits(junk(*server, open_tab))


async def junk(url, server, open_tab):
    tabs = [await open_tab(url, seed) for seed in range(TABS)]
    try:
        assert await server.share(1) > BUSY
        before = server.cpu()
        late = await Visitor.arrive(url, "training", epoch=100, seed=int(1000 * before) % 10_000)
        waited = server.cpu() - before
        await late.leave()
        assert late.exceptions == []
        assert waited < AT_ONCE
        assert await server.share(0.5) > BUSY
    finally:
        for tab in tabs:
            await tab.leave(goodbye=False)
    closed = time.monotonic()
    while await server.share(0.5) > IDLE:
        assert time.monotonic() - closed < SOME_SECONDS
