"""Time from a key press or a slider's input to paint, beside what plain Streamlit pages need for a step.

    .venv/bin/python -m tests.benchmarks.stage

Prints medians, 95th percentiles and ratios of one run. "Painted" is the end of the first frame after the
change is in the document; presses and clicks come at any moment of a frame, as a reader's do. All in
headless Chromium with software rendering, at 1366 × 768.
"""

import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.benchmarks import pages
from tests.browser.helpers import launch_chromium, new_context, wait_settled
from tests.expected import settings_of
from tests.server import running_app
from ui.steps.payload import stage_payload

PRESSES = 200
SLIDERS = {"t": "total_derivative?", "ε": "paths?", "η": "update?"}
"""The pages of the live sliders, by what they move."""
CLICKS = 30
BARE_PAGE = "bare Streamlit page, one button"
FRAME = """
const painted = () => new Promise((done) => requestAnimationFrame(() => {
  const channel = new MessageChannel();  // its message comes after the frame has been painted
  channel.port1.onmessage = () => done();
  channel.port2.postMessage(0);
}));
const anyMoment = () => new Promise((done) => setTimeout(done, 40 + Math.random() * 100 / 6));
"""
PRESS_KEYS = f"""async (count) => {{ {FRAME}
  const times = [];
  for (let n = 0; n < count; n++) {{
    await anyMoment();
    const start = performance.now();
    const key = Math.floor(n / 20) % 2 ? "ArrowLeft" : "ArrowRight";
    document.dispatchEvent(new KeyboardEvent("keydown", {{ key, bubbles: true, composed: true }}));
    await painted();
    times.push(performance.now() - start);
  }}
  return times;
}}"""
MOVE_SLIDER = f"""async (count) => {{ {FRAME}
  const slider = document.querySelector(".bp-slider input");
  slider.dispatchEvent(new PointerEvent("pointerdown"));  // held, so that nothing is told
  const times = [];
  let move = "stepUp";
  for (let n = 0; n < count; n++) {{
    await anyMoment();
    const start = performance.now();
    if (slider.value === slider.max) move = "stepDown";
    if (slider.value === slider.min) move = "stepUp";
    slider[move]();
    slider.dispatchEvent(new Event("input", {{ bubbles: true }}));
    await painted();
    times.push(performance.now() - start);
  }}
  return times;
}}"""
POINT_AT_CELLS = f"""async (count) => {{ {FRAME}
  const cells = document.querySelectorAll(".bp-products [data-option]");
  const times = [];
  for (let n = 0; n < count; n++) {{
    await anyMoment();
    const start = performance.now();
    cells[n % cells.length].dispatchEvent(new PointerEvent("pointerover", {{ bubbles: true, clientX: n }}));
    await painted();
    times.push(performance.now() - start);
  }}
  return times;
}}"""
IDLE_FRAMES = f"""async (count) => {{ {FRAME}
  const times = [];
  for (let n = 0; n < count; n++) {{
    await anyMoment();
    const start = performance.now();
    await painted();
    times.push(performance.now() - start);
  }}
  return times;
}}"""
CLICK_BUTTON = f"""async (count) => {{ {FRAME}
  const shown = () => document.querySelector('[data-testid="stMain"]').textContent;
  const times = [];
  for (let n = 0; n < count; n++) {{
    await new Promise((done) => setTimeout(done, 300));
    await anyMoment();
    const before = shown();
    const start = performance.now();
    document.querySelector('[data-testid="stMain"] button').click();
    while (shown() === before) await new Promise((done) => setTimeout(done, 1));
    await painted();
    times.push(performance.now() - start);
  }}
  return times;
}}"""


def measure(page: Page, script: str, count: int) -> list[float]:
    page.evaluate(script, max(5, count // 5))  # warm-up
    return page.evaluate(script, count)


def stage_times(page: Page, url: str, query: str) -> list[float]:
    page.goto(f"{url}/walkthrough?{query}")
    page.get_by_test_id("stage").wait_for()
    wait_settled(page)
    return measure(page, PRESS_KEYS, PRESSES)


def slider_times(page: Page, url: str, query: str) -> list[float]:
    """From an input of the slider of a scene to paint."""
    page.goto(f"{url}/{query}")
    page.locator(".bp-slider input").wait_for()
    wait_settled(page)
    return measure(page, MOVE_SLIDER, PRESSES)


def cell_times(page: Page, url: str, query: str) -> list[float]:
    """From pointing at a cell of a batch of all flowers to paint."""
    page.goto(f"{url}/batch?flowers=all&{query}")
    page.locator("[data-bar]").first.wait_for()
    wait_settled(page)
    return measure(page, POINT_AT_CELLS, PRESSES)


def page_times(page: Page, script: str) -> list[float]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.py"
        path.write_text(script, encoding="utf-8")
        with running_app(Path(folder) / "log", path) as url:
            page.goto(url)
            wait_settled(page)
            return measure(page, CLICK_BUTTON, CLICKS)


def report(rows: dict[str, list[float]]) -> None:
    bare = statistics.median(rows[BARE_PAGE])
    print(f"{'':46}{'median ms':>10}{'95th':>8}{'× bare':>9}")
    for name, times in rows.items():
        median, high = statistics.median(times), statistics.quantiles(times, n=20)[-1]
        print(f"{name:46}{median:10.1f}{high:8.1f}{median / bare:9.2f}")


def main() -> None:
    rows = {}
    with (
        tempfile.TemporaryDirectory() as folder,
        running_app(Path(folder) / "log") as url,
        sync_playwright() as p,
    ):
        browser = launch_chromium(p)
        page = new_context(browser).new_page()
        rows["stage, 4-5-3"] = stage_times(page, url, "")
        for name, query in SLIDERS.items():
            rows[f"slider {name}, 4-5-3"] = slider_times(page, url, query)
        rows["cell of a batch, 4-5-3"] = cell_times(page, url, "")
        rows["an empty frame"] = measure(page, IDLE_FRAMES, PRESSES)
        rows["stage, 4-16-16-16-16-3"] = stage_times(page, url, "hidden=16-16-16-16")
        rows[BARE_PAGE] = page_times(page, pages.BARE)
        rows["Streamlit page, the same matrices as Plotly"] = page_times(page, pages.PLOTLY)
        browser.close()
    report(rows)
    sizes = {name: len(stage_payload(settings_of(hidden=name))) for name in ("5", "16-16-16-16")}
    print("payload, bytes: " + ", ".join(f"hidden {name}: {size}" for name, size in sizes.items()))


if __name__ == "__main__":
    main()
