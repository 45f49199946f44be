"""Browser contexts that tests use one after another.

A fresh context fetches and compiles Streamlit's bundle anew, which takes longer than what most tests do.
"""

import re
from contextlib import suppress
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Error, Page, ViewportSize

from tests.browser.helpers import DESKTOP, Watcher, follow_link, new_context, wait_settled
from tests.server import ROOT

PICTURES = ROOT / ".artifacts" / "failed"
BETWEEN = "/practice"

CLIPBOARD = ["clipboard-read", "clipboard-write"]


class Visits:
    """One open page for each set of options, cleaned between tests."""

    def __init__(self, browser: Browser, app_url: str):
        self._browser = browser
        self._app_url = app_url
        self._kept: dict[str, tuple[Page, Watcher]] = {}
        self._used: list[str] = []
        self._fresh: list[tuple[Page, Watcher]] = []
        self.has_failed = False

    def fail(self, name: str) -> None:
        """Keep pictures of the pages of a test that has failed; the next one will begin anew."""
        self.has_failed = True
        name = re.sub(r"[^\w-]+", "-", name)
        pages = [*(self._kept[used] for used in self._used), *self._fresh]
        for number, (page, _) in enumerate(pages):
            with suppress(Error):  # it may have crashed
                page.screenshot(path=PICTURES / f"{name}-{number}.png")

    def open_page(
        self,
        fresh: bool = False,
        color_scheme: str = "light",
        reduced_motion: str = "no-preference",
        viewport: ViewportSize = DESKTOP,
        **options,
    ) -> Page:
        if fresh:
            self._fresh.append(self._new_page(options))
            page = self._fresh[-1][0]
        else:
            name = repr([is_narrow(viewport), *sorted(options.items())])
            while name in self._used:
                name += " again"
            if name not in self._kept:
                self._kept[name] = self._new_page(options)
            self._used.append(name)
            page = self._kept[name][0]
        page.emulate_media(color_scheme=color_scheme, reduced_motion=reduced_motion)
        if is_narrow(page.viewport_size) != is_narrow(viewport):
            page.goto("about:blank")  # whether the sidebar is open is decided when the app is
        if page.viewport_size != viewport:
            page.set_viewport_size(viewport)
        return page

    def _new_page(self, options: dict) -> tuple[Page, Watcher]:
        context = new_context(self._browser, base_url=self._app_url, permissions=CLIPBOARD, **options)
        watcher = Watcher(context, self._app_url)
        return context.new_page(), watcher

    def end(self) -> tuple[list[str], list[str]]:
        """End the test's visits. What its pages reported, and which other hosts they asked."""
        kept = {name: self._kept.pop(name) for name in self._used}
        fresh, self._fresh, self._used = self._fresh, [], []
        errors, foreign_requests = [], []
        for page, watcher in [*kept.values(), *fresh]:
            page.evaluate("0")  # by then everything that was reported has arrived
            errors += watcher.errors
            foreign_requests += watcher.foreign_requests
        for page, _ in fresh:
            page.context.close()
        for page, watcher in kept.values():
            clean(page)
            if self.has_failed:
                page.goto("about:blank")
            watcher.forget()
        self._kept |= kept
        self.has_failed = False
        return errors, foreign_requests

    def close(self) -> None:
        for page, _ in self._kept.values():
            page.context.close()


def is_narrow(viewport: ViewportSize) -> bool:
    """Too narrow for a sidebar beside the page."""
    return viewport["width"] < 800


def clean(page: Page) -> None:
    """Forget what the app stored."""
    for other in page.context.pages:
        if other is not page:
            other.close()
    if page.url.startswith("http"):
        page.evaluate("localStorage.clear(); sessionStorage.clear()")
    page.context.clear_cookies()
    page.mouse.move(0, 0)


def visit(page: Page, address: str) -> None:
    """Open this address, by a link where the app is open: a new document takes five times the work.

    The session may be an older one. By way of another page, so that nothing of a page is left on itself.
    """
    here = urlsplit(page.url)
    if here.scheme != "http":
        page.goto(address)
        wait_settled(page)
        return
    if page.evaluate("window.pauses.size"):
        wait_settled(page)  # the last test's step is not told during this one
    if page.get_by_role("dialog").count():
        page.keyboard.press("Escape")
        page.get_by_role("dialog").wait_for(state="hidden")
    page.evaluate("document.activeElement?.blur()")
    if here.path == urlsplit(address).path:
        follow_link(page, BETWEEN if here.path != BETWEEN else "/notation")
    follow_link(page, address)
