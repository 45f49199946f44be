"""A process whose first visitor follows a link to a page: Streamlit then runs that page without app.py."""

from playwright.sync_api import expect

from tests.browser.helpers import Watcher, new_context
from tests.browser.stage_page import position
from tests.server import running_app


def test_link_to_a_page_works_for_the_first_visitor(browser, tmp_path):
    log = tmp_path / "log"
    with running_app(log) as url:
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
    assert watcher.errors == []
    assert "Traceback" not in log.read_text()
