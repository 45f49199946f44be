"""The total derivative page in Chromium."""

import pytest
from playwright.sync_api import Locator, Page, expect

from backprop.total_derivative import PRESETS, evaluate
from tests.browser.helpers import NOTE_SENT, PHONE, READ_NUMBERS, assert_figures_fit, drag, wait_settled
from tests.browser.visits import visit
from tests.scene_numbers import read_scene
from tests.scenes import SceneAt
from ui.names.numbers import signed
from ui.views.total_derivative.scenes import experiment_scene

READ_TOTALS = """
() => Object.fromEntries([...document.querySelectorAll("[data-total]")]
  .map(({ dataset: d }) => [d.total, Number(d.value)]))
"""


def open_example(page: Page, query: str = "") -> None:
    visit(page, f"/total_derivative?{query}" if query else "/total_derivative")
    page.locator("[data-total]").first.wait_for()
    wait_settled(page)


def total(page: Page) -> float:
    return page.evaluate(READ_TOTALS)["sum"]


def slider_of(page: Page) -> Locator:
    return page.locator("input[type=range][name=t]")


def expect_numbers_of(page: Page, outer: str, inners: tuple[str, ...], t: float) -> None:
    """That every number on the screen is that of the scene."""
    scene = SceneAt(read_scene(experiment_scene(outer, inners)), t)
    shown = page.evaluate(READ_NUMBERS)
    named = {name: value for name, value in shown if name and not name.startswith("slot=")}
    expected = {name: value for name, value in scene.numbers().items() if value is not None}
    assert named == expected
    (dot,) = [value for name, value in shown if not name]
    assert dot == evaluate(outer, inners, t).f
    numbers = [number for part in scene.parts("Formula") for number in part.get("numbers", [])]
    slots = [value for name, value in shown if name.startswith("slot=")]
    assert sorted(slots) == sorted(scene.at(number["value"]) for number in numbers)
    expect(page.get_by_test_id("verdict")).to_have_text(scene.said("verdict"))
    assert slider_of(page).get_attribute("aria-valuetext").endswith(scene.said("verdict"))


def test_dragging_the_slider_moves_everything_without_a_word_to_the_server(page):
    open_example(page, "f=xyz")
    page.evaluate(NOTE_SENT)
    box = slider_of(page).bounding_box()
    y = box["y"] + box["height"] / 2
    drag(page, (box["x"] + box["width"] * 0.66, y), (box["x"] + box["width"] * 0.3, y))
    t = float(slider_of(page).input_value())
    assert -1.5 < t < -0.9
    assert page.evaluate("window.sent") == 0
    assert "t=" not in page.url
    expect_numbers_of(page, "xyz", ("t2", "sin", "decay"), t)
    page.mouse.up()
    wait_settled(page)
    assert page.evaluate("window.sent") >= 1
    assert f"t={t:g}" in page.url
    expect_numbers_of(page, "xyz", ("t2", "sin", "decay"), t)
    page.reload()
    page.locator("[data-total]").first.wait_for()
    wait_settled(page)
    expect_numbers_of(page, "xyz", ("t2", "sin", "decay"), t)


def test_the_point_of_the_curve_is_dragged(page):
    open_example(page)
    page.evaluate(NOTE_SENT)
    dot = page.locator(".bp-dot").bounding_box()
    x, y = dot["x"] + dot["width"] / 2, dot["y"] + dot["height"] / 2
    drag(page, (x, y), (x - 60, y + 30))
    t = float(slider_of(page).input_value())
    assert t < 0.5
    assert page.evaluate("window.sent") == 0
    expect_numbers_of(page, "2xy3", ("t2", "sin"), t)
    moved = page.locator(".bp-dot").bounding_box()
    assert moved["x"] + moved["width"] / 2 == pytest.approx(x - 60, abs=4)  # half a step of t
    page.mouse.up()
    wait_settled(page)
    assert f"t={t:g}" in page.url


def test_a_finger_drags_the_point_too(open_page):
    page = open_page(viewport=PHONE, has_touch=True)
    open_example(page)
    slider, curve = slider_of(page), page.locator(".bp-of-curve > svg")
    slider.scroll_into_view_if_needed()
    bars, picture = slider.bounding_box(), curve.bounding_box()
    assert bars["y"] >= 0
    assert picture["y"] + picture["height"] <= PHONE["height"]  # both on one screen
    touch = page.context.new_cdp_session(page)
    x, y = picture["x"] + picture["width"] * 0.7, picture["y"] + picture["height"] / 2
    for kind, at in (("touchStart", x), ("touchMove", x - 40), ("touchMove", x - 120)):
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": at, "y": y}]})
    page.wait_for_function("document.querySelector('input[name=t]').value < 0.2")
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_function("new URLSearchParams(location.search).has('t')")
    wait_settled(page)
    t = float(slider.input_value())
    expect_numbers_of(page, "2xy3", ("t2", "sin"), t)


