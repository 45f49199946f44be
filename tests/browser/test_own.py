"""A network of one's own in a real browser: pasted by keyboard, walked through, shared, opened elsewhere."""

import numpy as np
from playwright.sync_api import expect

from tests.browser.helpers import wait_settled
from tests.browser.shown import SHOWN, query_of
from tests.browser.stage_page import cells, position, press
from tests.browser.visits import visit
from tests.expected import settings_of
from ui.names.timeline import find_step
from ui.state.recording import recorded_step

TEXT = """x = 0,05 0,10
y = [0.01, 0.99]
W1 = [0.15 0.20; 0.25 0.30]
b1 = 0.35
W2 = [[0.40, 0.45],
      [0.50, 0.55]]
b2 = 3/5
inputs = hours, sleep
eta = 0.5"""


def test_a_pasted_example_is_walked_through_shared_and_opened_elsewhere(open_page):
    page = open_page()
    visit(page, "/walkthrough")
    page.get_by_role("button", name="Own numbers").press("Enter")
    dialog = page.get_by_role("dialog")
    field = dialog.get_by_label("Numbers", exact=True)
    field.fill(f"{TEXT}\nb3 = 1")
    field.press("Control+Enter")
    expect(dialog.get_by_text("Line 10: Expected biases of layers 1 to 2")).to_be_visible()
    field.fill(TEXT)
    field.press("Control+Enter")
    expect(dialog.get_by_text("2 inputs, 2 hidden units, 2 outputs; 1 observation")).to_be_visible()
    dialog.get_by_role("button", name="Show this network").press("Enter")
    expect(dialog).to_have_count(0)
    stage = page.get_by_test_id("stage")
    expect(stage.get_by_text("hours").first).to_be_visible()
    wait_settled(page)
    settings = settings_of(**query_of(page))
    step = recorded_step(settings)
    assert settings.data == "own"
    assert abs(step.loss_before - 0.298371109) < 5e-10
    for number in range(1, 1 + find_step(settings.config, "1.II")):
        press(page, stage, "ArrowRight", number)
    shown = {(name, row, column): value for name, _, row, column, value in cells(stage)}
    terms = step.vjp("z2", "a1").path_terms
    for place in np.ndindex(terms.shape):
        assert shown["z2/a1:path_terms", *place] == terms[place]
    wait_settled(page)
    seen = page.evaluate(SHOWN)
    other = open_page(fresh=True)
    other.goto(page.url)
    wait_settled(other)
    assert other.evaluate(SHOWN) == seen
    assert position(other.get_by_test_id("stage")) == find_step(settings.config, "1.II")


def test_a_mistyped_network_can_be_left_and_comes_back_by_the_browser(page):
    visit(page, "/update?flower=60")
    page.get_by_role("button", name="Own numbers").press("Enter")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Numbers", exact=True).fill("x = 1\ny = two")
    dialog.get_by_label("Numbers", exact=True).press("Control+Enter")
    expect(dialog.get_by_text("Line 2: Expected a number")).to_be_visible()
    dialog.get_by_role("button", name="Show this network").click()
    expect(dialog.get_by_text("Line 2: Expected a number")).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    assert query_of(page) == {"flower": "60"}
