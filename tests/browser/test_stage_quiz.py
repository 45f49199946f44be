"""The quiz in the stage: nothing of a result before the guess, all of it after."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.accessibility import serious_violations
from tests.browser.helpers import Watcher, wait_settled
from tests.browser.stage_page import open_stage, press
from tests.expected import settings_of, step_of
from ui.export.walkthrough import standalone_html
from ui.names.timeline import find_step, timeline
from ui.questions.questions import question_for

TOTAL = find_step(settings_of().config, "1.II")
VALUE = step_of(settings_of()).cotangent("a1")[3]
PATH_1 = step_of(settings_of()).vjp("z2", "a1").path_terms[0, 3]


def focused(stage: Locator) -> str:
    return stage.evaluate("stage => stage.getRootNode().activeElement?.className ?? ''")


def assert_nothing_is_given_away(stage: Locator) -> None:
    """Neither the table's cells nor anything else in the document holds the number or its terms."""
    hidden = stage.locator('[data-matrix="a1:cotangent"], [data-matrix="z2/a1:path_terms"]')
    assert hidden.count() == 5 + 15
    assert set(hidden.evaluate_all("cells => cells.map((cell) => cell.textContent + cell.title)")) == {""}
    assert stage.locator('[data-matrix="a1:cotangent"][data-value]').count() == 0
    assert stage.locator('[data-node="a1:3"] .derivative').text_content() == ""
    everything = stage.evaluate(
        "stage => { const root = stage.getRootNode();"
        " return (root.host ? root.innerHTML : stage.outerHTML) + document.body.innerText; }"
    )
    for number in (repr(float(VALUE)), f"{VALUE:.3f}", repr(float(PATH_1)), f"{abs(PATH_1):.3f}"):
        assert number not in everything


def answer(page: Page, text: str) -> None:
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def test_guess_by_keyboard(page):
    stage = open_stage(page, f"step={TOTAL}&quiz=1")
    verdict, score = stage.locator(".verdict"), stage.locator(".score")
    expect(stage.get_by_label("What is ∂C/∂a¹₄, the sum over all 3 paths?")).to_be_focused()
    expect(stage.locator("[aria-live=polite]")).to_contain_text("What is ∂C/∂a¹₄")
    assert_nothing_is_given_away(stage)
    answer(page, f"{PATH_1:.4f}".replace("-", "−").replace(".", ","))
    expect(verdict).to_contain_text("That is path ① alone.")
    answer(page, "7")
    expect(verdict).to_contain_text("Not yet. Through how many sums")
    assert_nothing_is_given_away(stage)
    answer(page, "0.29")
    expect(verdict).to_have_text("Nearly: give three digits.")
    answer(page, "0.202*(-0.458)")
    expect(verdict).to_contain_text("0.202*(-0.458) = −0.0925. That is path ① alone.")
    answer(page, f"{VALUE:.3f}")
    expect(verdict).to_contain_text("Right: ∂C/∂a¹₄ = 0.289. a¹₄ reaches the cost through every")
    expect(score).to_have_text("1 of 1 right")
    cell = stage.locator('[data-matrix="a1:cotangent"][data-col="3"]')
    assert float(cell.get_attribute("data-value")) == VALUE
    expect(stage.locator(".written")).to_contain_text("∂C/∂a¹₄ =")
    assert focused(stage) == "goOn"
    press(page, stage, "Enter", TOTAL + 1)
    assert focused(stage) == "field"

    slope = stage.locator('[data-matrix="a1/z1:jacobian"]').first
    assert slope.get_attribute("data-value") is None
    press(page, stage, "ArrowRight", TOTAL + 1)  # shows the answer, and the step stays
    expect(slope).to_have_attribute("data-value", "1")
    expect(score).to_have_text("1 of 2 right")
    press(page, stage, "ArrowRight", TOTAL + 2)
    to_class = stage.get_by_role("link", name="Ask the class →")
    expect(to_class).to_have_attribute("href", "class?ask=step.1.IV")  # the step on show
    page.keyboard.type("1x")
    press(page, stage, "ArrowLeft", TOTAL + 2)  # moves in the text
    page.keyboard.press("Enter")
    expect(stage.locator(".field")).to_have_attribute("aria-invalid", "true")
    expect(verdict).to_contain_text("Expected a number, such as 0.25, −0,25, 1e−3 or 1/3, got “1x”.")
    press(page, stage, "PageUp", TOTAL + 1)
    assert float(slope.get_attribute("data-value")) == 1  # passed steps stay open
    expect(stage.locator(".say")).to_be_visible()
    press(page, stage, "End", 20)
    stage.locator(f'.chip[data-position="{TOTAL + 2}"]').click()
    expect(stage.locator(".written")).to_be_visible()
    expect(stage.locator(".form")).to_be_hidden()


