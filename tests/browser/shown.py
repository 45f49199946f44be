"""What a page shows, and where: its address, its texts and numbers."""

from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page

from tests.browser.helpers import PATIENCE

# Every number and every text of the page, those of components too, but what only this session can know:
# notices of what a link got wrong, and how long something takes.
SHOWN = """
() => {
  const values = [], texts = [];
  const ids = ["stAlert", "stProgress", "stSpinner"].map((id) => `[data-testid="${id}"]`);
  const leftOut = [...ids, "script", "style", "dialog"].join();
  const walk = (node) => {
    if (node.nodeType === Node.TEXT_NODE) {
      const text = node.data.replace(/\\s+/g, " ").trim();
      if (text) texts.push(text);
    }
    if (node.nodeType === Node.ELEMENT_NODE) {
      if (node.matches(leftOut) || node.hidden) return;
      if (node.dataset.value !== undefined) values.push(node.dataset.value);
      if (node.matches("input") && node.type !== "checkbox") texts.push(`[${node.value}]`);
    }
    for (const child of (node.shadowRoot ?? node).childNodes) walk(child);
  };
  walk(document.querySelector('[data-testid="stMain"]'));
  walk(document.querySelector('.st-key-settings'));
  return { values, texts };
}
"""


def query_of(page: Page) -> dict[str, str]:
    return {key: texts[-1] for key, texts in parse_qs(urlsplit(page.url).query).items()}


def see_parameter(page: Page, name: str, value: str) -> None:
    """Wait until the address says so."""
    page.wait_for_function(
        "([name, value]) => new URL(location).searchParams.get(name) === value",
        arg=[name, value],
        timeout=PATIENCE,
    )
