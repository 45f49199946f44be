"""Edit numbers: what is typed or pasted into a cell is the number that the pages compute with, or is told."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.accessibility import serious_violations
from tests.browser.helpers import wait_settled
from tests.browser.shown import query_of
from tests.browser.visits import visit


def open_editor(page: Page, address: str = "/practice", tab: int = 0) -> Locator:
    visit(page, address)
    page.get_by_role("button", name="Edit numbers").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("tab").nth(tab).click()
    return dialog


def cell(dialog: Locator, name: str) -> Locator:
    return dialog.get_by_role("textbox", name=name, exact=True)


def apply(dialog: Locator) -> None:
    dialog.get_by_role("button", name="Apply", exact=True).click()
    expect(dialog).to_have_count(0)
    wait_settled(dialog.page)


TYPED = {
    "x₁": (".5", "x_1_0.5"),
    "x₂": ("1e-3", "x_2_0.001"),
    "x₃": ("−2.5", "x_3_-2.5"),
    "x₄": ("1/3", "x_4_0.3333333333333333"),
}


def test_a_number_typed_is_the_number_that_counts(page):
    dialog = open_editor(page)
    cell(dialog, "x₁").click()
    for name, (typed, _) in TYPED.items():
        expect(cell(dialog, name)).to_be_focused()
        page.keyboard.type(typed)
        page.keyboard.press("Enter")
        if name == "x₁":
            expect(dialog.get_by_text("1 of up to 120 numbers edited.")).to_be_visible()
    apply(dialog)
    assert query_of(page) == {"edit": "~".join(edit for _, edit in TYPED.values())}


def test_a_cell_that_is_still_open_counts_when_apply_is_pressed(page):
    dialog = open_editor(page, "/practice?edit=x_2_0.1234567890123")
    cell(dialog, "x₁").click()
    page.keyboard.type("0,75")
    apply(dialog)
    assert query_of(page) == {"edit": "x_1_0.75~x_2_0.1234567890123"}


def test_what_is_no_number_is_told_and_nothing_is_lost(page):
    dialog = open_editor(page)
    button = dialog.get_by_role("button", name="Apply", exact=True)
    cell(dialog, "x₂").click()
    page.keyboard.type("2")
    page.keyboard.press("ArrowUp")
    page.keyboard.type("abc")  # no Enter: a pause is enough
    said = "x₁: Expected a number, such as 0.25, −0,25, 1e−3 or 1/3, got “abc”."
    expect(dialog.get_by_test_id("stAlert")).to_contain_text(said)
    expect(cell(dialog, "x₁")).to_have_attribute("aria-invalid", "true")
    expect(cell(dialog, "x₁")).to_have_attribute("title", said)
    expect(button).to_be_disabled()
    assert serious_violations(page) == []
    dialog.get_by_role("button", name="Close").click()  # by mistake
    expect(dialog).to_have_count(0)
    page.get_by_role("button", name="Edit numbers").click()
    expect(cell(dialog, "x₁")).to_have_value("abc")
    expect(dialog.get_by_test_id("stAlert")).to_contain_text(said)
    cell(dialog, "x₁").click()
    page.keyboard.type("1")
    expect(button).to_be_enabled()
    apply(dialog)
    assert query_of(page) == {"edit": "x_1_1~x_2_2"}


@pytest.mark.parametrize(
    ("tab", "pasted", "edit"),
    [
        (
            0,
            {"x₁": "1\t−1,5\t1e-3\t.5", "x₂": "0,5", "x₃": "−1,283\n"},
            "x_1_1~x_2_0.5~x_3_-1.283~x_4_0.5",
        ),
        (
            1,
            {
                "w¹₁₁": "array([[ 0.15, -0.2 ],\n       [ 0.25,  0.3 ]])",
                "w¹₄₁": "0,5\t2\n1/4\t4\n",
                "b¹₁": "[1. 2. 3. 4. 5.]",
            },
            "W1_1_1_0.15~W1_1_2_-0.2~b1_1_1~W1_2_1_0.25~W1_2_2_0.3~b1_2_2~b1_3_3~"
            "W1_4_1_0.5~W1_4_2_2~b1_4_4~W1_5_1_0.25~W1_5_2_4~b1_5_5",
        ),
    ],
)
def test_numbers_pasted_fill_the_cells_from_there_on(open_page, tab, pasted, edit):
    page = open_page()
    dialog = open_editor(page, tab=tab)
    for start, text in pasted.items():
        page.evaluate("text => navigator.clipboard.writeText(text)", text)
        cell(dialog, start).click()
        page.keyboard.press("Control+v")
        if text.startswith("1\t"):
            expect(cell(dialog, "x₂")).to_have_value("−1,5")
    apply(dialog)
    assert query_of(page) == {"edit": edit}


def test_what_has_no_room_is_told_and_changes_nothing(open_page):
    page = open_page()
    dialog = open_editor(page)
    shown = cell(dialog, "x₂").input_value()
    page.evaluate("navigator.clipboard.writeText('1\\n2\\n3\\n4\\n')")
    cell(dialog, "x₂").click()
    page.keyboard.press("Control+v")
    said = "Nothing was pasted: you have 4 × 1 numbers, and from this cell on there is room for 3 × 1."
    expect(dialog.get_by_text(said)).to_be_visible()
    expect(cell(dialog, "x₂")).to_have_value(shown)


def test_what_was_typed_but_not_applied_can_be_put_back(page):
    dialog = open_editor(page)
    shown = cell(dialog, "x₁").input_value()
    back = dialog.get_by_role("button", name="Put all back")
    expect(back).to_be_disabled()
    cell(dialog, "x₁").click()
    page.keyboard.type("abc")
    back.click()
    expect(dialog).to_have_count(0)
    wait_settled(page)
    assert query_of(page) == {}
    page.get_by_role("button", name="Edit numbers").click()
    expect(cell(dialog, "x₁")).to_have_value(shown)
