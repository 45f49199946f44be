"""Thousands of changes and sessions on one server: does anything grow that should not?

    .venv/bin/python -m tests.benchmarks.soak [--changes 10000] [--sessions 2000]

Five visitors wander over all pages and change flower and seed, while others come and go, some without
goodbye. Prints over time what the server's process holds. Caches fill at first; after that memory must be
flat.
"""

import argparse
import asyncio
import random
from time import perf_counter

from tests.benchmarks.observed import Server, observed
from tests.benchmarks.server_cpu import PAGES
from tests.visitor import Visitor, run_visits

WANDERERS = 5
SAMPLES = 10
FLAT = 1.05
"""Memory after the last half may be so much larger than before it."""
COLUMNS = ("threads", "files", "connected", "sessions", "entries")


async def soak(server: Server, changes: int, sessions: int, samples: int = SAMPLES, say=print) -> list[dict]:
    """Do all this, and return what the process held at the beginning and after every part."""
    rng = random.Random(0)
    wanderers = [await Visitor.arrive(server.url, page) for page in PAGES[:WANDERERS]]
    held = [sample(server, 0, 0)]
    say(header())
    say(row(held[-1]))
    for part in range(1, samples + 1):
        await asyncio.gather(
            *(wander(visitor, rng, changes // samples // WANDERERS) for visitor in wanderers),
            come_and_go(server, rng, sessions // samples),
        )
        held.append(sample(server, changes * part // samples, sessions * part // samples))
        say(row(held[-1]))
    failures = [message for visitor in wanderers for message in visitor.exceptions]
    for visitor in wanderers:
        await visitor.leave()
    assert not failures, failures[:3]
    return held


async def wander(visitor: Visitor, rng: random.Random, changes: int) -> None:
    for _ in range(changes):
        chance = rng.random()
        if chance < 0.05:
            await visitor.go_to(rng.choice(PAGES))
        elif chance < 0.25:
            await visitor.set_number("seed", rng.randrange(30))
        else:
            await visitor.set_number("flower", rng.randrange(150))


async def come_and_go(server: Server, rng: random.Random, sessions: int) -> None:
    for _ in range(sessions):
        visitor = await Visitor.arrive(server.url, rng.choice(PAGES), flower=rng.randrange(150))
        await visitor.leave(goodbye=rng.random() < 0.5)


def sample(server: Server, changes: int, sessions: int) -> dict:
    return {"changes": changes, "opened": sessions, "rss": server.rss(), **server.holds()}


def header() -> str:
    return f"{'changes':>8}{'opened':>8}{'RSS, MB':>9}" + "".join(f"{name:>11}" for name in COLUMNS)


def row(held: dict) -> str:
    counts = "".join(f"{held[name]:11}" for name in COLUMNS)
    return f"{held['changes']:8}{held['opened']:8}{held['rss']:9.0f}{counts}"


def growth(held: list[dict]) -> float:
    """Memory at the end over memory at half time."""
    return held[-1]["rss"] / held[len(held) // 2]["rss"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--changes", type=int, default=10_000)
    parser.add_argument("--sessions", type=int, default=2_000)
    options = parser.parse_args()
    start = perf_counter()
    with observed() as server:
        held = run_visits(soak(server, options.changes, options.sessions))
        last, half = held[-1], held[len(held) // 2]
        print(f"\n{perf_counter() - start:.0f} s, {server.tracebacks()} tracebacks in the server's log")
    flat = "flat" if growth(held) <= FLAT else "NOT FLAT"
    print(f"memory of the last half: × {growth(held):.3f}, {flat} (up to {FLAT})")
    print(f"threads {half['threads']} → {last['threads']}, files {half['files']} → {last['files']}")
    print(f"{last['caches']} caches; without a bound, by what they hold: {last['unbounded']}")
    if last["too_full"]:
        print(f"fuller than allowed: {last['too_full']}")


if __name__ == "__main__":
    main()
