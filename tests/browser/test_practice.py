"""The practice page in Chromium: the flow by keyboard alone, and what a reload and a restart leave."""

from playwright.sync_api import Page, expect

from tests.browser.accessibility import serious_violations
from tests.browser.helpers import PATIENCE, follow_link, wait_settled
from tests.browser.visits import visit
from tests.expected import settings_of
from ui.names.timeline import find_step
from ui.questions.catalogue import question_at
from ui.state.recording import recorded_step
from ui.views.practice.sequence import sequence


def open_practice(page: Page, query: str = "kind=sum") -> None:
    """With nothing answered yet."""
    visit(page, f"/practice?{query}")
    answer_field(page).wait_for()
    anew = page.get_by_role("button", name="Begin anew")
    if anew.is_enabled():
        anew.click()
        wait_settled(page)


def answer_field(page: Page):
    return page.get_by_label("Your answer, to three digits")


def right_answer(number: int) -> str:
    return f"{question_at(settings_of(), 'sum', number).problem.right:.4f}"


def expect_score(page: Page, patience: float = 20_000, **expected: int) -> None:
    """Of the kind "sum"."""
    for result in ("at_once", "with_help", "not_yet"):
        cell = page.locator(f'[data-score="sum:{result}"]')
        expect(cell).to_have_text(str(expected.get(result, 0)), timeout=patience)


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
    expect_score(page, at_once=1, with_help=1)
    expect(next_button).to_be_focused()
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


def test_a_reload_keeps_the_score_and_the_answer_and_the_next_is_added_at_once(page):
    open_practice(page)
    answer_field(page).focus()
    enter(page, right_answer(1))
    expect_score(page, at_once=1)
    wait_settled(page)
    follow_link(page, "/practice?q=2")
    answer_field(page).focus()
    enter(page, "77")
    expect_score(page, at_once=1, not_yet=1)
    wait_settled(page)
    page.reload()
    answer_field(page).wait_for()
    expect_score(page, at_once=1, not_yet=1)
    expect(page.get_by_text("✗ Not 77")).to_be_visible()
    expect(answer_field(page)).to_have_value("77")
    page.reload()
    answer_field(page).fill(right_answer(2))
    page.keyboard.press("Enter")
    expect_score(page, at_once=1, with_help=1)
    expect(page.get_by_text(f"✓ Right: {right_answer(2)}")).to_be_visible()
    expect(answer_field(page)).to_have_value(right_answer(2))
    other = page.context.new_page()
    other.goto("/practice")
    answer_field(other).wait_for()
    wait_settled(other)
    assert other.locator("[data-score]").count() == 0


def test_a_choice_is_kept_too_and_begin_anew_forgets_all(page):
    asked = question_at(settings_of(), "rule", 1)
    visit(page, "/practice?kind=rule")
    page.get_by_text(asked.right, exact=True).click()
    page.get_by_role("button", name="Check").click()
    expect(page.locator('[data-score="rule:at_once"]')).to_have_text("1")
    wait_settled(page)
    page.reload()
    expect(page.locator('[data-score="rule:at_once"]')).to_have_text("1")
    chosen = page.get_by_role("radio", name=asked.right)
    expect(chosen).to_be_checked()
    page.get_by_role("button", name="Begin anew").click()
    expect(page.locator("[data-score]")).to_have_count(0)
    expect(chosen).not_to_be_checked()
    wait_settled(page)
    page.reload()
    expect(page.get_by_role("button", name="Begin anew")).to_be_disabled()
    wait_settled(page)
    assert page.locator("[data-score]").count() == 0


def test_what_a_tab_hands_over_is_checked(page):
    open_practice(page)
    forged = '{"session": "0123456789abcdef", "records": "[[1]]"}'
    page.evaluate("text => sessionStorage.setItem('backprop.practice', text)", forged)
    page.reload()
    answer_field(page).wait_for()
    wait_settled(page)
    assert page.locator("[data-score]").count() == 0
    answer_field(page).focus()
    enter(page, right_answer(1))
    expect_score(page, at_once=1)


def test_the_last_question_leads_on_by_keyboard(page):
    asked = question_at(settings_of(), "slope", 5)
    open_practice(page, "kind=slope&q=5")
    expect(page.get_by_text("Question 5 of 5")).to_be_visible()
    assert page.get_by_role("button", name="Next question").count() == 0
    answer_field(page).focus()
    enter(page, f"{asked.problem.right:.4f}")
    expect(page.get_by_text("That was the last of 5 questions of this kind.")).to_be_visible()
    link = page.get_by_role("link", name="Next kind: Weight gradient →")
    expect(link).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Question 1 of 8")).to_be_visible()
    expect(page.locator('[data-score="slope:at_once"]')).to_have_text("1")
    assert "kind=gradient" in page.url


def test_a_place_in_the_sequence_outlives_a_reload_and_its_end_is_reached_by_keyboard(page):
    visit(page, "/practice?mix=02202222222")
    expect(page.get_by_text("Question 12 of 12")).to_be_visible()
    wait_settled(page)
    page.reload()
    expect(page.get_by_text("Question 12 of 12")).to_be_visible()
    last = sequence(settings_of(), "02202222222")[-1]
    answer_field(page).focus()
    enter(page, f"{question_at(last.settings, last.kind, last.number).problem.right:.4f}")
    expect(page.get_by_role("button", name="See how it went →")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Ten at once, two not yet.")).to_be_visible()
    expect(page.get_by_role("link", name="The same with flower 107 →")).to_be_focused()
    assert "mix=022022222222" in page.url
    assert serious_violations(page, "stMain") == []


def test_answers_are_pasted_checked_and_shared(page):
    """One path in place of three, in all of ∂C/∂a¹; the link holds what was pasted."""
    step = recorded_step(settings_of())
    wrong = step.cotangent("z2")[1] * step.params["W2"][1]
    page.goto("/practice?check=1")
    field = page.get_by_label("Your answers, one to a line")
    field.fill(f"C = {step.loss_before:.4f}\ndC/da1 = [{', '.join(f'{value:.4f}' for value in wrong)}]")
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.locator("[data-verdict]")).to_have_text(["✓ Right", "✗ Wrong"], timeout=PATIENCE)
    expect(page.locator(".bp-said")).to_contain_text("That is path ② alone")
    wait_settled(page)
    assert not serious_violations(page)
    page.goto(page.url)
    expect(page.locator("[data-verdict]")).to_have_text(["✓ Right", "✗ Wrong"], timeout=PATIENCE)
    page.get_by_role("link", name="The step that explains it").click()
    expect(page.locator('[data-testid="stage"]')).to_have_attribute(
        "data-step", str(find_step(settings_of().config, "1.II")), timeout=PATIENCE
    )
