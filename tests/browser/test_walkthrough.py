import re
import time

import pytest
from playwright.sync_api import expect

from backprop import forward_pass
from tests.browser.helpers import NOTE_SENT, wait_settled
from tests.browser.stage_page import assert_step_fits, cells, open_stage, position, press
from tests.expected import settings_of, step_of, table_of
from ui.names.numbers import short
from ui.names.timeline import find_step, timeline

VIEWS = [
    {},
    {"flower": 7, "seed": 5, "hidden": "4-3", "act": "tanh", "out": "sigmoid"},
]


def query(view) -> str:
    return "&".join(f"{key}={value}" for key, value in view.items())


@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_walk_the_whole_pass_by_keys(page, view):
    """Every number is the core's; of figure 1's network, every step fits the screen."""
    settings = settings_of(**view)
    step = step_of(settings)
    stops = timeline(settings.config)
    stage = open_stage(page, query(view))
    seen = set()
    for number in range(len(stops)):
        if number:
            press(page, stage, "ArrowRight", number)
        if not view:
            assert_step_fits(page, stage)
        shown = cells(stage)
        assert shown
        for matrix, block, row, column, value in shown:
            array = table_of(step, matrix)
            expected = array[block, row, column] if array.ndim == 3 else array[row, column]
            assert value == pytest.approx(expected, rel=1e-12, abs=1e-300), (matrix, row, column)
            seen.add(matrix)
    assert stage.get_attribute("data-steps") == str(len(stops))
    assert {f"{vjp.output}/{vjp.wrt}:jacobian" for vjp in step.vjp_steps if vjp.wrt[0] in "Wa"} <= seen | {
        f"C/a{step.config.depth}:jacobian"  # shown as the cotangent of a, which it is
    }
    assert {f"{name}:after" for name, _ in step.params_after.items()} <= seen


def test_keys_and_clicks_move_along_the_timeline(page):
    stage = open_stage(page)
    last = int(stage.get_attribute("data-steps")) - 1
    press(page, stage, "End", last)
    press(page, stage, "ArrowRight", last)
    press(page, stage, "ArrowLeft", last - 1)
    press(page, stage, "Home", 0)
    press(page, stage, "ArrowDown", find_step(settings_of().config, "2.I"))
    press(page, stage, "ArrowDown", find_step(settings_of().config, "1.I"))
    press(page, stage, "ArrowUp", find_step(settings_of().config, "2.I"))
    press(page, stage, "Home", 0)
    for _ in range(20):  # held, it loses no press
        page.keyboard.down("ArrowRight")
        time.sleep(1 / 30)
    assert position(stage) == 20
    page.keyboard.up("ArrowRight")
    page.get_by_role("spinbutton", name="Flower").focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Home")
    assert position(stage) == 20
    stage.locator('.chip[aria-label*="II ∂C/∂a¹"]').click()
    assert position(stage) == find_step(settings_of().config, "1.II")
    expect(stage.locator(".badge")).to_have_text("3 paths summed: total derivative")


PRESS_EIGHT_TIMES = """
async () => {
  for (let n = 0; n < 8; n += 1)
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true }));
  await new Promise(shown => setTimeout(shown, 100));
  return window.sent;
}
"""


def test_stepping_sends_nothing_until_the_pause(page):
    """All in the page, since a pause between two presses would be one to the stage, too."""
    stage = open_stage(page)
    page.evaluate(NOTE_SENT)
    assert page.evaluate(PRESS_EIGHT_TIMES) == 0
    page.wait_for_url("**/walkthrough?step=8")
    wait_settled(page)
    assert position(stage) == 8
    assert page.evaluate("window.sent") == 1


def test_link_opens_the_same_step_in_another_tab(open_page):
    view = "flower=101&seed=8&hidden=6-5&act=sigmoid&lr=0.5"
    first = open_page()
    stage = open_stage(first, view)
    press(first, stage, "End", int(stage.get_attribute("data-steps")) - 1)
    for _ in range(5):
        first.keyboard.press("ArrowLeft")
    first.wait_for_url("**step=*")
    wait_settled(first)
    second = first.context.new_page()
    second.goto(first.url)
    copy = second.get_by_test_id("stage")
    copy.wait_for()
    assert position(copy) == position(stage) == int(stage.get_attribute("data-steps")) - 6
    assert cells(copy) == cells(stage)


STEP_AND_BACK = """() => {
  document.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true }));
  history.back();
}"""


