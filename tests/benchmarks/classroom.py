"""A lecture hall on one server: many sessions over real WebSockets, from other processes on the same machine.

    .venv/bin/python -m tests.benchmarks.classroom [--sessions 100 200 400] [--seconds 60]
        [--replicas 2] [--seeds 30] [--same]

The app is started as the README does. Everybody arrives within three seconds by a link, then changes the
flower (sometimes the page) every three seconds. One in ten loses the connection without a goodbye, and
another comes in that place. Prints for each number of sessions how long it takes from arriving to the end of
the first page, how long from a request to the end of its run, errors, CPU and memory of the server.
`--seconds 3` measures the arrivals alone.
With two replicas everybody comes through nginx, configured as in deploy/; CPU and memory are the replicas'.
With `--same` all arrive by one link, as a lecturer gives it; else each at a page and flower of their own.
With several seeds people change the seed, too, so that hardly anybody looks at what somebody has seen.
"""

import argparse
import asyncio
import os
import random
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter, process_time

import numpy as np

from tests.nginx import running_nginx
from tests.server import app_process, free_port
from tests.visitor import Visitor, run_visits

PERIOD = 3.0
LEAVING = 0.1
PAGES = ("", "walkthrough", "jacobians", "paths", "update", "total_derivative", "batch", "practice")
HEADER = """
              arrive, ms       change, ms      page, ms                 CPU of a core  server's RSS, MB
sessions   50 / 95 / max   50 / 95 / 99 %     50 / 95 %  errors  a run  server, people     (a session)"""
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Plan:
    """What somebody does: until `end`, with seeds below `seeds`, having come by the `same` link as all."""

    url: str
    end: float
    seeds: int
    same: bool
    rng: random.Random


@dataclass
class Record:
    """What the sessions of one run have seen; times in seconds."""

    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: list[str] = field(default_factory=list)
    received: int = 0

    async def time(self, what: str, request) -> object:
        start = perf_counter()
        try:
            return await request
        finally:
            self.times[what].append(perf_counter() - start)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sessions", type=int, nargs="+", default=[100, 200, 400])
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--replicas", type=int, choices=(1, 2), default=1)
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--same", action="store_true")
    options = parser.parse_args()
    print(HEADER)
    for sessions in options.sessions:
        with tempfile.TemporaryDirectory() as name, hall(Path(name), options.replicas) as (url, pids):
            run_visits(classroom(url, pids, sessions, options.seconds, options.seeds, options.same))
            failures = sum(
                log.read_text(errors="replace").count("Traceback") for log in Path(name).glob("*.log")
            )
            if failures:
                print(f"          {failures} tracebacks in the server's log")


@contextmanager
def hall(folder: Path, replicas: int) -> Iterator[tuple[str, list[int]]]:
    """The app as one process, or as two behind nginx: its URL and the processes."""
    with ExitStack() as stack:
        ports = [free_port() for _ in range(replicas)]
        apps = [stack.enter_context(app_process(folder / f"{port}.log", port=port)) for port in ports]
        url = apps[0][0] if replicas == 1 else stack.enter_context(running_nginx(folder, ports))
        yield url, [process.pid for _, process in apps]


async def classroom(
    url: str, pids: list[int], sessions: int, seconds: float, seeds: int, same: bool = False
) -> None:
    warm = await Visitor.arrive(url)
    await warm.leave()
    record, before, cpu, visitors = Record(), rss(pids), cpu_seconds(pids), process_time()
    end = perf_counter() + seconds
    rng = random.Random(sessions)
    hall = [
        seat(Plan(url, end, seeds, same, random.Random(rng.random())), record, n / sessions)
        for n in range(sessions)
    ]
    await asyncio.gather(*hall)
    cpu, visitors, after = cpu_seconds(pids) - cpu, process_time() - visitors, rss(pids)
    requests = sum(map(len, record.times.values()))
    await asyncio.sleep(2)
    print(
        f"{sessions:8} {percentiles(record, 'arrive', 50, 95, 100):>15} "
        f"{percentiles(record, 'change', 50, 95, 99):>16} {percentiles(record, 'page', 50, 95):>13}  "
        f"{len(record.errors):6} {1000 * cpu / requests:4.1f} ms  {100 * cpu / seconds:4.0f} %, "
        f"{100 * visitors / seconds:4.0f} %  "
        f"{before:.0f} → {after:.0f} ({(after - before) / sessions:.2f}), then {rss(pids):.0f}",
        flush=True,
    )
    for error in sorted(set(record.errors))[:5]:
        print(f"          {error}")


async def seat(plan: Plan, record: Record, phase: float) -> None:
    """One seat of the hall: somebody sits there until the end, not always the same."""
    await asyncio.sleep(phase * PERIOD)
    arrival = "arrive"
    while perf_counter() < plan.end:
        try:
            await visit(plan, record, arrival)
            arrival = "take the place of somebody"
        except Exception as error:
            record.errors.append(f"{type(error).__name__}: {error}")
            await asyncio.sleep(PERIOD)


async def visit(plan: Plan, record: Record, arrival: str) -> None:
    rng = plan.rng
    cookie = f"seat={rng.getrandbits(128):032x}"  # nginx gives a browser one with its first page
    page, flower, seed = rng.choice(PAGES), rng.randrange(150), rng.randrange(plan.seeds)
    if plan.same:
        page, flower, seed = "walkthrough", 106, 0
    visitor = await record.time(arrival, Visitor.arrive(plan.url, page, cookie, flower=flower, seed=seed))
    stays = rng.uniform(0, 60) if rng.random() < LEAVING else float("inf")
    leaves = perf_counter() + stays
    while perf_counter() < min(plan.end, leaves):
        await asyncio.sleep(rng.uniform(0.5, 1.5) * PERIOD)
        if rng.random() < 0.15:
            await record.time("page", visitor.go_to(rng.choice(PAGES)))
        elif plan.seeds > 1 and rng.random() < 0.1:
            await record.time("change", visitor.set_number("seed", rng.randrange(plan.seeds)))
        else:
            await record.time("change", visitor.set_number("flower", rng.randrange(150)))
    record.errors += visitor.exceptions
    record.received += visitor.received
    await visitor.leave(goodbye=perf_counter() >= plan.end)


def percentiles(record: Record, what: str, *ranks: int) -> str:
    times = record.times[what] or [float("nan")]
    return " / ".join(f"{1000 * np.percentile(times, rank):.0f}" for rank in ranks)


def rss(pids: list[int]) -> float:
    """Resident memory of the server's processes in MB."""
    pages = sum(int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in pids)
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def cpu_seconds(pids: list[int]) -> float:
    """User and system time of the server's processes so far."""
    stats = (Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in pids)
    return sum(int(times[11]) + int(times[12]) for times in stats) / TICKS


if __name__ == "__main__":
    main()
