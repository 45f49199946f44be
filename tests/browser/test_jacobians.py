import numpy as np
import pytest
from playwright.sync_api import expect

from tests.browser.helpers import DESKTOP, in_both_themes, wait_settled
from tests.browser.visits import visit
from tests.expected import settings_of, step_of
from ui.names.numbers import short
from ui.names.timeline import find_step

NUMBERS = "cells => cells.map(({ dataset, textContent }) => [dataset.cell, dataset.value, textContent])"


def open_jacobians(page, query=""):
    visit(page, f"/jacobians?{query}")


def numbers(page) -> dict[tuple[int, ...], tuple[str, str]]:
    """Of the large Jacobian, by their places: with every digit, and as they are written."""
    cells = page.locator(".st-key-jacobian_scene [data-cell]")
    cells.first.wait_for()
    shown = cells.evaluate_all(NUMBERS)
    return {tuple(map(int, name.split(":")[1:])): (value, text) for name, value, text in shown}


def see_jacobian(page, jacobian: np.ndarray) -> None:
    """It is the large one, every digit of it."""
    shown = {place: float(value) for place, (value, _) in numbers(page).items()}
    assert shown == dict(np.ndenumerate(np.atleast_2d(jacobian)))


def test_the_large_jacobian_is_drawn_with_the_numbers_of_the_core(page):
    open_jacobians(page, "flower=7&seed=5")
    W = step_of(settings_of(flower=7, seed=5)).params.weights[1]
    see_jacobian(page, W)
    assert {place: text for place, (_, text) in numbers(page).items()} == {
        place: short(weight) for place, weight in np.ndenumerate(W)
    }
    expect(page.get_by_text("3 paths summed: total derivative")).to_be_visible()


LIT = "cells => cells.map(cell => cell.dataset.cell ?? cell.dataset.vector ?? cell.dataset.route)"


def test_what_is_multiplied_and_summed_lights_up(page):
    open_jacobians(page)
    lit = page.locator(".bp-large td.bp-lit, [data-vector].bp-lit")
    for part, expected in {
        "[data-vector='in:0:1']": ["in:0:1", *(f"jacobian:1:{j}" for j in range(5)), *of_routes(1)],
        "[data-vector='out:0:2']": ["out:0:2", *(f"jacobian:{k}:2" for k in range(3))],
        ".st-key-jacobian_scene th[scope='row'] >> nth=1": [
            "in:0:1",
            *(f"jacobian:1:{j}" for j in range(5)),
            *of_routes(1),
        ],
        "[data-route='W2-full:2:3']": ["W2-full:2:3", "W2-shortcut:2:3"],
    }.items():
        page.locator(part).hover()
        assert sorted(lit.evaluate_all(LIT)) == sorted(expected), part
    visit(page, "/jacobians?jacobian=z2-W2")
    page.locator("[data-route='W2-full:2:3']").hover()
    expected = ["W2-full:2:3", "W2-shortcut:2:3", *(f"jacobian:{k}:2:3" for k in range(3))]
    assert sorted(lit.evaluate_all(LIT)) == sorted(expected)


def of_routes(row: int) -> list[str]:
    return [f"W2-{route}:{row}:{j}" for route in ("full", "shortcut") for j in range(5)]


def test_every_small_picture_leads_to_its_large_one(page):
    open_jacobians(page, "seed=5&hidden=3")
    step = step_of(settings_of(seed=5, hidden="3"))
    page.evaluate("window.sameDocument = true")
    for vjp_step in step.vjp_steps:
        key = f"{vjp_step.output}-{vjp_step.wrt}"
        page.locator(f'[data-jacobian="{key}"]').click()
        expect(page.locator(f'[data-jacobian="{key}"]')).to_have_attribute("aria-current", "true")
        wait_settled(page)
        see_jacobian(page, vjp_step.jacobian)
        assert f"jacobian={key}" in page.url
    page.go_back()
    wait_settled(page)
    see_jacobian(page, step.vjp_steps[-2].jacobian)
    assert page.evaluate("window.sameDocument")


def test_the_choice_survives_a_change_of_flower_and_a_reload(page):
    open_jacobians(page, "jacobian=a2-z2")
    page.get_by_text("Jacobian by Jacobian").click()
    page.get_by_role("spinbutton", name="Flower").fill("3")
    page.keyboard.press("Enter")
    wait_settled(page)
    expect(page.locator('[data-cell="a2-z2:0"]')).to_be_visible()  # what was unfolded stays so
    expected = step_of(settings_of(flower=3)).vjp("a2", "z2").jacobian
    see_jacobian(page, expected)
    page.reload()
    wait_settled(page)
    see_jacobian(page, expected)


def test_link_to_the_step_of_the_walkthrough(page):
    open_jacobians(page, "hidden=4-3&jacobian=z3-a2")
    page.get_by_role("link", name="See it in the walkthrough").click()
    step = find_step(settings_of(hidden="4-3").config, "2.I")
    expect(page.get_by_test_id("stage")).to_have_attribute("data-step", str(step))


def test_numbers_of_a_picture_to_save_have_the_colour_of_the_page(page):
    open_jacobians(page)
    page.get_by_text("Save as a picture").click()
    picture, inks = page.locator(".js-plotly-plot").first, []
    for _ in in_both_themes(page):
        inks.append(page.get_by_test_id("stApp").evaluate("app => getComputedStyle(app).color"))
        for part in (".heatmaplayer text", ".xtick text", ".ytick text", ".gtitle"):
            drawn = picture.locator(part).first
            assert drawn.evaluate("text => getComputedStyle(text).fill") == inks[-1], part
    assert inks[0] != inks[1]


@pytest.mark.parametrize("query", ["", "hidden=16-16&jacobian=z2-W2"])
def test_the_page_is_at_most_three_screens(page, query):
    open_jacobians(page, query)
    height = page.get_by_test_id("stMain").evaluate("main => main.scrollHeight")
    assert height <= 3 * DESKTOP["height"]
    if not query:  # the large Jacobian, what goes in, and what comes out
        for part in (".bp-badge", "[data-vector='in:0:0']", "[data-vector='out:0:0']"):
            expect(page.locator(part)).to_be_in_viewport()
