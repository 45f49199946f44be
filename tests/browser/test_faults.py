"""What a session survives: a server that dies and comes back, a network that is cut, scripts in links."""

import os
from urllib.parse import quote, urlencode

import pytest
from playwright.sync_api import expect

from tests.browser.helpers import new_context, wait_settled
from tests.browser.stage_page import open_stage, position, press
from tests.fuzz.texts import MARK, SCRIPTS
from tests.proxy import Proxy
from tests.server import app_process, free_port

VIEW = {"flower": 7, "hidden": "5-4", "act": "tanh"}
PATIENCE = 30_000


def flower_of(page) -> str:
    return page.get_by_role("spinbutton", name="Flower").input_value()


def one_flower_more(page) -> None:
    page.get_by_test_id("stNumberInput").filter(has_text="Flower").get_by_test_id(
        "stNumberInputStepUp"
    ).click()


def lose_connection(page) -> None:
    page.wait_for_function(
        "() => document.querySelector('[data-testid=\"stApp\"]').dataset.testConnectionState !== 'CONNECTED'",
        timeout=PATIENCE,
    )


def come_back(page) -> None:
    """The server is there again: the page finds that out by itself."""
    page.wait_for_function(
        "() => document.querySelector('[data-testid=\"stApp\"]').dataset.testConnectionState === 'CONNECTED'",
        timeout=PATIENCE,
    )
    wait_settled(page)


@pytest.mark.expects_browser_errors
def test_the_server_dies_and_comes_back(browser, tmp_path):
    """The same view, and the first click counts."""
    port = free_port()
    context = new_context(browser)
    page = context.new_page()
    with app_process(tmp_path / "log", port=port) as (url, process):
        page.goto(f"{url}/paths?{urlencode(VIEW)}&unit=2")
        wait_settled(page)
        one_flower_more(page)
        expect(page.get_by_role("spinbutton", name="Flower")).to_have_value("8")
        wait_settled(page)
        heading = page.locator("h1").inner_text()
        address = page.url
        process.kill()
        process.wait()
        lose_connection(page)
    with app_process(tmp_path / "log", port=port):
        come_back(page)
        assert page.url == address
        assert page.locator("h1").inner_text() == heading
        assert flower_of(page) == "8"
        one_flower_more(page)
        expect(page.get_by_role("spinbutton", name="Flower")).to_have_value("9")
        page.wait_for_function("() => new URL(location).searchParams.get('flower') === '9'")
        wait_settled(page)
        assert page.get_by_text("encountered an error").count() == 0
        context.close()
    assert "Traceback" not in (tmp_path / "log").read_text()


@pytest.mark.expects_browser_errors
def test_the_network_is_cut(browser, app_url):
    """Stepping goes on, and what was done meanwhile is there afterwards; with LONG_TESTS=1 for 20 s."""
    with Proxy(app_url) as proxy:
        context = new_context(browser, base_url=proxy.url)
        page = context.new_page()
        stage = open_stage(page, urlencode(VIEW))
        wait_settled(page)
        press(page, stage, "ArrowRight", 1)
        wait_settled(page)
        proxy.cut()
        lose_connection(page)
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(20_000 if os.environ.get("LONG_TESTS") else 0)
        proxy.mend()
        come_back(page)
        assert flower_of(page) == "7"
        assert position(page.get_by_test_id("stage")) == 2
        one_flower_more(page)
        page.wait_for_function("() => new URL(location).searchParams.get('flower') === '8'")
        wait_settled(page)
        context.close()


def test_two_tabs(browser, app_url, open_page):
    """Each has its own view, and its own Back."""
    first = open_page()
    first.goto(f"/?{urlencode(VIEW)}")
    second = first.context.new_page()
    second.goto("/?flower=20")
    wait_settled(first)
    wait_settled(second)
    one_flower_more(first)
    wait_settled(first)
    one_flower_more(second)
    wait_settled(second)
    assert (flower_of(first), flower_of(second)) == ("8", "21")


@pytest.mark.parametrize("page_name", ["", "paths", "jacobians"])
def test_scripts_in_a_link_stay_text(page, page_name):
    """The fixture also fails where one of them asks another host for something."""
    everything = "".join(SCRIPTS)
    keys = ("flower", "hidden", "act", "edit", "unit", "drop", "jacobian", "block", "quiz", MARK)
    page.goto(f"/{page_name}?" + "&".join(f"{key}={quote(everything)}" for key in keys))
    wait_settled(page)
    assert page.get_by_test_id("stAlert").count() >= 4
    assert page.evaluate(f"typeof window.{MARK}") == "undefined"
    page.get_by_role("button", name="Share").click()
    wait_settled(page)
    assert page.evaluate(f"typeof window.{MARK}") == "undefined"
    assert (
        page.locator(
            f"[onerror], [onload], iframe[srcdoc], a[href*='javascript:'], img[src*='{MARK}']"
        ).count()
        == 0
    )
