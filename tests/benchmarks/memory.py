"""Memory of the server with a hall full of sessions, and how long its very first page takes."""

import asyncio
import random
import statistics
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from tests.benchmarks.observed import observed
from tests.benchmarks.server_cpu import PAGES
from tests.server import ROOT
from tests.visitor import Visitor, run_visits


@dataclass(frozen=True)
class HallMemory:
    """MB of resident memory: with warm caches, with everybody there, and after they left."""

    before: float
    full: float
    after: float
    people: int

    @property
    def a_session(self) -> float:
        return (self.full - self.before) / self.people


async def hall_memory(people: int) -> HallMemory:
    """Open so many sessions on all pages, each with two changes, then close them."""
    with observed() as server:
        rng = random.Random(0)
        for page in PAGES * 2:  # imports and caches are everybody's
            visitor = await Visitor.arrive(server.url, page, flower=rng.randrange(150))
            await visitor.leave()
        before, visitors = server.rss(), []
        for n in range(people):
            visitors.append(await Visitor.arrive(server.url, PAGES[n % len(PAGES)], flower=n))
            for _ in range(2):
                await visitors[-1].set_number("flower", rng.randrange(150))
        full = server.rss()
        for visitor in visitors:
            await visitor.leave()
        await asyncio.sleep(1)
        return HallMemory(before, full, server.rss(), people)


def cold_seconds(script: Path = ROOT / "app.py") -> tuple[float, float]:
    """Seconds from the start of the process to the end of its first page: of the clock, and of CPU."""
    start = perf_counter()
    with observed(script) as server:
        run_visits(_visit(server.url))
        return perf_counter() - start, server.cpu()


async def _visit(url: str) -> None:
    visitor = await Visitor.arrive(url)
    await visitor.leave()


def cold_ratio(bare: Path, times: int) -> tuple[float, float, float]:
    """Medians: seconds of the app's first page, its ratio to the bare page's, and the ratio of CPU."""
    app, plain = zip(*((cold_seconds(), cold_seconds(bare)) for _ in range(times)), strict=True)
    (clock, cpu), (bare_clock, bare_cpu) = (
        [statistics.median(values) for values in zip(*pairs, strict=True)] for pairs in (app, plain)
    )
    return clock, clock / bare_clock, cpu / bare_cpu
