"""What is typed into the fields of the settings counts, or is told at the field; arrows and buttons step."""

import os

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.accessibility import serious_violations
from tests.browser.helpers import wait_settled
from tests.browser.shown import query_of
from tests.browser.visits import visit

LONG = bool(os.environ.get("LONG_TESTS"))
FIELDS = (
    ("/practice?flower=12", "Flower", "flower", "from 0 to 149"),
    ("/practice?seed=12", "Seed", "seed", "from 0 to 9999"),
    ("/training?split=12", "Split", "split", "from 0 to 9999"),
    ("/training?epochs=12", "Epochs", "epochs", "from 1 to 500"),
    ("/batch?flowers=random&n=12", "How many", "n", "from 1 to 150"),
    ("/practice?kind=forward&q=12", "Question", "q", "from 1 to 16"),
)


def field_of(page: Page, label: str) -> Locator:
    return page.get_by_role("spinbutton", name=label)


def type_into(field: Locator, text: str, key: str = "Enter") -> None:
    """As a person does: click, select all, type."""
    field.click()
    field.press("Control+a")
    field.page.keyboard.type(text)
    field.page.keyboard.press(key)
    wait_settled(field.page)


@pytest.mark.parametrize(("address", "label", "key", "limits"), FIELDS if LONG else FIELDS[::3])
def test_a_whole_number_is_what_was_typed_or_it_is_told(page, address, label, key, limits):
    visit(page, address)
    field = field_of(page, label)
    for text, leave in (("−3", "Enter"), ("abc", "Tab")):
        type_into(field, text, leave)
        said = f"{label}: expected a whole number {limits}, got “{text}”. You see the last valid value, 12."
        expect(page.get_by_test_id("stAlert")).to_have_text(said)
        expect(field).to_have_value("12")
        assert query_of(page)[key] == "12"
    type_into(field, "1e1")
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(field).to_have_value("10")
    assert query_of(page)[key] == "10"


def test_other_texts(page):
    visit(page, "/practice?flower=3")
    field = field_of(page, "Flower")
    field.click()
    field.press("Control+a")
    field.press("Delete")
    field.press("Enter")
    wait_settled(page)
    expect(page.get_by_role("alert")).to_have_count(1)
    for text in ("7.5", "1/2", "150", "1 2"):
        type_into(field, text)
        expect(page.get_by_role("alert")).to_contain_text(f"got “{text}”")
        expect(field).to_have_value("3")
        assert query_of(page) == {"flower": "3"}
    type_into(field, "12,0")
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(field).to_have_value("12")
    assert query_of(page) == {"flower": "12"}


def test_arrows_and_buttons_step_from_what_was_typed(page):
    visit(page, "/practice?flower=3")
    field = field_of(page, "Flower")
    type_into(field, "2,0", "ArrowUp")
    assert query_of(page) == {"flower": "3"}
    field.press("ArrowDown")
    wait_settled(page)
    assert query_of(page) == {"flower": "2"}
    type_into(field, "x", "ArrowUp")  # no step from a number that was not typed
    expect(page.get_by_role("alert")).to_contain_text("You see the last valid value, 2.")
    assert serious_violations(page, "stSidebar") == []
    expect(field).to_have_value("2")
    field.fill("1e1")
    page.locator('.st-key-flower [data-testid="stNumberInputStepUp"]').click()
    wait_settled(page)
    assert query_of(page) == {"flower": "11"}
    expect(page.get_by_role("alert")).to_have_count(0)


@pytest.mark.parametrize("label", ["Learning rate η", "Hidden layers"])
def test_a_long_text_pasted_is_told_in_one_notice(open_page, label):
    page = open_page()
    visit(page, "/practice?lr=0.25&hidden=6-5")
    page.evaluate("navigator.clipboard.writeText('x'.repeat(60))")
    field = page.get_by_label(label, exact=True)
    field.click()
    field.press("Control+a")
    field.press("Control+v")
    field.press("Enter")
    wait_settled(page)
    expect(page.get_by_test_id("stAlert")).to_have_count(1)
    expect(page.get_by_test_id("stAlert")).to_contain_text(f"got {'x' * 30}…. You see the last valid value")
    assert query_of(page) == {"lr": "0.25", "hidden": "6-5"}
