"""Every budget in one table: what was measured, and whether it is met.

    .venv/bin/python -m tests.benchmarks [--long]

Ratios to a bare Streamlit page are of the same run, with the same .streamlit/config.toml. Takes about three
minutes; other work on the machine makes times longer, ratios much less so. `--long` soaks for 10,000 changes
and 2,000 sessions. The lecture hall has a program of its own, tests.benchmarks.classroom.
"""

import argparse
import statistics
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import sync_playwright

from backprop import init_params
from tests.benchmarks import changes, core, memory, pages, server_cpu, soak, stage
from tests.benchmarks.observed import Server, observed
from tests.browser.helpers import launch_chromium, new_context
from tests.expected import settings_of
from tests.visitor import run_visits
from ui.state.parameters import MAX_EPOCHS, PRINCIPAL
from ui.steps.payload import stage_payload
from ui.views.training.payload import film_payload

LARGEST = "16-16-16-16"
WIDER = 2
"""Factor of every budget for the largest network."""


BYTES = 60
"""kB that a change of the walkthrough may send."""


@dataclass(frozen=True)
class Row:
    """One line of the table; met is None where there is no budget."""

    what: str
    budget: str
    measured: str
    met: bool | None

    def __str__(self) -> str:
        verdict = {True: "met", False: "NOT MET", None: ""}[self.met]
        return f"{self.what:48}{self.budget:24}{self.measured:54}{verdict}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--long", action="store_true", help="soak for 10,000 changes and 2,000 sessions")
    parser.add_argument("--only", choices=PARTS, nargs="+", default=list(PARTS))
    options = parser.parse_args()
    print(f"{'what':48}{'budget':24}{'measured':54}\n", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        bare_page = Path(folder) / "bare.py"
        bare_page.write_text(pages.BARE, encoding="utf-8")
        for part in options.only:
            for row in PARTS[part](bare_page, options.long):
                print(row, flush=True)


def core_rows(_: Path, __: bool) -> Iterator[Row]:
    config, (X, Y) = settings_of().config, core.flowers()
    params = init_params(config, seed=0)
    step = core.measure(core.one_flower(config, params, X[0], Y[0]))
    recorded, gradient = (
        statistics.median(step[name]) for name in ("training_step, all recorded", "plain NumPy")
    )
    measured = f"{1000 * recorded:.3f} ms, × {recorded / gradient:.1f}"
    yield Row("one recorded step, 4-5-3", "10 × plain gradient", measured, recorded <= 10 * gradient)
    times = core.measure(core.all_flowers(config, params, X, Y))
    ours, plain = times["loss_and_gradients"], times["plain NumPy"]
    ratio = statistics.median(ours) / statistics.median(plain)
    best = f"× {ratio:.2f} (best samples × {min(ours) / min(plain):.2f})"
    yield Row("loss_and_gradients, 150 flowers", "1.3 × plain NumPy", best, ratio <= 1.3)
    for name in ("PyTorch", "JAX, jitted", "autograd"):
        if name in times:
            other = statistics.median(times[name]) / statistics.median(ours)
            yield Row(f"  {name} on the same work", "slower than ours", f"× {other:.1f}", other > 1)


def payload_rows(_: Path, __: bool) -> Iterator[Row]:
    for hidden in ("5", LARGEST):
        size = len(stage_payload(settings_of(hidden=hidden)).encode())
        yield Row(f"payload of the stage, hidden {hidden}", "", f"{size / 1000:.0f} kB", None)
    for hidden, epochs in (("5", 100), ("5", MAX_EPOCHS)):
        film = film_payload(settings_of(hidden=hidden).plan, epochs, PRINCIPAL, lambda share: None)
        yield Row(f"payload of the film, {epochs} epochs", "", f"{len(film.encode()) / 1000:.0f} kB", None)


def browser_rows(bare_page: Path, _: bool) -> Iterator[Row]:
    with observed() as app, observed(bare_page) as bare, sync_playwright() as playwright:
        browser = launch_chromium(playwright)
        page = new_context(browser).new_page()
        for hidden, factor in (("5", 1), (LARGEST, WIDER)):
            times = stage.stage_times(page, app.url, f"hidden={hidden}")
            yield paint_row(f"stage, key to paint, hidden {hidden}", times, factor)
            for name, query in stage.SLIDERS.items():
                times = stage.slider_times(page, app.url, f"{query}hidden={hidden}")
                yield paint_row(f"slider {name}, input to paint, hidden {hidden}", times, factor)
            times = stage.cell_times(page, app.url, f"hidden={hidden}")
            yield paint_row(f"cell of a batch, pointer to paint, hidden {hidden}", times, factor)
        for hidden, factor in (("5", 1), (LARGEST, WIDER)):
            yield from settle_rows(page, app.url, bare.url, hidden, factor)
        browser.close()


def paint_row(what: str, times: list[float], factor: int) -> Row:
    median, high = statistics.median(times), statistics.quantiles(times, n=20)[-1]
    is_met = median <= 17 * factor and high <= 33 * factor
    return Row(what, f"{17 * factor} / {33 * factor} ms", f"{median:.1f} / {high:.1f} ms", is_met)


def settle_rows(page, app_url: str, bare_url: str, hidden: str, factor: float) -> Iterator[Row]:
    for path in server_cpu.PAGES:
        plain = changes.settle_time(page, bare_url, changes.BARE_BUTTON, clicks=6)
        url = f"{app_url}/{path}?hidden={hidden}&flower=20"
        time = changes.settle_time(page, url, changes.NEXT_FLOWER, clicks=6)
        yield Row(
            f"click to settled page, {name_of(path)}, hidden {hidden}",
            f"{3 * factor:g} × bare",
            f"{time:.0f} ms, × {time / plain:.1f} (bare {plain:.0f} ms)",
            time <= 3 * factor * plain,
        )


def cpu_rows(bare_page: Path, _: bool) -> Iterator[Row]:
    with observed() as app, observed(bare_page) as bare:
        for hidden, factor, blocks in (("5", 1, 4), (LARGEST, WIDER, 2)):
            for path in server_cpu.PAGES:
                cost = run_visits(server_cpu.page_cost(app, bare, path, blocks, hidden=hidden))
                yield cpu_row(f"{name_of(path)}, hidden {hidden}", cost, factor)
                if path == "walkthrough":
                    kilobytes = cost.bytes_sent / 1000
                    budget = BYTES * factor
                    what = f"bytes a change, walkthrough, hidden {hidden}"
                    yield Row(what, f"{budget} kB", f"{kilobytes:.0f} kB", kilobytes <= budget)


def cpu_row(where: str, cost: server_cpu.PageCost, factor: float) -> Row:
    seen, new = cost.median(server_cpu.SEEN), cost.median(server_cpu.NEW)
    return Row(
        f"server CPU a change, {where}",
        f"{3 * factor:g} × bare",
        f"{seen:.1f} ms, × {cost.ratio(server_cpu.SEEN):.1f}; first view {new:.1f} ms, "
        f"× {cost.ratio(server_cpu.NEW):.1f}; {cost.bytes_sent / 1000:.0f} kB",
        max(cost.ratio(server_cpu.SEEN), cost.ratio(server_cpu.NEW)) <= 3 * factor,
    )


def cold_rows(bare_page: Path, _: bool) -> Iterator[Row]:
    seconds, ratio, cpu = memory.cold_ratio(bare_page, times=3)
    measured = f"{seconds:.1f} s, × {ratio:.2f} (of CPU × {cpu:.2f})"
    yield Row("process start to end of the first page", "1.5 × bare", measured, ratio <= 1.5)


def memory_rows(_: Path, is_long: bool) -> Iterator[Row]:
    small = run_visits(memory.hall_memory(20)).full
    yield Row("memory with 20 sessions", "400 MB", f"{small:.0f} MB", small <= 400)
    hall = run_visits(memory.hall_memory(100))
    course = f"{hall.before:.0f} → {hall.full:.0f} MB with 100, {hall.after:.0f} after"
    measured = f"{hall.a_session:.2f} MB ({course})"
    yield Row("memory a session", "1 MB", measured, hall.a_session <= 1)
    many, sessions = (10_000, 2_000) if is_long else (1_000, 100)
    with observed() as server:
        held = run_visits(soak_quietly(server, many, sessions))
    grown = soak.growth(held)
    course = " → ".join(f"{held[n]['rss']:.0f}" for n in (0, len(held) // 2, -1))
    measured = f"{course} MB, last half × {grown:.3f}"
    is_flat = grown <= soak.FLAT if is_long else None  # a short run ends before the caches are full
    yield Row(f"memory over {many:,} changes", f"flat: × {soak.FLAT}", measured, is_flat)


async def soak_quietly(server: Server, many: int, sessions: int) -> list[dict]:
    return await soak.soak(server, many, sessions, say=lambda _: None)


def name_of(path: str) -> str:
    return path.replace("_", " ") or "overview"


PARTS = {
    "core": core_rows,
    "payload": payload_rows,
    "browser": browser_rows,
    "cpu": cpu_rows,
    "cold": cold_rows,
    "memory": memory_rows,
}

if __name__ == "__main__":
    main()
