"""What a session survives: a server that dies and comes back, a network that is cut, scripts in links."""

import os
from types import SimpleNamespace
from urllib.parse import quote, urlencode

import pytest
from playwright.sync_api import expect

from tests.browser.helpers import PATIENCE, new_context, wait_settled
from tests.browser.outages import come_back, lose_connection, see_connection
from tests.browser.shown import see_parameter
from tests.browser.stage_page import open_stage, position, press
from tests.browser.test_practice import answer_field, expect_score, right_answer
from tests.browser.visits import visit
from tests.fuzz.texts import MARK, SCRIPTS
from tests.proxy import Proxy

LONG = bool(os.environ.get("LONG_TESTS"))
VIEW = {"flower": 7, "hidden": "5-4", "act": "tanh"}


def flower_of(page) -> str:
    return page.get_by_role("spinbutton", name="Flower").input_value()


def one_flower_more(page) -> None:
    page.get_by_test_id("stNumberInput").filter(has_text="Flower").get_by_test_id(
        "stNumberInputStepUp"
    ).click()


@pytest.mark.expects_browser_errors
def test_the_server_dies_and_comes_back(mortal):
    """The same view, and the first click counts."""
    page = mortal.page
    page.goto(f"/paths?{urlencode(VIEW)}&unit=2")
    wait_settled(page)
    one_flower_more(page)
    expect(page.get_by_role("spinbutton", name="Flower")).to_have_value("8")
    wait_settled(page)
    heading = page.locator("h1").inner_text()
    address = page.url
    mortal.kill()
    mortal.start()
    come_back(page)
    assert page.url == address
    assert page.locator("h1").inner_text() == heading
    assert flower_of(page) == "8"
    one_flower_more(page)
    expect(page.get_by_role("spinbutton", name="Flower")).to_have_value("9")
    see_parameter(page, "flower", "9")
    wait_settled(page)
    assert page.get_by_text("encountered an error").count() == 0


def step_on(page) -> None:
    before = position(page.get_by_test_id("stage"))
    page.keyboard.press("ArrowRight")
    see_parameter(page, "step", str(before + 1))
    wait_settled(page)
    assert position(page.get_by_test_id("stage")) == before + 1


def share(page) -> None:
    page.get_by_role("button", name="Share").click()
    expect(page.get_by_role("dialog")).to_contain_text("Share this view", timeout=PATIENCE)


def export(page) -> None:
    page.get_by_role("button", name="Export").click()
    expect(page.get_by_role("dialog")).to_contain_text("Export exactly this view", timeout=PATIENCE)


def edit(page) -> None:
    page.get_by_role("button", name="Edit numbers").click()
    expect(page.get_by_role("dialog")).to_contain_text("Edit numbers", timeout=PATIENCE)


def type_a_flower(page) -> None:
    field = page.get_by_role("spinbutton", name="Flower")
    field.fill("12")
    field.press("Enter")
    see_parameter(page, "flower", "12")
    wait_settled(page)
    assert flower_of(page) == "12"


def two_flowers_more(page) -> None:
    one_flower_more(page)
    one_flower_more(page)
    see_parameter(page, "flower", "9")
    wait_settled(page)
    assert flower_of(page) == "9"


def press_a_pill(page) -> None:
    page.locator(".bp-choice label:has([name=drop])").nth(1).click()
    see_parameter(page, "drop", "2")


def follow_a_link(page) -> None:
    page.get_by_role("link", name="Derivative paths →").click()
    page.wait_for_function("() => location.pathname === '/paths'", timeout=PATIENCE)
    wait_settled(page)
    expect(page.locator("h1")).to_contain_text("aths")


def take_a_step(page) -> None:
    page.get_by_role("button", name="Take this step").click()
    see_parameter(page, "taken", "1")


FIRST = {
    "step": ("walkthrough", step_on),
    "edit": ("walkthrough", edit),
    "field": ("walkthrough", type_a_flower),
    "share": ("walkthrough", share),
    "export": ("paths", export),
    "buttons of a field": ("training", two_flowers_more),
    "pill": ("paths", press_a_pill),
    "link": ("walkthrough", follow_a_link),
    "take a step": ("update", take_a_step),
}
"""Name → where, and what the reader does first when the server is there again."""


