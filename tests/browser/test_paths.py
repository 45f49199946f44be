import numpy as np
import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import serious_violations
from tests.browser.helpers import (
    NOTE_SENT,
    PHONE,
    PLAIN,
    READ_NUMBERS,
    drag,
    in_both_themes,
    wait_settled,
)
from tests.browser.visits import visit
from tests.expected import settings_of, step_of
from tests.scenes import SceneAt, read_scene
from ui.names.timeline import find_step
from ui.views.paths.choice import PathChoice
from ui.views.paths.scenes import nudge_scene

FIRST = "flower=83&seed=41&unit=5"


def open_paths(page, query=FIRST):
    visit(page, f"/paths?{query}")


def rule(page, key) -> float:
    return float(page.locator(f'[data-rule="{key}"]').get_attribute("data-value"))


def knock_out(page, path):
    page.get_by_test_id("stButtonGroup").nth(1).get_by_role("button", name=str(path), exact=True).click()
    wait_settled(page)


def test_knocking_out_a_path_changes_the_sum_and_putting_it_back_restores_it(page):
    open_paths(page)
    terms = step_of(settings_of(flower=83, seed=41)).vjp("z2", "a1").path_terms[:, 4]
    assert rule(page, "yours") == pytest.approx(terms.sum(), rel=1e-12)
    knock_out(page, 2)
    assert rule(page, "yours") == pytest.approx(terms[0] + terms[2], rel=1e-12)
    assert rule(page, "right") == pytest.approx(terms.sum(), rel=1e-12)
    assert "drop=2" in page.url
    expect(page.locator('.bp-dropped[data-path="1"]')).to_be_visible()
    page.reload()
    wait_settled(page)
    assert rule(page, "yours") == pytest.approx(terms[0] + terms[2], rel=1e-12)
    knock_out(page, 2)
    assert rule(page, "yours") == pytest.approx(terms.sum(), rel=1e-12)
    assert "drop" not in page.url


def test_the_point_is_on_the_first_screen(page):
    open_paths(page, FIRST + "&drop=2")
    for selector in (".bp-paths-ledger", ".bp-cards", ".bp-verdict"):
        box = page.locator(selector).first.bounding_box()
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= 768


def test_found_flower_has_a_dead_unit(page):
    open_paths(page)
    page.evaluate("window.sameDocument = true")
    page.locator('[data-finder="dead"] a').click()
    expect(page.locator('[data-split="slope"]')).to_have_attribute("data-value", "0.0")
    wait_settled(page)
    assert float(page.locator('[data-split="cotangent"]').get_attribute("data-value")) != 0
    assert float(page.locator('[data-split="through"]').get_attribute("data-value")) == 0
    assert "seed=41" in page.url
    page.go_back()
    wait_settled(page)
    assert rule(page, "right") == step_of(settings_of(flower=83, seed=41)).cotangent("a1")[4]
    assert page.evaluate("window.sameDocument")


def test_a_unit_of_the_table_can_be_chosen(page):
    open_paths(page)
    page.locator(".bp-units a").nth(1).click()
    expect(page.locator(".bp-units a").nth(1)).to_have_attribute("aria-current", "true")
    wait_settled(page)
    assert rule(page, "right") == step_of(settings_of(flower=83, seed=41)).cotangent("a1")[1]
    assert "unit=2" in page.url


def test_link_to_the_step_of_the_walkthrough(page):
    open_paths(page)
    page.get_by_role("link", name="This step in the walkthrough").first.click()
    expected = find_step(settings_of().config, "1.II")
    expect(page.get_by_test_id("stage")).to_have_attribute("data-step", str(expected))
    page.go_back()
    wait_settled(page)
    assert rule(page, "right") == step_of(settings_of(flower=83, seed=41)).cotangent("a1")[4]


def test_the_heatmap_is_drawn_with_sums_under_the_terms(page):
    open_paths(page)
    plot = page.locator('[class*="figure_paths_terms"] .js-plotly-plot')
    expect(plot.locator(".heatmaplayer image")).to_have_count(1)
    vjp_step = step_of(settings_of(flower=83, seed=41)).vjp("z2", "a1")
    drawn = np.array(plot.evaluate("plot => plot._fullData[0].z.map(row => [...row])"))
    np.testing.assert_array_equal(drawn, np.vstack([vjp_step.path_terms, vjp_step.cotangent]))


def test_charts_that_stay_the_same_are_not_drawn_again(page):
    open_paths(page)
    page.locator('[class*="figure_paths_terms"] .main-svg').first.evaluate("svg => { svg.id = 'marked'; }")
    knock_out(page, 1)
    expect(page.locator("#marked")).to_be_visible()


# --- ε ------------------------------------------------------------------------------------------------


