"""The practice page in Chromium: the flow by keyboard alone."""

from playwright.sync_api import Page, expect

from tests.browser.accessibility import serious_violations
from tests.browser.helpers import wait_settled
from tests.expected import settings_of
from ui.practice.catalogue import question_at

FOCUS_LABEL = "document.activeElement.getAttribute('aria-label') ?? document.activeElement.innerText"


def open_practice(page: Page, query: str = "") -> None:
    page.goto(f"/practice?{query}")
    page.get_by_label("Your answer, to three digits").wait_for()
    wait_settled(page)


def enter(page: Page, text: str) -> None:
    """Type where the focus is, and press Enter."""
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def test_two_questions_by_keyboard_alone(page):
    first, second = (question_at(settings_of(), "sum", number) for number in (1, 2))
    field = page.get_by_label("Your answer, to three digits")
    next_button = page.get_by_role("button", name="Next question")
    open_practice(page)
    field.focus()
    one_path = next(each for each in first.wrong if each.mistake == "one_path")
    enter(page, f"{one_path.value:.4f}".replace(".", ","))
    expect(page.get_by_text("That is path ① alone.")).to_be_visible()
    expect(field).to_be_focused()
    page.keyboard.press("Control+A")
    enter(page, f"{first.problem.right:.4f}".replace("-", "−"))
    expect(page.get_by_text("✓ Right")).to_be_visible()
    expect(next_button).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("✓ Right")).to_be_hidden()
    expect(field).to_be_focused()
    expect(field).to_have_value("")
    assert "q=2" in page.url
    enter(page, f"{second.problem.right:.4f}")
    expect(page.get_by_text("✓ Right")).to_be_visible()
    expect(page.locator('[data-score="sum:at_once"]')).to_have_text("1")
    expect(page.locator('[data-score="sum:with_help"]')).to_have_text("1")
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("button", name="Check")).to_be_focused()


def test_bad_input_keeps_the_field_and_the_page_is_accessible(open_page):
    page = open_page(viewport={"width": 390, "height": 844})
    open_practice(page, "kind=update&level=all&q=3")
    field = page.get_by_label("Your answer, to three digits")
    field.focus()
    enter(page, "ca. 3")
    expect(page.get_by_role("alert").filter(has_text="Expected a number")).to_be_visible()
    expect(field).to_have_value("ca. 3")
    expect(field).to_be_focused()
    assert "q=3" in page.url
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert serious_violations(page, "stMain") == []
