"""Every page as a reader goes through them, by links: both themes, and a phone.

Pictures of them stay in `.artifacts/pages`, or the folder that PAGE_PICTURES names.
"""

import os
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.browser.accessibility import serious_violations
from tests.browser.helpers import (
    DESKTOP,
    PHONE,
    Watcher,
    follow_link,
    in_both_themes,
    new_context,
    wait_settled,
)
from tests.server import ROOT
from ui.state import pages

PICTURES = Path(os.environ.get("PAGE_PICTURES", ROOT / ".artifacts" / "pages"))
PAGES = sorted(page.name for page in pages.PAGES)
VIEWS = {
    "chain_rule_lab": "lab_seeds=1&lab_epochs=2&lab_order=skip",
    "training": "epoch=7&epochs=20",
    "walkthrough": "step=13",
}
"""What to look at where a page is empty at first."""
DRAWN_LAST = {
    "chain_rule_lab": "[data-cell]",
    "training": "[data-testid=film][data-epoch='7']",
    "walkthrough": "[data-testid=stage][data-step='13']",
}
MORE_VIEWS = [
    *((page, "hidden=16-16-16-16&flower=51") for page in PAGES),
    ("batch", "flowers=all&hidden=16-16&batch_layer=2"),
    ("jacobians", "jacobian=z1-W1"),
    ("jacobians", "hidden=16-16-16-16&jacobian=z3-W3&block=4"),
    ("paths", "flower=83&seed=41&unit=5"),
    ("paths", "hidden=16-16-16-16&drop=3"),
    ("paths", "hidden=5-4-3&layer=1&unit=2"),
    ("total_derivative", "f=xyz&t=-2.5"),
    ("training", "epoch=7&epochs=20&hidden=16-16-16-16"),
    ("update", "hidden=16-16&taken=3"),
    ("walkthrough", "step=16"),
]
IS_CURRENT = """
path => document.querySelector("[data-testid=stSidebarNavLink][aria-current=page]")?.pathname === path
"""
SIDEWAYS = """
() => [document.documentElement, ...document.querySelectorAll(
    ".stMain, .stMainBlockContainer, [data-testid=stage], [data-testid=film]")]
  .filter(box => box.scrollWidth > box.clientWidth)
  .map(box => `${box.className || box.tagName}: ${box.scrollWidth} > ${box.clientWidth}`)
"""


def reader(browser, app_url, **options):
    context = new_context(browser, base_url=app_url, reduced_motion="reduce", **options)
    watcher = Watcher(context, app_url)
    page = context.new_page()
    page.goto("/")
    wait_settled(page)
    yield SimpleNamespace(page=page, watcher=watcher)
    context.close()


@pytest.fixture(scope="module")
def at_a_desk(browser, app_url):
    yield from reader(browser, app_url)


@pytest.fixture(scope="module")
def on_a_phone(browser, app_url):
    yield from reader(browser, app_url, viewport=PHONE, color_scheme="dark")


def go_to(page, name: str, query: str = "") -> None:
    path = "" if name == "overview" else name
    follow_link(page, f"/{path}?{query}")
    page.wait_for_function(IS_CURRENT, arg=f"/{path}")
    if query == VIEWS.get(name):
        page.locator(DRAWN_LAST[name]).first.wait_for()
        wait_settled(page)


def show_all(page) -> None:
    """Make the window as high as the page: axe-core cannot judge contrast where it would have to scroll."""
    height = page.get_by_test_id("stMain").evaluate("main => main.scrollHeight")
    page.set_viewport_size(DESKTOP | {"height": height})


def assert_nothing_was_reported(reader, server_log, log_start) -> None:
    errors, foreign_requests = [*reader.watcher.errors], [*reader.watcher.foreign_requests]
    reader.watcher.forget()
    assert errors == []
    assert foreign_requests == []
    assert "Traceback" not in server_log.read_bytes()[log_start:].decode(errors="replace")


def keep_picture(page, name: str) -> None:
    page.screenshot(path=PICTURES / f"{name}.png")


@pytest.mark.parametrize("name", PAGES)
def test_no_error_and_axe_finds_nothing_in_both_themes(at_a_desk, server_log, name):
    log_start, page, violations = server_log.stat().st_size, at_a_desk.page, []
    page.set_viewport_size(DESKTOP)
    go_to(page, name, VIEWS.get(name, ""))
    show_all(page)
    for theme in in_both_themes(page):
        violations += [f"{theme}: {violation}" for violation in serious_violations(page, theme=theme)]
        keep_picture(page, f"{name}-{theme}")
    assert violations == []
    assert_nothing_was_reported(at_a_desk, server_log, log_start)


@pytest.mark.parametrize("name", PAGES)
def test_a_phone_needs_no_sideways_scrolling(on_a_phone, server_log, name):
    log_start = server_log.stat().st_size
    go_to(on_a_phone.page, name, VIEWS.get(name, ""))
    keep_picture(on_a_phone.page, f"{name}-phone")
    assert on_a_phone.page.evaluate(SIDEWAYS) == []
    assert_nothing_was_reported(on_a_phone, server_log, log_start)


@pytest.mark.parametrize(("name", "query"), MORE_VIEWS)
def test_nor_do_other_views(on_a_phone, server_log, name, query):
    log_start = server_log.stat().st_size
    go_to(on_a_phone.page, name, query)
    assert on_a_phone.page.evaluate(SIDEWAYS) == []
    assert_nothing_was_reported(on_a_phone, server_log, log_start)
