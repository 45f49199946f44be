"""A server that dies and comes back, as a page sees it."""

from contextlib import ExitStack
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.browser.helpers import PATIENCE, new_context, wait_settled
from tests.server import HOST, app_process, free_port

IS_CONNECTED = """
wanted => {
  const app = document.querySelector('[data-testid="stApp"]');
  return (app.dataset.testConnectionState === "CONNECTED") === wanted;
}
"""


class Mortal:
    """A page, and a server of its own that can be killed and started anew at the same address."""

    def __init__(self, browser: Browser, log: Path):
        self.log = log
        self._port = free_port()
        self._servers = ExitStack()
        self.page = new_context(browser, base_url=f"http://{HOST}:{self._port}").new_page()

    def start(self) -> None:
        _, self._process = self._servers.enter_context(app_process(self.log, port=self._port))

    def kill(self) -> None:
        """As the machine does; the page has noticed."""
        self._process.kill()
        self._process.wait()
        lose_connection(self.page)

    def close(self) -> None:
        self.page.context.close()
        self._servers.close()


def lose_connection(page: Page) -> None:
    page.wait_for_function(IS_CONNECTED, arg=False, timeout=PATIENCE)


def see_connection(page: Page) -> None:
    """The server is there again: the page finds that out by itself."""
    page.wait_for_function(IS_CONNECTED, arg=True, timeout=PATIENCE)


def come_back(page: Page) -> None:
    """Connected, and the script has run."""
    see_connection(page)
    wait_settled(page)
