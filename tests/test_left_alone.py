"""The real server works for nobody who has gone, and a late visitor does not wait for junk."""

import asyncio
import time

import pytest

from tests.server import app_process
from tests.visitor import Visitor, socket_to

TABS = 15
LARGE = {"hidden": "16-16-16-16"}
IDLE, BUSY = 0.06, 0.12
"""Shares of a core: what an idle server may take, and what one that trains takes on a busy machine, too."""
SOME_SECONDS = 10
AT_ONCE = 3


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """The app's URL, and a function that tells the seconds of CPU its process has had."""
    with app_process(tmp_path_factory.mktemp("server") / "log") as (url, process):
        yield url, lambda: time.clock_gettime((~process.pid << 3) | 2)


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


@pytest.mark.parametrize("open_tab", [open_view, start_training, compare])
def test_a_late_visitor_comes_first_and_tabs_that_are_closed_keep_no_core_busy(server, open_tab):
    asyncio.run(junk(*server, open_tab))


async def junk(url, cpu, open_tab):
    tabs = [await open_tab(url, seed) for seed in range(TABS)]
    try:
        assert await share_of_a_core(cpu, 1.5) > BUSY
        start = time.monotonic()
        late = await Visitor.arrive(url, "training", epoch=100, seed=int(1000 * start) % 10_000)
        waited = time.monotonic() - start
        await late.leave()
        assert late.exceptions == []
        assert waited < AT_ONCE
        assert await share_of_a_core(cpu, 0.5) > BUSY
    finally:
        for tab in tabs:
            await tab.leave(goodbye=False)
    closed = time.monotonic()
    while await share_of_a_core(cpu, 0.5) > IDLE:
        assert time.monotonic() - closed < SOME_SECONDS


async def share_of_a_core(cpu, seconds: float) -> float:
    before = cpu()
    await asyncio.sleep(seconds)
    return (cpu() - before) / seconds
