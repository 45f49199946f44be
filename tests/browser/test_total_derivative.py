"""The total derivative page in Chromium."""

from playwright.sync_api import Page, expect

from backprop.total_derivative import PRESETS, evaluate
from tests.browser.helpers import wait_settled

READ_TOTALS = """
() => Object.fromEntries([...document.querySelectorAll("[data-total]")]
  .map(({ dataset: d }) => [d.total, Number(d.value)]))
"""


def open_example(page: Page, query: str = "") -> None:
    page.goto(f"/total_derivative?{query}" if query else "/total_derivative")
    page.locator("[data-total]").first.wait_for()
    wait_settled(page)


def total(page: Page) -> float:
    return page.evaluate(READ_TOTALS)["sum"]


def test_sliding_t_changes_every_number_and_the_link(page):
    open_example(page)
    slider = page.get_by_role("slider")
    for _ in range(3):
        slider.press("ArrowRight")
    wait_settled(page)
    assert total(page) == evaluate("2xy3", ("t2", "sin"), 1.15).total
    assert "t=1.15" in page.url
    page.reload()
    page.locator("[data-total]").first.wait_for()
    wait_settled(page)
    assert total(page) == evaluate("2xy3", ("t2", "sin"), 1.15).total


def test_choosing_functions(page):
    open_example(page, "t=0.5")
    page.get_by_role("combobox", name="y(t)").click()
    page.get_by_role("option", name="minus-t", exact=True).click()
    wait_settled(page)
    assert total(page) == evaluate("2xy3", ("t2", "minus-t"), 0.5).total
    page.get_by_role("combobox", name="f", exact=True).click()
    page.get_by_role("option", name="xyz", exact=True).click()
    wait_settled(page)
    assert total(page) == evaluate("xyz", ("t2", "minus-t", "decay"), 0.5).total
    expect(page.locator("svg[aria-label^='Three paths']")).to_be_visible()


def test_presets_follow_one_another_and_back_returns(page):
    open_example(page)
    for preset in PRESETS.values():
        page.locator(f"a[title='{preset.title}']").click()
        wait_settled(page)
        assert total(page) == evaluate(preset.outer, preset.inners, preset.t).total
    page.go_back()
    wait_settled(page)
    *_, before, _ = PRESETS.values()
    assert total(page) == evaluate(before.outer, before.inners, before.t).total


def test_to_the_network_and_back(page):
    open_example(page, "flower=3&f=sum&x=t&y=minus-t")
    page.get_by_role("link", name="The same sum in the network").click()
    page.get_by_test_id("stage").wait_for()
    wait_settled(page)
    assert "flower=3" in page.url
    page.go_back()
    page.locator("[data-total]").first.wait_for()
    wait_settled(page)
    assert total(page) == 0
    expect(page.get_by_test_id("verdict")).to_contain_text("The paths cancel")


def test_the_point_is_on_the_first_screen(page):
    open_example(page, "f=xyz")
    box = page.get_by_test_id("verdict").bounding_box()
    assert box["y"] + box["height"] < 600
    boxes = page.locator(".bp-trio > svg").evaluate_all("all => all.map(e => e.getBoundingClientRect().y)")
    assert len(boxes) == 3
    assert max(boxes) - min(boxes) < 20  # side by side
