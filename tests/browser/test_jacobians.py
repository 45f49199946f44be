import numpy as np
import pytest
from playwright.sync_api import expect

from tests.browser.helpers import DESKTOP, in_both_themes, wait_settled
from tests.browser.visits import visit
from tests.expected import settings_of, step_of
from ui.names.timeline import find_step

MATRIX = """
plot => {
  const heatmap = plot._fullData[0];
  return heatmap.z.map(row => row.filter(value => value !== null && !Number.isNaN(value)));
}
"""
TEXTS = 'plot => [...plot.querySelectorAll(".heatmaplayer text")].map(text => text.textContent)'


def open_jacobians(page, query=""):
    visit(page, f"/jacobians?{query}")
    return page.locator('[class*="figure_jacobian"] .js-plotly-plot')


def matrix(plot) -> np.ndarray:
    expect(plot.locator(".heatmaplayer image")).to_have_count(1)
    return np.array(plot.evaluate(MATRIX))


def test_the_heatmap_is_drawn_with_the_numbers_of_the_core(page):
    plot = open_jacobians(page, "flower=7&seed=5")
    W = step_of(settings_of(flower=7, seed=5)).params.weights[1]
    np.testing.assert_array_equal(matrix(plot), W)
    shown = [float(text.replace("−", "-")) for text in plot.evaluate(TEXTS)]
    np.testing.assert_allclose(sorted(shown), np.sort(W.ravel()), rtol=0.006)
    expect(page.get_by_text("3 paths summed: total derivative")).to_be_visible()


def test_every_small_picture_leads_to_its_large_one(page):
    plot = open_jacobians(page, "seed=5&hidden=3")
    step = step_of(settings_of(seed=5, hidden="3"))
    page.evaluate("window.sameDocument = true")
    for vjp_step in step.vjp_steps:
        key = f"{vjp_step.output}-{vjp_step.wrt}"
        page.locator(f'[data-jacobian="{key}"]').click()
        expect(page.locator(f'[data-jacobian="{key}"]')).to_have_attribute("aria-current", "true")
        wait_settled(page)
        shown = matrix(plot)
        assert shown.size == vjp_step.jacobian.size, key
        assert shown.sum() == pytest.approx(vjp_step.jacobian.sum(), rel=1e-12), key
        assert f"jacobian={key}" in page.url
    page.go_back()
    wait_settled(page)
    before = step.vjp_steps[-2]
    np.testing.assert_array_equal(matrix(plot), before.jacobian)
    assert page.evaluate("window.sameDocument")


def test_the_choice_survives_a_change_of_flower_and_a_reload(page):
    plot = open_jacobians(page, "jacobian=a2-z2")
    page.get_by_text("Jacobian by Jacobian").click()
    page.get_by_role("spinbutton", name="Flower").fill("3")
    page.keyboard.press("Enter")
    wait_settled(page)
    expect(page.locator('[data-cell="a2-z2:0"]')).to_be_visible()  # what was unfolded stays so
    expected = step_of(settings_of(flower=3)).vjp("a2", "z2").jacobian
    np.testing.assert_array_equal(matrix(plot), expected)
    page.reload()
    wait_settled(page)
    np.testing.assert_array_equal(matrix(plot), expected)


def test_link_to_the_step_of_the_walkthrough(page):
    open_jacobians(page, "hidden=4-3&jacobian=z3-a2")
    page.get_by_role("link", name="See it in the walkthrough").click()
    step = find_step(settings_of(hidden="4-3").config, "2.I")
    expect(page.get_by_test_id("stage")).to_have_attribute("data-step", str(step))


def test_numbers_in_cells_have_the_colour_of_the_page(page):
    plot = open_jacobians(page)
    inks = []
    for _ in in_both_themes(page):
        inks.append(page.get_by_test_id("stApp").evaluate("app => getComputedStyle(app).color"))
        for part in (".heatmaplayer text", ".xtick text", ".ytick text", ".gtitle"):
            assert plot.locator(part).first.evaluate("text => getComputedStyle(text).fill") == inks[-1], part
    assert inks[0] != inks[1]


@pytest.mark.parametrize("query", ["", "hidden=16-16&jacobian=z2-W2"])
def test_the_page_is_at_most_three_screens(page, query):
    open_jacobians(page, query)
    height = page.get_by_test_id("stMain").evaluate("main => main.scrollHeight")
    assert height <= 3 * DESKTOP["height"]
    if not query:  # the large Jacobian, what goes in, and what comes out
        for part in (".bp-badge", "[data-vector='in:0:0']", "[data-vector='out:0:0']"):
            expect(page.locator(part)).to_be_in_viewport()
