import pytest
from playwright.sync_api import Page, expect

from backprop import init_params, per_observation_gradients
from tests.browser.helpers import NOTE_SENT, wait_settled
from tests.browser.visits import visit
from tests.expected import settings_of, step_of
from ui.state.data import load_iris
from ui.views.batch.data import chosen_flowers


def open_batch(page: Page, query: str = "") -> None:
    visit(page, f"/batch?{query}")
    page.locator("[data-bar]").first.wait_for()
    wait_settled(page)


def terms_of(row: int, column: int) -> dict[str, float]:
    """What each flower of the default batch says about an entry of dC/dW of the last layer."""
    settings, iris = settings_of(), load_iris()
    flowers = chosen_flowers("random", 6, 39)
    X, Y = iris.X[list(flowers)], iris.Y[list(flowers)]
    single = per_observation_gradients(settings.config, init_params(settings.config, settings.seed), X, Y)
    return dict(zip(map(str, flowers), single.weights[-1][:, row, column].tolist(), strict=True))


def bars(page: Page) -> dict[str, float]:
    read = "bars => bars.map(bar => [bar.dataset.bar, Number(bar.dataset.value)])"
    return dict(page.locator("[data-bar]").evaluate_all(read))


def number(page: Page, name: str) -> float:
    return float(page.locator(f"[data-term='{name}']").get_attribute("data-value"))


def expect_entry(page: Page, row: int, column: int) -> None:
    """That products, bars, mean and sentence are those of this entry."""
    terms = terms_of(row, column)
    assert bars(page) == pytest.approx(terms, abs=1e-14)
    assert {flower: number(page, f"n:{flower}") for flower in terms} == bars(page)
    assert number(page, "n:mean") == pytest.approx(sum(terms.values()) / 6, abs=1e-14)
    assert (
        page.locator(".bp-scene h2").first.text_content()
        == f"Who pulls dC/dw2{row + 1}{column + 1} up, who down?"
    )
    factors = page.locator(".bp-of-D .bp-down").evaluate_all("cells => cells.map(cell => cell.dataset.cell)")
    assert factors == [f"D:{flower}:{row}" for flower in terms]


NOTE_FRAMES = """
() => {
  window.frames_ = [];
  const scene = document.querySelector(".bp-scene");
  for (const kind of ["click", "keydown"]) scene.addEventListener(kind, () => {
    const before = window.sent;
    requestAnimationFrame(() => {
      const mean = Number(document.querySelector("[data-term='n:mean']").dataset.value);
      window.frames_.push([document.activeElement.dataset.cell, mean, window.sent - before]);
    });
  }, true);
}
"""
"""What is focused, the mean, and how many messages were sent: one frame after a click or a key."""


def test_pointing_shows_a_cell_and_keys_choose_one_before_the_server_hears_of_it(page):
    open_batch(page)
    expect_entry(page, 1, 4)
    page.evaluate(NOTE_SENT)
    page.locator('[data-cell="gradient:0:1"]').hover()
    expect_entry(page, 0, 1)
    page.locator('[data-cell="D:51:2"]').hover()
    expect_entry(page, 2, 4)
    page.locator(".bp-title").hover()
    expect_entry(page, 1, 4)
    assert page.evaluate("window.sent") == 0
    page.evaluate(NOTE_FRAMES)
    page.locator('[data-cell="A:51:2"]').click()
    for key in ("ArrowDown",) * 4:
        page.keyboard.press(key)
    page.wait_for_function("window.frames_.length === 5")
    first, second = (sum(terms_of(row, 2).values()) / 6 for row in (1, 0))
    cells = ("A:51:2", "A:54:2", "A:122:2", "A:133:2", "gradient:0:2")
    expected = [[cell, pytest.approx(first), 0] for cell in cells]
    expected[-1][1] = pytest.approx(second)
    assert page.evaluate("window.frames_") == expected
    page.wait_for_function("location.search === '?row=1&col=3&pick=133'")
    wait_settled(page)
    expect_entry(page, 0, 2)
    through = page.locator('[data-cell="through:133:2"]')
    assert number(page, "k:sum") == float(through.get_attribute("data-value"))
    assert page.locator(".bp-products [tabindex='0']").count() == 1


def test_bars_are_behind_their_links_which_open_their_flowers(page):
    open_batch(page, "row=1&col=2")
    page.evaluate("window.sameDocument = true")
    expected = terms_of(0, 1)
    plot = page.locator(".bp-bars-plot").bounding_box()
    assert page.locator(".bp-bars-fills").bounding_box() == pytest.approx(plot)
    flower = max(expected, key=lambda name: abs(expected[name]))
    page.locator(f'[data-bar="{flower}"]').click()
    stage = page.get_by_test_id("stage")
    shown = stage.locator('[data-matrix="W2:gradient"][data-row="0"][data-col="1"]').first
    expect(shown).to_be_visible()
    gradient = step_of(settings_of(flower=int(flower))).gradients["W2"]
    assert float(shown.get_attribute("data-value")) == gradient[0, 1] == pytest.approx(expected[flower])
    assert page.evaluate("window.sameDocument") is True
    page.go_back()
    page.locator("[data-bar]").first.wait_for()
    wait_settled(page)
    assert bars(page) == pytest.approx(expected, abs=1e-14)


@pytest.mark.parametrize("query", ["", "flowers=all&hidden=16-16"])
def test_both_sums_are_on_the_first_screen_as_their_matrices_stand(page, query):
    open_batch(page, query)
    boxes = {
        name: page.locator(f".bp-products > .bp-{name}").bounding_box()
        for name in ("of-D", "of-A", "of-gradient", "of-W", "of-through", "total-down", "total-across")
    }
    for box in boxes.values():
        assert box["y"] + box["height"] <= 768
        assert box["x"] + box["width"] <= 1366 - 32
    for one, other in (("A", "gradient"), ("W", "through")):  # below each other, column by column
        lefts = [
            page.locator(f".bp-of-{name} tr:last-child td").evaluate_all(
                "cells => cells.map(cell => Math.round(cell.getBoundingClientRect().x))"
            )
            for name in (one, other)
        ]
        length = min(map(len, lefts))
        assert lefts[0][:length] == lefts[1][:length]
    tops = [
        page.locator(f".bp-of-{name} tr:last-child").bounding_box()["y"] for name in ("D", "A", "through")
    ]
    assert max(tops) - min(tops) < 1
    assert page.evaluate("document.querySelector('.stMain').scrollHeight") <= 3 * 768
