"""Bad input against the running app.

    .venv/bin/python -m tests.fuzz [--tries 5000] [--seed 1]

Starts the app, sends it links, widget states, messages and requests that no page could send, and looks for
errors shown to the user, tracebacks in the log, scripts in the page, and others who do not get their answers.
"""

import argparse
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from tests.benchmarks.classroom import rss
from tests.fuzz.campaign import Report, campaign, tracebacks
from tests.server import app_process
from tests.visitor import run_visits


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tries", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--attackers", type=int, default=4)
    parser.add_argument("--log", type=Path, default=Path(tempfile.gettempdir()) / "fuzz.log")
    options = parser.parse_args()
    options.log.unlink(missing_ok=True)
    start = perf_counter()
    with app_process(options.log) as (url, process):
        report = run_visits(campaign(url, options.seed, options.tries, options.attackers))
        alive, memory = process.poll() is None, rss([process.pid])
    show(report, options.seed, perf_counter() - start)
    print(f"server: {'alive' if alive else 'DEAD'}, {memory:.0f} MB at the end; log: {options.log}")
    logged = tracebacks(options.log)
    print(f"unexpected tracebacks in the log: {logged.total()}")
    for text, count in logged.most_common():
        print(f"  {count} × {text}")
    return 1 if report.failures or logged or not alive else 0


def show(report: Report, seed: int, seconds: float) -> None:
    kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(report.tries.items()))
    print(f"seed {seed}: {report.tries.total()} tries in {seconds:.0f} s ({kinds})")
    print(f"somebody else had {report.others} answers meanwhile")
    print(f"connections closed by the server: {dict(report.closed)}")
    for seconds_taken, what in report.slowest:
        print(f"  slow: {seconds_taken:.1f} s {what}")
    print(f"failures: {len(report.failures)}")
    for failure in report.failures:
        print(f"  {failure}")


if __name__ == "__main__":
    sys.exit(main())
