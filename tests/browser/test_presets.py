"""Examples and edited numbers with mouse and keyboard."""

import pytest
from playwright.sync_api import expect

from tests.browser.helpers import PHONE, wait_settled
from tests.browser.visits import visit
from tests.expected import settings_of, step_of
from ui.state.presets import PRESETS

DEAD = next(preset for preset in PRESETS if preset.name == "Dead ReLU")


def cost_on(page) -> float:
    return float(page.locator("[data-cost=before]").get_attribute("data-value"))


def test_an_example_is_one_step_of_history_and_its_menu_closes(page):
    visit(page, "/update?seed=3")
    page.get_by_role("button", name="Examples").click()
    entry = page.get_by_role("link", name="Dead ReLU")
    entry.click()
    wait_settled(page)
    assert page.url.endswith("/update?seed=48&lr=2.5&epoch=2")
    assert cost_on(page) == step_of(DEAD.settings).loss_before
    expect(entry).to_be_hidden()
    expect(page.get_by_role("note")).to_contain_text("Its three paths are alive")
    page.go_back()
    wait_settled(page)
    assert page.url.endswith("/update?seed=3")
    assert cost_on(page) == step_of(settings_of(seed=3)).loss_before
    expect(page.get_by_role("note")).to_have_count(0)


def test_on_a_phone_an_example_is_not_left_under_the_sidebar_and_stays_in_its_frame(open_page):
    page = open_page(viewport=PHONE)
    page.goto("/update?embed=true")
    wait_settled(page)
    page.get_by_test_id("stExpandSidebarButton").click()
    page.get_by_role("button", name="Examples").click()
    page.get_by_role("link", name="Dead ReLU").click()
    wait_settled(page)
    expect(page.get_by_test_id("stSidebarCollapseButton")).to_have_count(0)
    expect(page.get_by_role("note")).to_be_in_viewport()
    assert "embed=true" in page.url
    assert cost_on(page) == step_of(DEAD.settings).loss_before


def test_a_typed_number_is_computed_with_and_stands_in_the_link(page):
    visit(page, "/update")
    page.get_by_role("button", name="Edit numbers").click()
    dialog = page.get_by_role("dialog")
    wait_settled(page)
    field = dialog.get_by_role("textbox", name="x₁", exact=True)
    field.fill("0.123456789")
    field.press("Enter")
    expect(dialog.get_by_text("1 of up to 120 numbers edited.")).to_be_visible()
    dialog.get_by_role("button", name="Apply").click()
    expect(dialog).to_be_hidden()
    wait_settled(page)
    assert page.url.endswith("/update?edit=x_1_0.123456789")
    assert cost_on(page) == pytest.approx(step_of(settings_of(edit="x_1_0.123456789")).loss_before, rel=1e-15)
    page.get_by_role("button", name="Put it back").click()
    wait_settled(page)
    assert page.url.endswith("/update")
    assert cost_on(page) == step_of(settings_of()).loss_before
