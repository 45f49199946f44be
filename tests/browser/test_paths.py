import numpy as np
import pytest
from playwright.sync_api import expect

from tests.browser.helpers import wait_settled
from tests.expected import settings_of, step_of
from ui.names.timeline import find_step

FIRST = "flower=83&seed=41&unit=5"


def open_paths(page, query=FIRST):
    page.goto(f"/paths?{query}")
    wait_settled(page)


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