def test_step_survives_reload_and_page_switch_without_back_stops(open_page):
    page = open_page().context.new_page()  # a history of 50 entries would grow no further
    open_stage(page, "step=2")
    wait_settled(page)
    stops = page.evaluate("history.length")
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    page.wait_for_url("**step=6")
    wait_settled(page)
    assert page.evaluate("history.length") == stops
    page.reload()
    assert position(page.get_by_test_id("stage")) == 6
    wait_settled(page)
    page.get_by_role("link", name="Overview").click()
    page.wait_for_url(re.compile(r"/\?step=6"))
    wait_settled(page)
    page.get_by_role("link", name="Walkthrough", exact=True).first.click()
    page.wait_for_url("**/walkthrough?step=6")
    assert position(page.get_by_test_id("stage")) == 6
    page.evaluate(STEP_AND_BACK)
    page.wait_for_url(re.compile(r"/\?step=6"))
    wait_settled(page)  # the step would have been told
    expect(page.get_by_test_id("stage")).to_have_count(0)
    assert page.url.endswith("/?step=6")
    page.go_back()
    page.wait_for_url("**/walkthrough?step=6")
    assert position(page.get_by_test_id("stage")) == 6


def test_a_new_flower_keeps_the_step(page):
    stage = open_stage(page, "step=13")
    field = page.get_by_role("spinbutton", name="Flower")
    field.fill("3")
    field.press("Enter")
    page.wait_for_url("**flower=3*")
    wait_settled(page)
    assert position(stage) == 13
    expected = table_of(step_of(settings_of(flower=3)), "a1:cotangent")
    shown = {column: value for matrix, _, _, column, value in cells(stage) if matrix == "a1:cotangent"}
    assert shown == pytest.approx(dict(enumerate(expected[0])))


def test_pointing_at_a_term_lights_everything_that_belongs_to_it(page):
    step = step_of(settings_of())
    stage = open_stage(page, f"step={find_step(step.config, '1.II')}")
    stage.locator('[data-matrix="z2/a1:path_terms"][data-row="1"][data-col="3"]').hover()
    term = step.vjp("z2", "a1")
    expect(stage.locator(".written")).to_contain_text("∂C/∂a¹₄ =")
    assert stage.locator(".written .term").count() == 3
    lit = stage.evaluate(
        "stage => [...stage.querySelectorAll('td.bp-lit')]"
        ".map(({ dataset: d }) => `${d.matrix} ${d.row} ${d.col}`)"
    )
    assert set(lit) == (
        {f"z2:cotangent 0 {k}" for k in range(3)}
        | {f"z2/a1:jacobian {k} 3" for k in range(3)}
        | {f"z2/a1:path_terms {k} 3" for k in range(3)}
        | {"a1:cotangent 0 3"}
    )
    edges = stage.evaluate(
        "stage => [...stage.querySelectorAll('.edge.bp-lit')].map((edge) => edge.dataset.edge)"
    )
    assert set(edges) == {f"W2:{k}:3" for k in range(3)}
    signs = [stage.locator(f'[data-edge="W2:{k}:3"]').get_attribute("class") for k in range(3)]
    assert ["path-neg" in sign for sign in signs] == [bool(value < 0) for value in term.path_terms[:, 3]]
    expect(stage.locator('[data-node="a1:3"]')).to_have_class(re.compile("bp-lit"))
    assert {name.inner_text() for name in stage.locator(".numpy .bp-lit").all()} == {
        "dC_da1",
        "dC_dz2",
        "dz2_da1",
    }
    # A factor is marked wherever it stands.
    stage.locator('.written [data-factor="z2/a1:jacobian|1|3"]').hover()
    expect(stage.locator("td.spot")).to_have_count(1)
    expect(stage.locator("td.spot")).to_have_attribute("data-matrix", "z2/a1:jacobian")
    stage.locator('[data-matrix="z2/a1:path_terms"][data-row="2"][data-col="3"]').hover()
    expect(stage.locator(".written .term.spot")).to_have_count(1)
    expect(stage.locator(".written .term").nth(2)).to_have_class(re.compile("spot"))


