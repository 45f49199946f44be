import re
from urllib.parse import urlencode

from playwright.sync_api import expect

from tests.browser.helpers import NOTE_SENT, follow_link, in_both_themes, wait_settled
from tests.browser.visits import visit
from tests.expected import settings_of, step_of
from ui.names.timeline import find_step
from ui.steps.thesis import thesis_of

NUMBERS = "elements => elements.map(e => [e.dataset.node, e.dataset.value])"
NOT_ON_SCREEN = """
elements => elements.filter(element => {
  const box = element.getBoundingClientRect();
  const across = box.width > 0 && box.left >= 0 && box.right <= innerWidth;
  return !(across && box.top >= 0 && box.bottom <= innerHeight);
}).map(element => element.textContent)
"""
TEXT_SIZES = """
svgs => svgs.flatMap(svg => {
  const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
  const sizeOf = text => parseFloat(getComputedStyle(text).fontSize);
  return [...svg.querySelectorAll("text, tspan")].map(text => scale * sizeOf(text));
})
"""
OVERLAPS = """
svgs => svgs.flatMap(svg => {
  const boxOf = text => [text.textContent, text.getBoundingClientRect()];
  const texts = [...svg.querySelectorAll("text")].map(boxOf);
  const meet = (p, q) => Math.min(p.right, q.right) - Math.max(p.left, q.left) > 1
    && Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top) > 4;
  const covered = ([a, p], i) => texts.slice(i + 1).filter(([, q]) => meet(p, q)).map(([b]) => `${a} | ${b}`);
  return texts.flatMap(covered);
})
"""
# As soon as the sum is another unit's: messages to the server, the address, and the sum.
NOTE_FIRST_CHANGE = """
() => new MutationObserver((_, observer) => {
  const total = document.querySelector("[data-cotangent]");
  if (total.dataset.cotangent === "a1:0") return;
  window.firstChange = [window.sent, location.search, total.dataset.cotangent, total.dataset.value];
  observer.disconnect();
}).observe(document.querySelector(".bp-of-bars svg"), {childList: true})
"""
VIEWS = [
    {},
    {"flower": 7, "seed": 5, "hidden": "4-3", "act": "tanh", "out": "sigmoid"},
    {"hidden": "16-16-16-16"},
]


def open_overview(page, view=()):
    visit(page, "/?" + "&".join(f"{key}={value}" for key, value in dict(view).items()))


def test_numbers_on_the_first_screen_are_those_of_the_core_and_no_text_is_tiny_or_covers_another(page):
    open_overview(page)
    for view in [*VIEWS, {"flower": 20, "hidden": "12-3-1", "out": "identity"}]:
        follow_link(page, f"/?{urlencode(view)}")
        step = step_of(settings_of(**view))
        expect(page.locator('.bp-network [data-node="C:0"]')).to_have_attribute(
            "data-value", str(step.loss_before)
        )
        if view in VIEWS:
            assert_numbers_on_the_first_screen(page, step)
        drawings = page.locator(".bp-scene svg")
        assert drawings.count() == 3, view
        assert min(drawings.evaluate_all(TEXT_SIZES)) >= 11.9, view
        assert drawings.evaluate_all(OVERLAPS) == [], view


def assert_numbers_on_the_first_screen(page, step):
    values = {
        node: float(value) for node, value in page.locator(".bp-network [data-node]").evaluate_all(NUMBERS)
    }
    for layer in range(step.config.depth + 1):
        name = f"a{layer}" if layer else "x"
        assert [values[f"{name}:{unit}"] for unit in range(step.tape[name].size)] == list(step.tape[name])
    thesis = thesis_of(step)
    terms = page.locator("[data-path]").evaluate_all("all => all.map(e => Number(e.dataset.value))")
    assert terms == list(step.vjp(thesis.output, thesis.wrt).path_terms[:, thesis.unit])
    first_screen = page.locator(".bp-network [data-node], text[data-value], .bp-verdict, .bp-primary")
    assert first_screen.count() > len(values)
    assert first_screen.evaluate_all(NOT_ON_SCREEN) == []


