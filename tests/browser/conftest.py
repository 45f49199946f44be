import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.helpers import Watcher, launch_chromium, new_context
from tests.server import running_app


def pytest_collection_modifyitems(items):
    reason = os.environ.get("SKIP_BROWSER_TESTS")
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")
            if reason:
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item):
    report = yield
    if report.failed and "server_log" in item.funcargs:
        text = item.funcargs["server_log"].read_text(errors="replace")
        report.sections.append(("end of the server's log", text[-5000:]))
    return report


@pytest.fixture(scope="session")
def server_log(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("server") / "streamlit.log"


@pytest.fixture(scope="session")
def app_url(server_log) -> Iterator[str]:
    with running_app(server_log) as url:
        yield url


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = launch_chromium(playwright)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser, app_url, server_log, request) -> Iterator[Callable[..., Page]]:
    """A function that opens a page in a fresh browser context; its arguments are options of that.

    Afterwards no page may have reported an error or asked another host, nor the server printed a traceback.
    """
    contexts, watchers = [], []
    log_start = server_log.stat().st_size

    def open_page(**options) -> Page:
        context = new_context(browser, base_url=app_url, **options)
        contexts.append(context)
        watchers.append(Watcher(context, app_url))
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()
    assert [url for watcher in watchers for url in watcher.foreign_requests] == []
    if not request.node.get_closest_marker("expects_browser_errors"):
        assert [error for watcher in watchers for error in watcher.errors] == []
        assert "Traceback" not in server_log.read_bytes()[log_start:].decode(errors="replace")


@pytest.fixture
def page(open_page) -> Page:
    """A page of 1366 × 768 in a context of its own."""
    return open_page()
