"""The stage by keyboard, for screen readers, on a projector, and without motion."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import serious_violations
from tests.browser.helpers import in_both_themes, wait_settled
from tests.browser.stage_page import assert_every_step_fits, open_stage, position, press
from tests.expected import settings_of, step_of
from ui.names.numbers import short
from ui.names.timeline import find_step

TOTAL = find_step(settings_of().config, "1.II")
STEPS = ["x", "2.III", "1.II", "update.1"]
SIZES_OF_TEXTS = """
stage => [...stage.querySelectorAll(":not(title)")]
  .filter((part) => [...part.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim()))
  .filter((part) => part.checkVisibility() && part.getBoundingClientRect().width && !part.closest(".live"))
  .map((part) => [parseFloat(getComputedStyle(part).fontSize), part.textContent])
"""
NUMBERS_OVER_SQUARES = """
stage => [...stage.querySelectorAll(".many td[data-value]")]
  .map((cell) => getComputedStyle(cell, "::after"))
  .filter(({ content }) => content !== "none")
  .map(({ content, fontSize }) => [content.slice(1, -1), parseFloat(fontSize)])
"""
"""Each number that is drawn over its square, and its size in pixels."""


@pytest.mark.parametrize("present", ["", "&present=1"])
def test_axe_finds_nothing_serious(open_page, present):
    page = open_page(reduced_motion="reduce")
    stage = open_stage(page, f"step=0{present}")
    found = []
    for theme in in_both_themes(page):
        for step_id in STEPS[:: 4 if present else 2]:
            number = find_step(settings_of().config, step_id)
            stage.locator(f'.chip[data-position="{number}"]').click()
            found += [f"{theme}: {violation}" for violation in serious_violations(page, "stage", theme)]
    assert "\n".join(sorted(set(found))) == ""


def test_one_sentence_a_step_for_screen_readers(page):
    stage = open_stage(page, f"step={TOTAL}")
    value = step_of(settings_of()).cotangent("a1")[3]
    expect(stage.locator("[aria-live=polite]")).to_have_text(
        f"Step {TOTAL + 1} of 21: Every path into the activations of layer 1. ∂C/∂a¹₄ = {value:.3f}. "
        "3 paths summed: total derivative."
    )


def test_cells_and_units_by_keyboard(page):
    stage = open_stage(page, f"step={TOTAL}")
    for _ in range(60):
        page.keyboard.press("Tab")
        if stage.evaluate("stage => stage.getRootNode().activeElement?.dataset.matrix") == "z2/a1:path_terms":
            break
    focused = (
        "stage => { const d = stage.getRootNode().activeElement.dataset; return [d.matrix, d.row, d.col]; }"
    )
    assert stage.evaluate(focused) == ["z2/a1:path_terms", "0", "0"]
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    assert stage.evaluate(focused) == ["z2/a1:path_terms", "1", "1"]
    expect(stage.locator(".written")).to_contain_text("∂C/∂a¹₂ =")
    page.keyboard.press("Enter")
    stage.locator('[data-matrix="z2/a1:path_terms"][data-col="3"]').first.hover()
    expect(stage.locator(".written")).to_contain_text("∂C/∂a¹₂ =")
    assert position(stage) == TOTAL
    page.keyboard.press("Escape")
    stage.locator('[data-node="x:0"]').focus()  # in the network they go from unit to unit
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    expect(stage.locator(".written")).to_contain_text("∂C/∂a¹₂ =")
    assert position(stage) == TOTAL
    page.keyboard.press("Escape")
    press(page, stage, "ArrowRight", TOTAL + 1)


def test_presenter_mode_by_key_and_by_link(page):
    stage = open_stage(page, f"step={TOTAL}")
    wait_settled(page)
    page.keyboard.press("p")
    page.wait_for_url("**present=1*")
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
    page.reload()
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
    stage = page.get_by_test_id("stage")
    assert position(stage) == TOTAL
    page.keyboard.press("P")
    expect(page.get_by_test_id("stSidebar")).to_be_visible()
    page.wait_for_url(re.compile(r"/walkthrough\?step=13$"))


def test_all_labels_are_large_on_a_projector_beside_network_and_sentence(page):
    stage = open_stage(page, f"step={TOTAL}&present=1")
    for width, height, smallest in ((1280, 720, 18), (1920, 1080, 24)):
        page.set_viewport_size({"width": width, "height": height})
        wait_settled(page)
        sizes = stage.evaluate(SIZES_OF_TEXTS)
        assert len(sizes) > 100
        assert min(sizes)[0] >= smallest, min(sizes)
        for part in (".network", ".say", ".tables"):
            expect(stage.locator(part)).to_be_visible()
        assert bottom_of(stage.locator(".tables")) <= height
    page.keyboard.press("e")
    expect(stage.locator(".say")).to_be_hidden()
    page.keyboard.press("e")
    expect(stage.locator(".say")).to_be_visible()


def test_results_of_two_hidden_layers_are_on_the_projector(page):
    page.set_viewport_size({"width": 1280, "height": 720})
    stage = open_stage(page, "present=1&hidden=6-5")
    assert_every_step_fits(page, stage, 720)


def test_sixteen_units_are_on_the_projector_as_squares_with_the_numbers_that_are_spoken_of(page):
    page.set_viewport_size({"width": 1280, "height": 720})
    stage = open_stage(page, "present=1&hidden=16-16&step=21")
    shown = stage.evaluate(NUMBERS_OVER_SQUARES)
    step, unit = step_of(settings_of(hidden="16-16")).vjp("z2", "a1"), 3
    spoken_of = *step.jacobian[:, unit], *step.path_terms[:, unit], step.cotangent[unit]
    assert [number for number, _ in shown] == [short(number) for number in spoken_of]
    assert min(size for _, size in shown) >= 18
    assert_every_step_fits(page, stage, 720)


def test_path_terms_and_their_sum_are_in_sight_and_buttons_stay(page):
    """On a phone, and on half a screen beside the sidebar."""
    for width, height in ((390, 844), (1024, 768)):
        page.set_viewport_size({"width": width, "height": height})
        stage = open_stage(page, f"step={TOTAL - 1}")
        buttons = stage.get_by_role("button", name="Next step")
        before = buttons.bounding_box()
        press(page, stage, "ArrowRight", TOTAL)
        assert buttons.bounding_box() == before
        assert bottom_of(stage.locator(".sum-row")) <= height
        assert stage.locator(".tables").evaluate("box => box.scrollWidth <= box.clientWidth")


def bottom_of(part):
    box = part.bounding_box()
    return box["y"] + box["height"]


def test_every_step_fits_the_projector(page):
    stage = open_stage(page, "present=1")
    assert_every_step_fits(page, stage)


def test_motion_ends_within_a_quarter_of_a_second_and_can_be_refused(open_page):
    moving = (
        "stage => stage.getAnimations({ subtree: true }).map(({ effect }) => effect.getTiming().duration)"
    )
    page = open_page()
    stage = open_stage(page, f"step={TOTAL - 1}")
    wait_settled(page)
    page.wait_for_timeout(250)  # who goes on sooner than a motion takes gets none
    press_key = "document.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight' }))"
    durations = stage.evaluate(f"stage => {{ {press_key}; return ({moving})(stage); }}")
    assert durations
    assert max(durations) <= 250
    calm = open_page(reduced_motion="reduce")
    stage = open_stage(calm, f"step={TOTAL - 1}")
    wait_settled(calm)
    press(calm, stage, "ArrowRight", TOTAL)
    assert stage.evaluate(moving) == []
