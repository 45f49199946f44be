"""Keys as people expect: a clicker in presenter mode, Escape, and nothing behind what lies over the stage."""

import pytest
from playwright.sync_api import expect

from tests.browser.helpers import wait_settled
from tests.browser.stage_page import open_stage, position, press
from tests.browser.visits import visit
from tests.expected import settings_of
from ui.export.walkthrough import standalone_html

PINNED = "stage => stage.classList.contains('pinned')"
IS_PRESENTING = "document.documentElement.classList.contains('bp-present')"
FOCUS = "stage => stage.getRootNode().activeElement?.className"


@pytest.fixture(params=["app", "file"])
def open_either(request, page, browser, tmp_path):
    """A function that opens the stage at a query: in the app, then as the exported file."""
    if request.param == "app":
        yield lambda query: (page, open_stage(page, query))
        return
    path = tmp_path / "walkthrough.html"
    path.write_text(standalone_html(settings_of()), encoding="utf-8")
    context = browser.new_context(offline=True)
    alone = context.new_page()

    def open_file(query):
        alone.goto(f"{path.as_uri()}#{query}")
        return alone, alone.get_by_test_id("stage")

    yield open_file
    context.close()


def test_clicker_and_space_step_in_presenter_mode_only(open_either):
    page, stage = open_either("step=8&present=1")
    assert page.evaluate(IS_PRESENTING)
    for key, expected in [
        ("PageDown", 9),
        ("Space", 10),
        ("PageDown", 11),
        ("PageUp", 10),
        ("Shift+Space", 9),
    ]:
        press(page, stage, key, expected)
    page.keyboard.press("Escape")
    assert not page.evaluate(IS_PRESENTING)
    for key in ("PageDown", "Space", "PageUp", "Shift+Space"):
        page.keyboard.press(key)
    press(page, stage, "ArrowRight", 10)


def test_space_steps_after_a_click_on_a_button_too(open_either):
    page, stage = open_either("step=3")
    stage.get_by_role("button", name="Presenter mode").click()
    press(page, stage, "Space", 4)
    assert page.evaluate(IS_PRESENTING)
    stage.get_by_role("button", name="Previous step").click()
    assert position(stage) == 3
    press(page, stage, "Space", 4)
    stage.get_by_role("button", name="Next step").click()
    press(page, stage, "Shift+Space", 4)


def test_space_presses_the_button_that_has_the_focus(page):
    stage = open_stage(page, "step=3")
    stage.get_by_role("button", name="Presenter mode").press("Space")
    assert page.evaluate(IS_PRESENTING)
    assert position(stage) == 3
    stage.get_by_role("button", name="Next step").press("Space")
    assert position(stage) == 4


def test_escape_lets_go_of_an_entry_then_leaves(open_either):
    page, stage = open_either("step=13&present=1")
    stage.locator("[data-matrix='z2/a1:jacobian']").first.click()
    assert stage.evaluate(PINNED)
    page.keyboard.press("Escape")
    assert not stage.evaluate(PINNED)
    assert page.evaluate(IS_PRESENTING)
    page.keyboard.press("Escape")
    assert not page.evaluate(IS_PRESENTING)
    assert "present" not in page.url


def test_nothing_steps_behind_the_list_of_keys(open_either):
    page, stage = open_either("step=8&present=1")
    page.keyboard.press("?")
    keys = stage.get_by_role("dialog", name="Keys")
    expect(keys).to_be_visible()
    for key in ("ArrowLeft", "ArrowRight", "PageDown", "End", "p", "q"):
        page.keyboard.press(key)
    assert position(stage) == 8
    assert page.evaluate(IS_PRESENTING)
    expect(stage.get_by_role("group", name="Quiz")).to_be_hidden()
    page.keyboard.press("Escape")
    expect(keys).to_be_hidden()
    assert page.evaluate(IS_PRESENTING)
    page.keyboard.press("?")
    expect(keys).to_be_visible()
    page.keyboard.press("?")
    expect(keys).to_be_hidden()
    press(page, stage, "PageUp", 7)