def test_all_follows_a_unit_that_is_clicked_before_the_server_hears_of_it(page):
    step = step_of(settings_of())
    open_overview(page)
    page.evaluate(NOTE_SENT)
    page.evaluate(NOTE_FIRST_CHANGE)
    page.locator('[data-node="a1:3"]').click()
    total = page.locator("[data-cotangent]")
    expect(total).to_have_attribute("data-cotangent", "a1:3")
    assert page.evaluate("window.firstChange") == [0, "", "a1:3", str(step.cotangent("a1")[3])]
    expect(page.get_by_role("radio", name="a14")).to_be_checked()
    expect(page.locator(".bp-network .node.chosen")).to_have_attribute("data-node", "a1:3")
    expect(page.get_by_test_id("note")).to_contain_text("You chose a14.")
    page.wait_for_url("**/?unit=4")
    assert page.evaluate("window.sent") >= 1
    # What it lights follows the choice, too, without the pointer being moved.
    expect(page.locator("[data-path='2']")).to_have_class(re.compile("bp-lit"))
    page.get_by_role("radio", name="a14").press("ArrowLeft")
    expect(total).to_have_attribute("data-cotangent", "a1:2")
    page.wait_for_url("**/?unit=3")
    wait_settled(page)
    page.reload()
    expect(total).to_have_attribute("data-cotangent", "a1:2")


def test_a_unit_of_another_layer_is_chosen_by_a_click_and_by_keys(page):
    step = step_of(settings_of(hidden="5-4-3"))
    open_overview(page, {"hidden": "5-4-3"})
    total = page.locator("[data-cotangent]")
    expect(total).to_have_attribute("data-cotangent", re.compile("a3:"))
    page.locator('[data-node="a1:3"]').click()
    expect(total).to_have_attribute("data-cotangent", "a1:3")
    expect(total).to_have_attribute("data-value", str(step.cotangent("a1")[3]))
    page.wait_for_url("**/?hidden=5-4-3&layer=1&unit=4")
    wait_settled(page)
    layers = page.locator(".bp-elsewhere a")
    layers.nth(1).press("Enter")
    expect(total).to_have_attribute("data-cotangent", re.compile("a2:"))
    page.wait_for_url("**/?hidden=5-4-3&layer=2")
    expect(layers.nth(1)).to_be_focused()
    expect(layers.nth(1)).to_have_attribute("aria-current", "true")
    wait_settled(page)
    page.get_by_role("radio", name="a24").press("ArrowLeft")
    expect(total).to_have_attribute("data-cotangent", "a2:2")
    page.wait_for_url("**/?hidden=5-4-3&layer=2&unit=3")


def test_links_step_into_the_walkthrough_with_the_settings_kept(page):
    view = {"flower": 7, "seed": 5, "hidden": "4-3"}
    settings = settings_of(**view)
    open_overview(page, view)
    page.evaluate("window.sameDocument = true")
    page.get_by_role("link", name="Begin the lesson").click()
    expect(page.get_by_role("heading", name="Lesson: one path")).to_be_visible()
    assert re.search(r"/lesson\?", page.url)
    assert page.evaluate("window.sameDocument")
    expect(page.get_by_role("spinbutton", name="Flower")).to_have_value("7")
    page.go_back()
    wait_settled(page)
    page.get_by_role("link", name="See this step").click()
    step = find_step(settings.config, "2.II")
    expect(page.get_by_test_id("stage")).to_have_attribute("data-step", str(step))
    expect(page.get_by_role("spinbutton", name="Seed")).to_have_value("5")
    assert page.evaluate("window.sameDocument")


def test_ink_follows_the_theme(page):
    open_overview(page)
    inks = []
    for _ in in_both_themes(page):
        inks.append(page.get_by_test_id("stApp").evaluate("app => getComputedStyle(app).color"))
        text = page.locator("text[data-value]").first
        assert text.evaluate("text => getComputedStyle(text).fill") == inks[-1]
    assert inks[0] != inks[1]