def slider_of(page):
    return page.locator("input[type=range][name=eps]")


def expect_nudge(page, epsilon, unit=5, between=None):
    """That every number and the sentence are those of the scene."""
    choice = PathChoice(settings_of(flower=83, seed=41), 1, unit - 1)
    scene = SceneAt(read_scene(nudge_scene(choice, between)), epsilon)
    assert dict(page.evaluate(READ_NUMBERS)) == scene.numbers()
    (said,) = scene.parts("Words")
    expect(page.locator(".bp-scene p")).to_have_text(scene.at(said["text"]).translate(PLAIN))
    assert slider_of(page).get_attribute("aria-valuetext").endswith(scene.at(said["text"]))


def test_dragging_epsilon_changes_every_number_without_a_word_to_the_server(page):
    open_paths(page)
    expect_nudge(page, 0.1)
    page.evaluate(NOTE_SENT)
    slider_of(page).scroll_into_view_if_needed()
    box = slider_of(page).bounding_box()
    y, stops = box["y"] + box["height"] / 2, page.evaluate("history.length")
    drag(page, (box["x"] + box["width"] * 0.55, y), (box["x"] + box["width"] * 0.2, y))
    epsilon = float(slider_of(page).input_value())
    assert -0.65 < epsilon < -0.55
    assert page.evaluate("window.sent") == 0
    assert "eps" not in page.url
    expect_nudge(page, epsilon)
    assert slider_of(page).bounding_box() == box  # nothing runs away from the pointer
    page.mouse.up()
    wait_settled(page)
    assert page.evaluate("window.sent") >= 1
    assert f"eps={epsilon:g}" in page.url
    assert page.evaluate("history.length") == stops
    expect_nudge(page, epsilon)
    page.get_by_test_id("stButtonGroup").nth(0).get_by_text("2", exact=True).click()
    wait_settled(page)
    expect_nudge(page, epsilon, unit=2)
    page.reload()
    wait_settled(page)
    expect_nudge(page, epsilon, unit=2)


def test_epsilon_by_keys_and_between_two_steps(page):
    open_paths(page, FIRST + "&eps=0.005")
    assert slider_of(page).input_value() == "0.005"
    expect_nudge(page, 0.005, between=0.005)
    open_paths(page, FIRST + "&eps=0.01")
    slider_of(page).press("ArrowLeft")
    page.wait_for_function("new URLSearchParams(location.search).get('eps') === '0'")
    wait_settled(page)
    expect_nudge(page, 0.0)
    expect(page.locator(".bp-scene p")).to_have_text("With ε = 0 nothing moves. Drag the slider.")
    slider_of(page).press("End")
    slider_of(page).press("ArrowLeft")
    expect(page.locator(".bp-scene output")).to_have_text("Nudge ε = 0.99")
    expect_nudge(page, 0.99)
    page.wait_for_function("location.search.includes('eps=0.99')")
    knock_out(page, 1)
    expect_nudge(page, 0.99)
    assert "eps=0.99" in page.url


@pytest.mark.parametrize("is_heard", [True, False])
def test_another_page_follows_at_once_and_begins_where_its_own_slider_does(page, is_heard):
    visit(page, "/total_derivative?t=0.15")
    page.locator("input[name=t]").press("ArrowLeft")
    if is_heard:
        page.wait_for_function("new URLSearchParams(location.search).get('t') === '0.1'")
        wait_settled(page)
    page.get_by_role("link", name="Derivative paths").click(delay=100)  # as long as a hand takes
    slider_of(page).wait_for()
    wait_settled(page)
    assert slider_of(page).input_value() == "0.1"
    slider_of(page).press("End")
    page.get_by_role("link", name="Total derivative").click(delay=100)
    page.locator("input[name=t]").wait_for()
    wait_settled(page)
    assert page.locator("input[name=t]").input_value() == "1"


def test_the_nudge_is_accessible_and_fits_a_phone(page, open_page):
    open_paths(page, FIRST + "&eps=-0.37")
    for theme in in_both_themes(page):
        assert serious_violations(page, theme=theme) == []
    assert slider_of(page).get_attribute("aria-label") == "Nudge ε"
    assert (
        slider_of(page).get_attribute("aria-valuetext").startswith("Nudge ε = −0.37. You move a¹₅ by −0.37.")
    )
    phone = open_page(viewport=PHONE)
    open_paths(phone, FIRST)
    phone.locator("[data-cell=remainder]").scroll_into_view_if_needed()
    scene, cell = (phone.locator(part).bounding_box() for part in (".bp-scene", "[data-cell=remainder]"))
    assert cell["x"] + cell["width"] <= scene["x"] + scene["width"] + 1
    assert slider_of(phone).bounding_box()["y"] >= 0
