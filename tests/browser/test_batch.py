import numpy as np
import pytest
from playwright.sync_api import expect

from backprop import init_params, per_observation_gradients
from tests.browser.helpers import wait_settled
from tests.browser.visits import visit
from tests.expected import settings_of, step_of
from ui.state.data import load_iris
from ui.views.batch.data import chosen_flowers


def open_batch(page, query=""):
    visit(page, f"/batch?{query}")
    page.locator("[data-bar]").first.wait_for()
    wait_settled(page)


def terms_of(row, column) -> dict[str, float]:
    """What each flower of the default batch says about an entry of dC/dW of the last layer."""
    settings, iris = settings_of(), load_iris()
    flowers = chosen_flowers("random", 6, 39)
    X, Y = iris.X[list(flowers)], iris.Y[list(flowers)]
    single = per_observation_gradients(settings.config, init_params(settings.config, settings.seed), X, Y)
    return dict(zip(map(str, flowers), single.weights[-1][:, row, column].tolist(), strict=True))


def bars(page) -> dict[str, float]:
    read = "bars => bars.map(bar => [bar.dataset.bar, Number(bar.dataset.value)])"
    return dict(page.locator("[data-bar]").evaluate_all(read))


def test_a_cell_shows_its_flowers_and_a_flower_opens_with_its_number(page):
    open_batch(page)
    page.evaluate("window.sameDocument = true")
    assert bars(page) == pytest.approx(terms_of(1, 4), abs=1e-14)
    cell = page.locator('[data-cell="gradient:0:1"] a')
    cell.focus()
    page.keyboard.press("Enter")
    wait_settled(page)
    assert "row=1&col=2" in page.url
    expected = terms_of(0, 1)
    assert bars(page) == pytest.approx(expected, abs=1e-14)
    expect(page.locator('[data-cell="gradient:0:1"] a')).to_have_attribute("aria-current", "true")
    heights = page.locator(".bp-bars-fill").evaluate_all("all => all.map(bar => bar.offsetHeight)")
    sizes = np.abs(list(bars(page).values()))
    np.testing.assert_allclose(np.array(heights) / max(heights), sizes / sizes.max(), atol=0.02)

    flower = max(expected, key=lambda name: abs(expected[name]))
    page.locator(f'[data-bar="{flower}"]').click()
    stage = page.get_by_test_id("stage")
    shown = stage.locator('[data-matrix="W2:gradient"][data-row="0"][data-col="1"]').first
    expect(shown).to_be_visible()
    gradient = step_of(settings_of(flower=int(flower))).gradients["W2"]
    assert float(shown.get_attribute("data-value")) == gradient[0, 1] == pytest.approx(expected[flower])
    assert page.evaluate("window.sameDocument") is True
    page.go_back()
    wait_settled(page)
    assert bars(page) == pytest.approx(expected, abs=1e-14)


def test_both_sums_are_side_by_side_on_the_first_screen(page):
    open_batch(page)
    left, right = (page.locator(f".bp-over-{kind}").bounding_box() for kind in ("flowers", "paths"))
    assert left["x"] + left["width"] <= right["x"]
    assert left["y"] == right["y"]
    assert max(box["y"] + box["height"] for box in (left, right)) <= 768
    for table in page.locator(".bp-products .bp-scroll").all():
        assert table.evaluate("box => box.scrollWidth <= box.clientWidth")