def test_switch_reload_and_new_flower(page):
    stage = open_stage(page)
    wait_settled(page)
    page.keyboard.press("q")
    page.wait_for_url("**/walkthrough?quiz=1")
    wait_settled(page)
    press(page, stage, "ArrowRight", 1)
    expect(stage.locator(".field")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(stage.locator(".score")).to_have_text("0 of 1 right")
    page.wait_for_url(re.compile(r"quiz=1.*step=1|step=1.*quiz=1"))
    wait_settled(page)
    page.reload()
    stage.wait_for()
    expect(stage.locator(".prompt")).to_have_text("What is z¹₂, the weighted sum of unit 2 of layer 1?")
    page.keyboard.press("ArrowRight")
    expect(stage.locator(".score")).to_have_text("0 of 1 right")
    wait_settled(page)
    flower = page.get_by_role("spinbutton", name="Flower")
    flower.fill("3")
    flower.press("Enter")
    page.wait_for_url("**flower=3*")
    wait_settled(page)
    expect(flower).to_be_focused()
    asked = question_for(step_of(settings_of(flower=3)), timeline(settings_of().config)[1])
    expect(stage.locator(".form")).to_be_visible()
    expect(stage.locator(".prompt")).to_have_text(asked.prompt)
    expect(stage.locator(".score")).to_have_text("")
    assert stage.locator('[data-matrix="z1:value"][data-value]').count() == 0
    stage.locator(".field").focus()
    page.keyboard.press("Q")
    expect(stage.locator('[data-matrix="z1:value"][data-value]')).to_have_count(5)
    expect(page).not_to_have_url(re.compile("quiz"))


WALK = """
(stage, until) => {
  const seen = [];
  const tables = stage.querySelector(".tables");
  while (Number(stage.dataset.step) < until) {
    document.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight" }));
    const asked = !stage.querySelector(".form").hidden;
    const isBelow = tables.getBoundingClientRect().bottom > innerHeight;
    seen.push([Number(stage.dataset.step), asked, !isBelow && tables.scrollWidth <= tables.clientWidth]);
  }
  return seen;
}
"""


@pytest.mark.parametrize(("scheme", "more"), [("light", ""), ("dark", "&present=1")])
def test_every_question_fits_the_screen_and_axe_finds_nothing(open_page, scheme, more):
    page = open_page(color_scheme=scheme, reduced_motion="reduce")
    stage = open_stage(page, f"quiz=1{more}")
    stops = timeline(settings_of().config)
    seen = stage.evaluate(WALK, TOTAL)
    assert serious_violations(page, "stage") == []
    seen += stage.evaluate(WALK, len(stops) - 1)
    assert [step for step, _, fits in seen if not fits] == []
    step = step_of(settings_of())
    assert [number for number, asked, _ in seen if asked] == [
        number for number, stop in enumerate(stops) if question_for(step, stop)
    ]
    assert [number for number, asked, _ in seen if not asked] == [*range(1, len(stops))]


def test_phone(open_page):
    page = open_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    stage = open_stage(page, f"step={TOTAL}&quiz=1")
    stage.get_by_role("button", name="Hint").tap()
    expect(stage.locator(".verdict")).to_contain_text("Hint: Through how many sums")
    assert focused(stage) != "field"  # its keyboard would cover the tables
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    right_edges = "parts => parts.map((part) => part.getBoundingClientRect().right)"
    assert max(stage.locator(".head *, .quiz *").evaluate_all(right_edges)) <= 390


def test_exported_file_asks_too(browser, tmp_path):
    context = browser.new_context(offline=True)
    watcher = Watcher(context, "file://")
    page = context.new_page()
    path = tmp_path / "walkthrough.html"
    path.write_text(standalone_html(settings_of()), encoding="utf-8")
    page.goto(f"{path.as_uri()}#quiz&step=2")
    stage = page.get_by_test_id("stage")
    expect(stage.locator(".toClass")).to_be_hidden()
    dead = stage.locator('[data-node="a1:1"]')  # what is asked is that its activation is 0
    expect(dead).not_to_have_class(re.compile("dead"))
    page.keyboard.press("ArrowRight")
    expect(dead).to_have_class(re.compile("dead"))
    page.goto(f"{path.as_uri()}#quiz&step={TOTAL}")
    assert_nothing_is_given_away(stage)
    answer(page, f"{VALUE:.3f}")
    expect(stage.locator(".score")).to_have_text("1 of 1 right")
    stage.get_by_role("button", name="Quiz").click()
    assert page.url.endswith(f"#step={TOTAL}")
    context.close()
    assert watcher.errors == []