def test_on_a_phone_the_slider_stays_in_sight_and_nothing_is_cut_off(open_page):
    page = open_page(viewport=PHONE)
    open_example(page, "f=xyz&t=-2.95")
    assert_figures_fit(page)
    page.locator(".bp-of-bars").scroll_into_view_if_needed()
    page.get_by_test_id("verdict").evaluate("element => element.scrollIntoView({ block: 'end' })")
    box = slider_of(page).bounding_box()
    assert 0 <= box["y"] < 150


def test_the_point_is_on_the_first_screen_and_nothing_is_cut_off(page):
    open_example(page, "f=xyz&t=-2.95")
    box = page.get_by_test_id("verdict").bounding_box()
    assert box["y"] + box["height"] < 600
    boxes = page.locator(".bp-trio > figure").evaluate_all("all => all.map(e => e.getBoundingClientRect().y)")
    assert len(boxes) == 3
    assert max(boxes) - min(boxes) < 20  # side by side
    for width in (1024, 1280, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        wait_settled(page)
        assert_figures_fit(page)


def test_a_t_between_two_steps_is_kept_until_the_slider_moves(page):
    open_example(page, "t=0.123")
    assert total(page) == evaluate("2xy3", ("t2", "sin"), 0.123).total
    assert slider_of(page).input_value() == "0.123"
    slider_of(page).press("ArrowRight")
    wait_settled(page)
    t = float(slider_of(page).input_value())
    assert t in (0.15, 0.2)
    page.wait_for_function(f"location.search.includes('t={t:g}')")
    wait_settled(page)
    assert total(page) == evaluate("2xy3", ("t2", "sin"), t).total


def test_a_menu_chosen_at_once_keeps_where_the_slider_is(page):
    open_example(page)
    slider_of(page).press("ArrowLeft")
    page.get_by_role("combobox", name="y(t)").click()
    page.get_by_role("option", name="cos t", exact=True).click()
    wait_settled(page)
    expect_numbers_of(page, "2xy3", ("t2", "cos"), 0.95)
    assert "t=0.95" in page.url
    assert "y=cos" in page.url


def test_back_after_sliding_returns_to_the_page_before(page):
    open_example(page, "t=0.5")
    page.locator(f"a[title='{PRESETS['cancel'].title}']").click()
    wait_settled(page)
    for key in ("ArrowRight", "ArrowRight"):
        slider_of(page).press(key)
    page.wait_for_function("location.search.includes('t=1.1')")
    wait_settled(page)
    page.go_back()
    wait_settled(page)
    assert slider_of(page).input_value() == "0.5"
    assert total(page) == evaluate("2xy3", ("t2", "sin"), 0.5).total
    page.go_forward()
    wait_settled(page)
    assert slider_of(page).input_value() == "1.1"
    expect_numbers_of(page, "sum", ("t", "minus-t"), 1.1)


def test_sliding_t_by_keys_changes_every_number_and_the_link(page):
    open_example(page)
    for _ in range(3):
        slider_of(page).press("ArrowRight")
    expect(page.locator('[data-node="t"]')).to_have_text("t = 1.15")
    expect(page.locator('[data-total="sum"]')).to_have_text(
        signed(evaluate("2xy3", ("t2", "sin"), 1.15).total)
    )
    page.wait_for_function("location.search.includes('t=1.15')")
    wait_settled(page)
    assert total(page) == evaluate("2xy3", ("t2", "sin"), 1.15).total
    assert "t=1.15" in page.url
    page.reload()
    page.locator("[data-total]").first.wait_for()
    wait_settled(page)
    assert total(page) == evaluate("2xy3", ("t2", "sin"), 1.15).total


def test_choosing_functions(page):
    open_example(page, "t=0.5")
    page.get_by_role("combobox", name="y(t)").click()
    page.get_by_role("option", name="−t", exact=True).click()
    wait_settled(page)
    assert total(page) == evaluate("2xy3", ("t2", "minus-t"), 0.5).total
    page.get_by_role("combobox", name="f", exact=True).click()
    page.get_by_role("option", name="xyz", exact=True).click()
    wait_settled(page)
    assert total(page) == evaluate("xyz", ("t2", "minus-t", "decay"), 0.5).total
    expect(page.locator("svg[aria-label^='Three paths']")).to_be_visible()


def test_presets_follow_one_another_and_back_returns(page):
    open_example(page)
    for preset in PRESETS.values():
        page.locator(f"a[title='{preset.title}']").click()
        wait_settled(page)
        assert total(page) == evaluate(preset.outer, preset.inners, preset.t).total
    page.go_back()
    wait_settled(page)
    *_, before, _ = PRESETS.values()
    assert total(page) == evaluate(before.outer, before.inners, before.t).total


def test_to_the_network_and_back(page):
    open_example(page, "flower=3&f=sum&x=t&y=minus-t")
    page.get_by_role("link", name="The same sum in the network").click()
    page.get_by_test_id("stage").wait_for()
    wait_settled(page)
    assert "flower=3" in page.url
    page.go_back()
    page.locator("[data-total]").first.wait_for()
    wait_settled(page)
    assert total(page) == 0
    expect(page.get_by_test_id("verdict")).to_contain_text("The paths cancel")
