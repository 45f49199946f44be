"""The chain-rule lab in Chromium."""

from playwright.sync_api import Page, expect

from backprop import init_params, train
from tests.browser.helpers import wait_settled
from tests.browser.visits import visit
from tests.expected import settings_of
from ui.state.data import load_iris

WIDTHS = """
[document.documentElement, document.querySelector(".stMain"), document.querySelector(".stMainBlockContainer")]
  .map(e => e.scrollWidth)
"""


def cell(page: Page, key: str) -> float:
    return float(page.locator(f'[data-cell="{key}"]').get_attribute("data-value"))


def test_predict_then_run_then_compare(open_page):
    page = open_page(viewport={"width": 390, "height": 844})
    visit(page, "/chain_rule_lab?lab_seeds=1&lab_epochs=2")
    ranking = page.get_by_role("combobox", name="Your prediction")
    ranking.wait_for()
    wait_settled(page)
    assert page.locator("[data-cell]").count() == 0
    assert page.get_by_role("button", name="Predict and run").bounding_box()["y"] < 844
    for rule in ("Last layer only", "Total derivative", "Single path ①", "Diagonal softmax"):
        ranking.fill(rule)
        page.get_by_role("option", name=rule).click()
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Predict and run").click()
    expect(page.locator(".bp-lab-prediction")).to_contain_text("pairs of rules")
    wait_settled(page)
    assert "lab_order=last-total-single-diagonal-biases" in page.url
    settings, iris = settings_of(), load_iris()
    start = init_params(settings.config, settings.seed)
    run = train(settings.config, start, iris.X, iris.Y, 2, settings.learning_rate)
    assert cell(page, "accuracy:total") == run.accuracies[-1]
    assert cell(page, "cost:total") == run.costs[-1]
    assert max(page.evaluate(WIDTHS)) <= 390


def test_a_long_run_shows_its_progress_and_can_be_stopped(page):
    visit(page, "/chain_rule_lab?hidden=16-16-16&lab_seeds=20&lab_epochs=300&lab_order=skip")
    progress = page.get_by_test_id("stProgress")
    progress.wait_for()
    expect(progress).to_contain_text("s left")
    # One seed of twenty is finished.
    page.wait_for_function(
        "parseInt(document.querySelector('[data-testid=stProgress]').innerText.match(/(\\d+)\\s%/)[1]) >= 7"
    )
    page.get_by_role("button", name="Stop, keep the finished seeds").click()
    expect(page.get_by_text("seeds finished")).to_be_visible()
    expect(page.locator("[data-cell]")).to_have_count(25)
    expect(page.get_by_role("button", name="Continue")).to_be_visible()
    expect(progress).to_have_count(0)