@pytest.mark.expects_browser_errors
@pytest.mark.parametrize("name", FIRST if LONG else ["step", "edit"])
@pytest.mark.parametrize("again", range(5 if LONG else 1))
def test_the_first_action_after_a_restart_counts(mortal, name, again):
    """At once: a new process needs a second for its first run. What was done meanwhile stays."""
    where, act = FIRST[name]
    page = mortal.page
    page.goto(f"/{where}?{urlencode(VIEW)}&step=14")
    wait_settled(page)
    if where == "walkthrough":
        press(page, page.get_by_test_id("stage"), "ArrowRight", 15)
        see_parameter(page, "step", "15")
        wait_settled(page)
    mortal.kill()
    if where == "walkthrough":
        press(page, page.get_by_test_id("stage"), "ArrowRight", 16)
    mortal.start()
    see_connection(page)
    page.wait_for_timeout(again * 200)
    act(page)
    assert "tanh" in page.url
    if where == "walkthrough" and name not in ("step", "link"):
        see_parameter(page, "step", "16")
    if where != "training" and name not in ("field", "link"):
        wait_settled(page)
        assert flower_of(page) == "7"
    assert page.get_by_text("encountered an error").count() == 0


@pytest.mark.expects_browser_errors
def test_the_score_outlives_the_server(mortal):
    """The first action is an answer, as soon as the page is connected again."""
    page = mortal.page
    page.goto("/practice?kind=sum")
    answer_field(page).fill(right_answer(1))
    page.keyboard.press("Enter")
    expect_score(page, at_once=1)
    page.get_by_role("button", name="Next question").click()
    expect(page.get_by_text("Question 2 of 8")).to_be_visible()
    wait_settled(page)
    mortal.kill()
    mortal.start()
    answer_field(page).fill(right_answer(2))
    page.keyboard.press("Enter")
    expect_score(page, PATIENCE, at_once=2)


@pytest.fixture(scope="module")
def wire(browser, app_url):
    """A page (`page`) and the network between it and the server (`proxy`)."""
    with Proxy(app_url) as proxy:
        context = new_context(browser, base_url=proxy.url)
        yield SimpleNamespace(page=context.new_page(), proxy=proxy)
        context.close()


@pytest.mark.expects_browser_errors
def test_an_open_dialog_outlives_the_network(wire):
    """What was typed in it would go when the script runs, so the page asks for that when it is closed."""
    page = wire.page
    page.goto(f"/paths?{urlencode(VIEW)}")
    wait_settled(page)
    edit(page)
    wait_settled(page)
    wire.proxy.cut()
    lose_connection(page)
    wire.proxy.mend()
    see_connection(page)
    wait_settled(page)
    expect(page.get_by_role("dialog")).to_contain_text("Edit numbers")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    two_flowers_more(page)
    share(page)


@pytest.mark.skipif(not LONG, reason="LONG_TESTS=1 only")
@pytest.mark.expects_browser_errors
def test_the_first_action_after_a_dialog_that_a_restart_left_open(mortal):
    page = mortal.page
    page.goto(f"/paths?{urlencode(VIEW)}")
    wait_settled(page)
    edit(page)
    wait_settled(page)
    mortal.kill()
    mortal.start()
    see_connection(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    share(page)


@pytest.mark.expects_browser_errors
def test_the_network_is_cut(wire):
    """Stepping goes on, and what was done meanwhile is there afterwards; with LONG_TESTS=1 for 20 s."""
    page = wire.page
    stage = open_stage(page, urlencode(VIEW))
    wait_settled(page)
    press(page, stage, "ArrowRight", 1)
    wait_settled(page)
    wire.proxy.cut()
    lose_connection(page)
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(20_000 if LONG else 0)
    wire.proxy.mend()
    come_back(page)
    assert flower_of(page) == "7"
    assert position(page.get_by_test_id("stage")) == 2
    one_flower_more(page)
    see_parameter(page, "flower", "8")
    wait_settled(page)


def test_two_tabs(open_page):
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


@pytest.mark.parametrize("page_name", ["paths", "jacobians"])
def test_scripts_in_a_link_stay_text(page, page_name):
    """The fixture also fails where one of them asks another host for something."""
    everything = "".join(SCRIPTS)
    keys = ("flower", "hidden", "act", "edit", "unit", "drop", "jacobian", "block", "quiz", MARK)
    visit(page, f"/{page_name}?" + "&".join(f"{key}={quote(everything)}" for key in keys))
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
