"""What others feel while somebody trains at length: change of the flower, alone and beside running jobs.

    .venv/bin/python -m tests.benchmarks.long_work

Prints percentiles of the time from a change to the end of its run, with no job, one, and five at once.
"""

import asyncio
import tempfile
from pathlib import Path
from time import perf_counter

import numpy as np

from tests.server import running_app
from tests.visitor import Visitor, run_visits

CHANGES = 60
SIZE = "16-16-16-16"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, running_app(Path(folder) / "server.log") as url:
        run_visits(measure(url))


async def measure(url: str) -> None:
    print("jobs    change of the flower, ms: 50 %   95 %   longest")
    visitor = await Visitor.arrive(url, "update")
    for flower in range(10):
        await visitor.set_number("flower", flower)
    for jobs in (0, 1, 5):
        # Each job is another plan; long enough to outlast the changes.
        workers = [
            await Visitor.arrive(
                url, "chain_rule_lab", lab_order="skip", lab_seeds=20, lab_epochs=500, hidden=SIZE, seed=n
            )
            for n in range(100 * jobs, 100 * jobs + jobs)
        ]
        times = []
        for flower in range(CHANGES):
            start = perf_counter()
            await visitor.set_number("flower", (flower + 20 * jobs) % 150)
            times.append(1000 * (perf_counter() - start))
            await asyncio.sleep(0.1)
        print(
            f"{jobs:4}  {np.median(times):32.0f} {np.percentile(times, 95):6.0f} {max(times):9.0f}",
            flush=True,
        )
        for worker in workers:
            await worker.leave()
        await asyncio.sleep(1)


if __name__ == "__main__":
    main()