def test_click_keeps_an_entry_until_escape(page):
    stage = open_stage(page, "step=13")
    stage.locator('[data-matrix="a1:cotangent"][data-col="1"]').click()
    stage.locator('[data-matrix="a1:cotangent"][data-col="2"]').hover()
    expect(stage.locator(".written")).to_contain_text("∂C/∂a¹₂ =")
    page.keyboard.press("ArrowRight")
    assert position(stage) == 14
    page.keyboard.press("ArrowLeft")
    stage.locator('[data-edge="W2:0:2"]').dispatch_event("click")
    expect(stage.locator(".written")).to_contain_text("∂C/∂a¹₃ =")
    page.keyboard.press("Escape")
    stage.locator('[data-node="a1:1"]').hover()
    expect(stage.locator(".written")).to_contain_text("∂C/∂a¹₂ =")


def test_what_is_not_computed_yet_is_absent(page):
    stage = open_stage(page)
    node = stage.locator('[data-node="a1:4"]')
    assert node.get_attribute("data-value") is None
    assert node.locator(".number").text_content() == ""
    step = step_of(settings_of())
    press(page, stage, "ArrowRight", 1)
    assert float(node.get_attribute("data-value")) == pytest.approx(step.tape["z1"][4])
    press(page, stage, "ArrowRight", 2)
    assert float(node.get_attribute("data-value")) == pytest.approx(step.tape["a1"][4])


def test_the_network_names_its_derivative_and_is_of_one_moment(page):
    settings = settings_of()
    step, last = step_of(settings), len(timeline(settings.config)) - 1
    stage = open_stage(page, f"step={find_step(settings.config, '1.IV')}")
    node = stage.locator('[data-node="a1:1"]')
    assert step.cotangent("z1")[1] == 0 != step.cotangent("a1")[1]
    expect(node.locator(".derivative")).to_have_text("∂C/∂z 0")
    expect(node).to_have_attribute("aria-label", "a¹₂ = 0, off for this flower, ∂C/∂z¹₂ = 0")
    expect(stage.locator(".legend .colours")).to_have_text(
        "Network: units coloured by value, edges by weight, below a unit ∂C/∂z."
    )
    press(page, stage, "End", last)
    after = forward_pass(settings.config, step.params_after, step.tape["x"], step.tape["y"])
    for unit, value in enumerate(after["a1"]):
        node = stage.locator(f'[data-node="a1:{unit}"]')
        assert float(node.get_attribute("data-value")) == pytest.approx(value)
        expect(node.locator(".derivative")).to_be_empty()
    expect(stage.locator('[data-edge="W1:0:0"]')).to_have_attribute(
        "aria-label", f"w¹₁₁ new = {short(float(step.params_after['W1'][0, 0]))}"
    )


def test_the_first_step_shows_what_x_is_made_of(page):
    stage = open_stage(page, "step=0&edit=x_1_7")
    expect(stage.locator(".written")).to_have_text("x₁ = 7, since you typed it")
    expect(stage.locator('[data-matrix="x:measured"]')).to_have_count(3)  # not of x₁
    stage.locator('[data-matrix="x:value"][data-row="1"]').hover()
    expect(stage.locator(".written")).to_have_text("x₂ = (2.5 − 3.057) / 0.4344 = −1.28")
    expect(stage.locator('[data-matrix="x:mean"][data-row="1"]')).to_have_text("3.057")


def test_a_hover_off_the_diagonal_says_why_it_is_zero(page):
    stage = open_stage(page, f"step={find_step(settings_of().config, '1.III')}")
    stage.locator('[data-matrix="a1/z1:jacobian"][data-row="0"][data-col="2"]').hover()
    expect(stage.locator(".written")).to_have_text("∂a¹₁/∂z¹₃ = 0, since a¹₁ does not depend on z¹₃")
    stage.locator('[data-matrix="a1/z1:jacobian"][data-row="0"][data-col="0"]').hover()
    expect(stage.locator(".written")).to_have_text("∂a¹₁/∂z¹₁ = 1, since z¹₁ = 0.318 > 0")


def test_bad_link_gives_a_notice_and_the_default(page):
    stage = open_stage(page, "flower=999&hidden=0-0&step=abc&act=swish")
    notices = page.get_by_test_id("stAlert")
    expect(notices).to_have_count(4)
    expect(notices.nth(0)).to_contain_text("Flower: expected a whole number from 0 to 149, got 999.")
    assert position(stage) == 0
    expected = table_of(step_of(settings_of()), "x:value")
    assert [value for matrix, *_, value in cells(stage) if matrix == "x:value"] == pytest.approx(
        expected[:, 0]
    )
