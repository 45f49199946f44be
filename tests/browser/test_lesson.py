"""The lesson in Chromium, by keyboard alone: the ten stops, one answer each, and a slide."""

import re

from playwright.sync_api import Page, expect

from tests.browser.helpers import wait_settled
from tests.browser.visits import visit
from tests.expected import settings_of
from ui.questions.lesson.stops import stops_of
from ui.questions.tasks import Choice
from ui.questions.words import lesson as words


def tab_to(page: Page, css: str) -> None:
    """Until the focus is on what this selects."""
    for _ in range(60):
        if page.evaluate("css => document.activeElement.matches(css)", css):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no focus on {css}")


def heading(page: Page, number: int):
    title = words.TITLES[number - 1]
    return page.get_by_role("heading", level=1, name=f"Lesson: {title[0].lower()}{title[1:]}", exact=True)


def test_the_keyboard_is_enough_for_all_ten_stops(page):
    visit(page, "/lesson")
    for stop in stops_of(settings_of()):
        expect(heading(page, stop.number)).to_be_visible()
        asked = stop.exercises[0].asked
        if stop.number == 4:  # from sum to sum
            tab_to(page, '[data-node="a1:0"]')
            page.keyboard.press("ArrowDown")
            page.keyboard.press("ArrowDown")
            expect(page.get_by_text("= 1.01, and a")).to_be_visible()
        if isinstance(asked, Choice):
            tab_to(page, '.st-key-lesson_exercise [role="radiogroup"] input')
            for _ in range(asked.options.index(asked.right)):
                page.keyboard.press("ArrowRight")
            page.keyboard.press("Space")
            tab_to(page, ".st-key-lesson_submit button")
        else:
            tab_to(page, '.st-key-lesson_exercise input[type="text"]')
            page.keyboard.type(f"{asked.problem.right:.4g}")
            page.keyboard.press("ArrowLeft")  # moves in the field
        expect(heading(page, stop.number)).to_be_visible()
        page.keyboard.press("Enter")
        expect(page.get_by_text("✓ Right:").first).to_be_visible()
        wait_settled(page)
        page.evaluate("document.activeElement.blur()")
        page.keyboard.press("ArrowRight")
    expect(page.locator("[data-code]")).to_be_visible()
    page.keyboard.press("ArrowLeft")
    expect(heading(page, 9)).to_be_visible()


def test_a_slide_waits_for_the_key_and_hides_what_is_around_it(page):
    visit(page, "/lesson?stop=7&present=1")
    expect(page.locator(".stSidebar")).to_be_hidden()
    total = page.locator('[data-ledger="total"]')
    expect(total).to_have_count(0)
    page.keyboard.press("PageDown")  # as a clicker does
    expect(total).to_have_attribute("data-value", re.compile(r"^0\.289"))
    page.get_by_role("checkbox").nth(2).check()  # path ③ is knocked out, in the browser
    expect(total).to_have_attribute("data-value", re.compile(r"^0\.013"))
    expect(page).to_have_url(re.compile("drop=3"))
    expect(heading(page, 7)).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".stSidebar")).to_be_visible()