def test_the_list_says_all_of_it(page):
    stage = open_stage(page)
    page.keyboard.press("?")
    rows = stage.get_by_role("dialog").get_by_role("row").all_inner_texts()
    assert [row.split("\t") for row in rows] == [
        ["← →", "previous, next step"],
        ["↑ ↓", "previous, next phase"],
        ["Home End", "first, last step"],
        ["Tab", "into the network and the tables; arrow keys then go from cell to cell"],
        ["click, Enter", "keep an entry lit; Esc lets go"],
        ["P", "presenter mode; Esc leaves it"],
        ["Page Up Page Down", "in presenter mode, for clickers: previous, next step"],
        ["Space", "in presenter mode: next step; with Shift: previous step"],
        ["E", "in presenter mode: show the explaining sentence, or hide it"],
        ["Q", "quiz: guess a number of each step before you see it"],
        ["Enter →", "in the quiz: check the number; show it, and again: go on"],
        [
            "Page Up Page Down",
            "in the quiz, once you have typed: as ← →, which then move in the field; Esc leaves it",
        ],
        ["?", "this list; Esc closes it"],
    ]


def test_a_clicker_goes_through_the_quiz_and_typing_is_typing(open_either):
    page, stage = open_either("step=13&present=1&quiz=1")
    assert stage.evaluate(FOCUS) == "field"
    press(page, stage, "PageDown", 13)  # shows the answer
    press(page, stage, "PageDown", 14)
    field = stage.get_by_role("textbox")
    page.keyboard.type("1 /")
    page.keyboard.press("Space")
    page.keyboard.type("3")
    expect(field).to_have_value("1 / 3")
    page.keyboard.press("Escape")
    assert page.evaluate(IS_PRESENTING)
    assert stage.evaluate(FOCUS) != "field"
    page.keyboard.press("Escape")
    assert not page.evaluate(IS_PRESENTING)


def test_nothing_steps_behind_a_dialog_and_escape_closes_it(page):
    stage = open_stage(page, "step=8")
    wait_settled(page)
    stage.locator("[data-key]").first.click()
    for name in ("Edit numbers", "Share", "Export", "Examples"):
        page.get_by_role("button", name=name).click()
        dialog = page.get_by_role("dialog")
        expect(dialog).to_be_visible()
        wait_settled(page)
        for key in ("ArrowLeft", "End", "p", "q"):
            page.keyboard.press(key)
        assert position(stage) == 8
        assert not page.evaluate(IS_PRESENTING)
        page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)
        assert stage.evaluate(PINNED)  # one key, one thing
    press(page, stage, "ArrowLeft", 7)


def test_escape_closes_edit_numbers_after_typing(page):
    stage = open_stage(page, "step=8&edit=x_1_2")
    wait_settled(page)
    page.get_by_role("button", name="Edit numbers").click()
    dialog = page.get_by_role("dialog")
    field = dialog.get_by_label("x₂")
    field.fill("7")
    for key in ("End", "ArrowLeft", "PageUp"):
        page.keyboard.press(key)
    page.keyboard.press("Enter")
    wait_settled(page)
    expect(field).to_have_value("7")
    menu = dialog.get_by_label("Put back single numbers").last
    menu.click()
    expect(page.get_by_role("listbox")).to_be_visible()
    page.keyboard.press("Escape")  # one key, one thing
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(dialog).to_be_visible()
    field.focus()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    assert position(stage) == 8


def test_escape_closes_share_after_the_code_has_filled_the_screen(page):
    visit(page, "/practice")
    page.get_by_role("button", name="Share").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Fill the screen").click()
    page.wait_for_function("document.fullscreenElement")
    page.keyboard.press("Escape")
    page.wait_for_function("!document.fullscreenElement")
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


def test_a_clicker_steps_with_the_focus_in_a_menu_of_blocks(page):
    stage = open_stage(page, "hidden=16-16&step=18&present=1")
    stage.get_by_label("Block").select_option(index=2)
    stage.get_by_label("Block").focus()
    press(page, stage, "PageDown", 19)
