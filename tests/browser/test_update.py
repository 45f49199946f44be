"""The weight update page in Chromium."""

from dataclasses import replace

from playwright.sync_api import Page, expect

from tests.browser.helpers import wait_settled
from tests.browser.stage_page import cells, open_stage
from tests.expected import settings_of, step_of
from ui.names.timeline import find_step
from ui.state.recording import recorded_step

READ_COSTS = """
() => Object.fromEntries([...document.querySelectorAll("[data-cost]")]
  .map(({ dataset: d }) => [d.cost, Number(d.value)]))
"""


def open_update(page: Page, query: str = "") -> None:
    page.goto(f"/update?{query}" if query else "/update")
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


def test_the_point_is_on_the_first_screen(page):
    open_update(page)
    for shown in (page.locator("[data-cost=predicted]"), page.locator("[data-output='after:2']")):
        box = shown.bounding_box()
        assert box["y"] + box["height"] < 768
    chart = page.locator(".st-key-sweep").bounding_box()
    assert chart["y"] + chart["height"] < 600
