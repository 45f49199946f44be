import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.helpers import launch_chromium
from tests.browser.outages import Mortal
from tests.browser.visits import Visits
from tests.server import running_app

expect.set_options(timeout=20_000)  # milliseconds; the usual five are not enough on a busy machine

HERE = Path(__file__).parent
FIRST = (HERE, HERE.parent, HERE.parent / "views", HERE.parent / "texts")
"""Folders whose tests come first: many of them start servers, or take long."""


def pytest_collection_modifyitems(items):
    reason = os.environ.get("SKIP_BROWSER_TESTS")
    for item in items:
        if is_here(item):
            item.add_marker("browser")
            if reason:
                item.add_marker(pytest.mark.skip(reason=reason))
    # The longest first, so that no worker ends long after the others.
    items.sort(key=lambda item: FIRST.index(item.path.parent) if item.path.parent in FIRST else len(FIRST))


def is_here(item) -> bool:
    return item.path.parent == HERE


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item):
    report = yield
    if report.failed and "server_log" in item.funcargs:
        text = item.funcargs["server_log"].read_text(errors="replace")
        report.sections.append(("end of the server's log", text[-5000:]))
    if report.failed and "visits" in item.funcargs:
        item.funcargs["visits"].fail(item.name)
    return report


@pytest.fixture(scope="session")
def server_log(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("server") / "streamlit.log"


# Ended with the last browser test of a worker: others find no running event loop, which Playwright's is.
@pytest.fixture(scope="package")
def app_url(server_log) -> Iterator[str]:
    with running_app(server_log) as url:
        yield url


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = launch_chromium(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def mortal(browser, tmp_path_factory) -> Iterator[Mortal]:
    """A page on a server of its own, which runs when a test begins; a test that kills it starts it again."""
    mortal = Mortal(browser, tmp_path_factory.mktemp("mortal") / "log")
    mortal.start()
    yield mortal
    mortal.close()
    assert "Traceback" not in mortal.log.read_text()


@pytest.fixture(scope="package")
def visits(browser, app_url) -> Iterator[Visits]:
    visits = Visits(browser, app_url)
    yield visits
    visits.close()


@pytest.fixture
def open_page(visits, server_log, request) -> Iterator[Callable[..., Page]]:
    """A function that opens a page; its arguments are options of the browser context, or `fresh=True`.

    Cookies and storage are empty, the history is not, and the browser has been here before, where the app is
    still open: `visit` (tests/browser/visits.py) goes on from there, `goto` begins a session. `fresh=True`
    gives a browser that has not. A second call in one test gives a second browser.
    Afterwards no page may have reported an error or asked another host, nor the server printed a traceback.
    """
    log_start = server_log.stat().st_size
    yield visits.open_page
    errors, foreign_requests = visits.end()
    assert foreign_requests == []
    if not request.node.get_closest_marker("expects_browser_errors"):
        assert errors == []
        assert "Traceback" not in server_log.read_bytes()[log_start:].decode(errors="replace")


@pytest.fixture
def page(open_page) -> Page:
    """A page of 1366 × 768."""
    return open_page()
