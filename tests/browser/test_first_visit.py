"""A process whose first visitors follow links to pages: Streamlit then runs those pages without app.py."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from playwright.sync_api import expect

from tests.browser.helpers import Watcher, new_context
from tests.browser.stage_page import position
from tests.server import running_app
from tests.visitor import Visitor, run_visits

LINKS = ("total_derivative", "walkthrough", "paths", "jacobians", "notation", "practice")


def test_a_class_that_comes_back_at_once_after_a_restart(browser, tmp_path):
    """One of them in a browser."""
    log = tmp_path / "log"
    with running_app(log) as url, ThreadPoolExecutor(1) as thread:  # Playwright has a loop in this one
        others = thread.submit(run_visits, all_arrive(url))
        context = new_context(browser)
        watcher = Watcher(context, url)
        page = context.new_page()
        page.goto(f"{url}/walkthrough?flower=5&step=7")
        stage = page.get_by_test_id("stage")
        stage.wait_for()
        assert position(stage) == 7
        expect(page.get_by_role("spinbutton", name="Flower")).to_have_value("5")
        assert page.get_by_test_id("stSidebarNavLink").count() >= 3
        context.close()
        exceptions, texts = others.result()
    assert watcher.errors == []
    assert exceptions == []
    assert all("virginica: sepal 4.9" in text for text in texts)  # the flower, said in the sidebar
    assert "Traceback" not in log.read_text()


async def all_arrive(url: str) -> tuple[list[str], list[str]]:
    """Thirty visitors, one every 30 ms: some while the first is being served, some soon after."""

    async def arrive(number: int) -> Visitor:
        await asyncio.sleep(0.03 * number)
        visitor = await Visitor.arrive(url, LINKS[number % len(LINKS)])
        await visitor.leave()
        return visitor

    visitors = await asyncio.gather(*(arrive(number) for number in range(30)))
    exceptions = [exception for visitor in visitors for exception in visitor.exceptions]
    return exceptions, [" ".join(visitor.texts) for visitor in visitors]
