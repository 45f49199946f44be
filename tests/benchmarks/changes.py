"""From a click in a browser to the settled page, for every page and for a bare one with one button."""

import statistics

from playwright.sync_api import Page

from tests.benchmarks.stage import FRAME
from tests.browser.helpers import wait_settled

BARE_BUTTON = '[data-testid="stMain"] button'
NEXT_FLOWER = '.st-key-flower [data-testid="stNumberInputStepUp"]'
QUIET = 150
"""Milliseconds without a change of the document, after which it is settled."""

# Settled: the run has ended, and the document has changed for the last time; then the frame is painted.
CLICK_AND_SETTLE = f"""async ([selector, count]) => {{ {FRAME}
  const app = document.querySelector('[data-testid="stApp"]');
  const times = [];
  let last = 0, runs = 0;
  const observer = new MutationObserver((records) => {{
    last = performance.now();
    const starts = (record) => record.target === app && record.attributeName === "data-test-script-state";
    if (records.some(starts)) runs += 1;
  }});
  const everything = {{ subtree: true, childList: true, characterData: true, attributes: true }};
  observer.observe(document.body, everything);
  for (let n = 0; n < count; n++) {{
    await anyMoment();
    runs = 0;
    const start = performance.now();
    document.querySelector(selector).click();
    const isOver = () => runs && app.dataset.testScriptState === "notRunning"
      && performance.now() - last > {QUIET};
    while (!isOver() && performance.now() - start < 5000) await new Promise((done) => setTimeout(done, 10));
    times.push(last - start);
  }}
  observer.disconnect();
  return times;
}}"""


def settle_time(page: Page, url: str, selector: str, clicks: int) -> float:
    """Median milliseconds from a click to the settled page; some clicks before do not count."""
    page.goto(url)
    page.locator(selector).first.wait_for()
    wait_settled(page)
    return statistics.median(page.evaluate(CLICK_AND_SETTLE, [selector, clicks + 2])[2:])
