"""Quiz and presenter mode: the stage switches them by itself, and the server hears of it."""

import os

import pytest
from playwright.sync_api import expect

from tests.browser.helpers import follow_link, wait_settled
from tests.browser.shown import see_parameter
from tests.browser.stage_page import open_stage, position

LONG = bool(os.environ.get("LONG_TESTS"))
MODES = {"quiz": ("q", "Quiz"), "present": ("p", "Presenter")}
"""Parameter → key, and how the name of the stage's button begins."""
TYPE = """
(field, text) => {
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(field, text);
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
}
"""


def assert_is_on(page, mode: str, on: bool = True) -> None:
    button = page.get_by_test_id("stage").get_by_role("button", name=MODES[mode][1])
    expect(button).to_have_attribute("aria-pressed", str(on).lower())
    assert (f"{mode}=1" in page.url) == on
    if mode == "present":
        expect(page.get_by_test_id("stSidebar")).to_be_visible(visible=not on)


def set_flower(page, flower: int) -> None:
    """As typing and Enter do; presenter mode hides the field."""
    page.get_by_label("Flower", exact=True).evaluate(TYPE, str(flower))


@pytest.mark.parametrize("mode", MODES)
def test_a_mode_stays_when_a_setting_changes(page, mode):
    """Also when both come at once, and after a reload."""
    open_stage(page, "flower=7&step=13")
    wait_settled(page)
    page.keyboard.press(MODES[mode][0])
    set_flower(page, 8)
    see_parameter(page, "flower", "8")
    wait_settled(page)
    assert_is_on(page, mode)
    set_flower(page, 9)
    see_parameter(page, "flower", "9")
    wait_settled(page)
    assert_is_on(page, mode)
    page.reload()
    wait_settled(page)
    assert_is_on(page, mode)
    assert "flower=9" in page.url
    assert position(page.get_by_test_id("stage")) == 13


@pytest.mark.parametrize("mode", MODES if LONG else ["quiz"])
def test_a_mode_goes_and_comes_with_its_address(page, mode):
    open_stage(page, "step=13")
    wait_settled(page)
    page.keyboard.press(MODES[mode][0])
    wait_settled(page)
    follow_link(page, "/paths?flower=3")
    expect(page.get_by_test_id("stSidebar")).to_be_visible()
    page.go_back()
    page.get_by_test_id("stage").wait_for()
    wait_settled(page)
    assert_is_on(page, mode)
    assert position(page.get_by_test_id("stage")) == 13
    follow_link(page, "/walkthrough?step=13")
    assert_is_on(page, mode, on=False)
    page.go_back()
    wait_settled(page)
    assert_is_on(page, mode)


@pytest.mark.parametrize("mode", MODES if LONG else ["present"])
def test_a_mode_switched_quickly(page, mode):
    """The last press counts, whatever the answers to the first ones say."""
    open_stage(page, "step=13")
    wait_settled(page)
    button = page.get_by_test_id("stage").get_by_role("button", name=MODES[mode][1])
    for flower, presses, on in ((9, 2, False), (10, 3, True)):
        for _ in range(presses):
            button.evaluate("button => button.click()")
        wait_settled(page)
        assert_is_on(page, mode, on)
        set_flower(page, flower)
        wait_settled(page)
        assert_is_on(page, mode, on)


def test_back_to_a_step_that_the_stage_left(page):
    """The server tells a step anew, though it told the same before."""
    open_stage(page, "step=4")
    wait_settled(page)
    page.keyboard.press("ArrowRight")
    see_parameter(page, "step", "5")
    wait_settled(page)
    follow_link(page, "/walkthrough?step=4")
    assert position(page.get_by_test_id("stage")) == 4
    page.keyboard.press("ArrowRight")
    see_parameter(page, "step", "5")
    wait_settled(page)
    set_flower(page, 9)
    wait_settled(page)
    assert position(page.get_by_test_id("stage")) == 5
    assert "step=5" in page.url
