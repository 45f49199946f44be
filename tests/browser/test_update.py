"""The weight update page in Chromium."""

from dataclasses import replace

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.browser.helpers import (
    NOTE_SENT,
    PHONE,
    PLAIN,
    READ_NUMBERS,
    assert_figures_fit,
    drag,
    in_both_themes,
    wait_settled,
)
from tests.browser.stage_page import cells, open_stage
from tests.browser.visits import visit
from tests.expected import settings_of, step_of
from tests.scene_numbers import read_scene
from tests.scenes import SceneAt
from ui.names.timeline import find_step
from ui.state.recording import recorded_step
from ui.views.update.scenes import update_scene

INK, COST = (31, 36, 48), (112, 105, 214)
"""Red, green and blue of texts in the light theme, and of the curve."""
READ_COSTS = """
() => Object.fromEntries([...document.querySelectorAll("[data-cost]")]
  .map(({ dataset: d }) => [d.cost, Number(d.value)]))
"""


def open_update(page: Page, query: str = "") -> None:
    visit(page, f"/update?{query}" if query else "/update")
    page.locator("[data-cost]").first.wait_for()
    wait_settled(page)


def costs(page: Page) -> dict[str, float]:
    return page.evaluate(READ_COSTS)


def take(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    wait_settled(page)


def test_a_step_taken_survives_reload_and_is_on_the_walkthrough(page):
    open_update(page)
    first = costs(page)
    assert first["before"] == step_of(settings_of()).loss_before
    take(page, "Take this step")
    second = costs(page)
    assert second["before"] == first["after"]
    assert "taken=1" in page.url
    page.reload()
    page.locator("[data-cost]").first.wait_for()
    wait_settled(page)
    assert costs(page) == second
    page.get_by_role("link", name="In the walkthrough").first.click()
    stage = page.get_by_test_id("stage")
    stage.wait_for()
    wait_settled(page)
    assert "taken=1" in page.url
    assert int(stage.get_attribute("data-step")) == find_step(settings_of().config, "after")
    shown = [value for matrix, _, _, _, value in cells(stage) if matrix == "C:value"]
    assert shown == [second["before"]]
    expect(page.get_by_text("1 update step on this flower")).to_be_visible()


def test_new_weights_are_those_of_the_walkthrough(page):
    settings = settings_of()
    stage = open_stage(page, f"taken=2&step={find_step(settings.config, 'update.2')}")
    shown = {(r, c): v for matrix, _, r, c, v in cells(stage) if matrix == "W2:value"}
    expected = recorded_step(replace(settings, taken=2)).params.weights[1]
    assert shown == {(r, c): expected[r, c] for r in range(3) for c in range(5)}
    assert (expected != step_of(settings).params_after.weights[1]).any()  # two steps, not one


def test_reset_goes_back_to_the_initial_weights(page):
    open_update(page, "taken=7")
    expect(page.get_by_text("7 update steps on this flower")).to_be_visible()
    take(page, "Back to the initial weights")
    assert costs(page)["before"] == step_of(settings_of()).loss_before
    assert "taken" not in page.url
    take(page, "Take this step")
    assert "taken=1" in page.url  # not the 7 that the page was opened with
    assert costs(page)["before"] == recorded_step(replace(settings_of(), taken=1)).loss_before


def test_back_takes_the_step_back(page):
    open_update(page)
    first = costs(page)
    take(page, "Take 10")
    page.get_by_role("link", name="In the walkthrough").first.click()
    page.get_by_test_id("stage").wait_for()
    page.go_back()
    page.locator("[data-cost]").first.wait_for()
    wait_settled(page)
    assert "taken=10" in page.url
    assert costs(page)["before"] != first["before"]


def test_the_point_is_on_the_first_screen_and_no_text_is_cut_off_or_too_small(page):
    open_update(page)
    shown = [page.locator("[data-cost=predicted]"), page.locator("[data-output='after:2']"), slider_of(page)]
    for element in (*shown, page.locator(".bp-of-plot").first):
        box = element.bounding_box()
        assert box["y"] + box["height"] < 768
    open_update(page, FAR)
    for width in (1024, 1280, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        wait_settled(page)
        assert_figures_fit(page)


def test_on_a_phone_the_slider_and_its_curve_are_on_one_screen(open_page):
    page = open_page(viewport=PHONE)
    open_update(page, FAR)
    assert_figures_fit(page)
    slider_of(page).scroll_into_view_if_needed()
    plot = page.locator(".bp-of-plot").first
    plot.evaluate("element => element.scrollIntoView({ block: 'end' })")
    assert slider_of(page).bounding_box()["y"] >= 0
    assert plot.bounding_box()["y"] > 0


FAR = "out=identity&flower=60&lr=0.3"


# --- η, live -------------------------------------------------------------------------------------------


def slider_of(page: Page) -> Locator:
    return page.locator("input[type=range][name=lr]")


def rate_shown(page: Page) -> float:
    text = page.locator(".bp-slider output").text_content()
    return float(text.removeprefix("η = ").replace("−", "-"))


def expect_numbers_of(page: Page, rate: float, **view) -> None:
    """That every number and sentence on the screen is that of the scene of this view, at η = `rate`."""
    settings = settings_of(**view)
    layers = tuple(range(settings.config.depth, 0, -1))
    scene = SceneAt(read_scene(update_scene(settings, layers)), rate)
    shown = page.evaluate(READ_NUMBERS)
    plain = {name: value for name, value in shown if name and not name.startswith(("slot=", "bar="))}
    assert plain == scene.numbers() | scene.entries()
    assert {value for name, value in shown if name.startswith("slot=")} == {rate}
    bars = {name.removeprefix("bar="): value for name, value in shown if name.startswith("bar=")}
    assert bars == {
        name.removeprefix("output="): value for name, value in plain.items() if name.startswith("output=")
    }
    coloured = [block for part in scene.parts("Matrix")[::2] for block in part["blocks"]]
    cells = sorted(value for block in coloured for row in scene.matrix(block) for value in row)
    assert sorted(value for name, value in shown if not name) == cells
    for test_id in ("verdict", "compared"):
        expect(page.get_by_test_id(test_id)).to_have_text(scene.said(test_id).translate(PLAIN))
    sentences = page.locator(".bp-scene p").all_text_contents()
    words = [words for words in scene.parts("Words") if words["role"] != "title"]
    assert sentences == [scene.sentence(each).translate(PLAIN) for each in words]
    assert slider_of(page).get_attribute("aria-valuetext").endswith(scene.said("verdict"))


def test_dragging_the_slider_moves_everything_without_a_word_to_the_server(page):
    open_update(page)
    page.evaluate(NOTE_SENT)
    box = slider_of(page).bounding_box()
    y = box["y"] + box["height"] / 2
    at = box["width"] * int(slider_of(page).input_value()) / int(slider_of(page).get_attribute("max"))
    drag(page, (box["x"] + at, y), (box["x"] + box["width"] * 0.8, y))
    rate = rate_shown(page)
    assert 0.3 < rate < 0.8
    assert page.evaluate("window.sent") == 0
    assert "lr=" not in page.url
    expect_numbers_of(page, rate)
    page.mouse.up()
    wait_settled(page)
    assert page.evaluate("window.sent") >= 1
    assert f"lr={rate:g}" in page.url
    expect(page.get_by_role("textbox", name="Learning rate η")).to_have_value(f"{rate:g}")
    expect_numbers_of(page, rate, lr=rate)
    page.reload()
    page.locator("[data-cost]").first.wait_for()
    wait_settled(page)
    expect_numbers_of(page, rate, lr=rate)


def test_the_point_of_either_curve_is_dragged(page):
    open_update(page)
    page.evaluate(NOTE_SENT)
    for name, to in (("cost", 140), ("mean", -30)):
        dot = page.locator(f".bp-on-{name}").and_(page.locator("circle")).bounding_box()
        x, y = dot["x"] + dot["width"] / 2, dot["y"] + dot["height"] / 2
        before, sent = rate_shown(page), page.evaluate("window.sent")
        drag(page, (x, y), (x + to, y))
        assert (rate_shown(page) > before) == (to > 0)
        assert page.evaluate("window.sent") == sent
        moved = page.locator(f".bp-on-{name}").and_(page.locator("circle")).bounding_box()
        assert moved["x"] + moved["width"] / 2 == pytest.approx(x + to, abs=14)  # half of 6 %
        page.mouse.up()
        wait_settled(page)
        assert f"lr={rate_shown(page):g}" in page.url


def test_keys_move_the_slider_and_tell_after_a_pause(page):
    open_update(page)
    slider_of(page).press("ArrowRight")
    slider_of(page).press("ArrowRight")
    expect(page.locator(".bp-slider output")).to_have_text("η = 0.112")
    page.wait_for_function("location.search.includes('lr=0.112')")
    wait_settled(page)
    expect_numbers_of(page, 0.112, lr=0.112)
    expect_a_chart_on_white(page, "weight-update-chart-flower106-seed859-5-relu-softmax-eta0.112.png")
    slider_of(page).press("Home")
    expect(page.get_by_test_id("compared")).to_contain_text("With η = 0 nothing moves.")
    page.wait_for_function("location.search.includes('lr=0')")
    wait_settled(page)
    expect_numbers_of(page, 0.0, lr=0)


def expect_a_chart_on_white(page: Page, name: str) -> None:
    """Saved by a key in the dark theme, in the colours of the light one."""
    *_, dark = in_both_themes(page)
    assert dark == "dark"
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save this picture").first.press("Enter")
    assert saved.value.suggested_filename == name
    picture = Image.open(saved.value.path()).convert("RGB")
    colours = {colour for _, colour in picture.getcolors(picture.width * picture.height)}
    assert picture.getpixel((0, 0)) == (255, 255, 255)
    assert {INK, COST} <= colours
    assert not {colour for colour in colours if max(colour) < min(INK)}


def test_a_rate_that_is_typed_moves_the_slider(page):
    open_update(page)
    field = page.get_by_role("textbox", name="Learning rate η")
    field.fill("0,123")
    field.press("Enter")
    wait_settled(page)
    assert rate_shown(page) == 0.123
    expect_numbers_of(page, 0.123, lr=0.123)


def test_a_step_taken_at_once_is_one_with_the_rate_of_the_slider(page):
    open_update(page)
    slider_of(page).press("ArrowRight")
    assert rate_shown(page) == 0.106
    take(page, "Take this step")
    assert "taken=1" in page.url
    assert "lr=0.106" in page.url
    assert costs(page)["before"] == recorded_step(settings_of(lr=0.106)).loss_after


def test_a_large_network_moves_too(page):
    open_update(page, "hidden=16-16-16-16&update_layer=2&lr=0.01")
    before = page.evaluate("document.querySelector('[data-update=\"step2:3:4\"]').dataset.value")
    slider_of(page).press("ArrowLeft")
    after = page.evaluate("document.querySelector('[data-update=\"step2:3:4\"]').dataset.value")
    assert float(after) == pytest.approx(float(before) * rate_shown(page) / 0.01, abs=1e-15)
