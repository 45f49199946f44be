"""Every page as a reader goes through them, by links: both themes, and a phone."""

import pytest

from tests.browser.accessibility import serious_violations
from tests.browser.helpers import DESKTOP, PHONE, in_both_themes, wait_settled
from tests.browser.visits import visit
from ui.state import pages

PAGES = sorted(page.name for page in pages.PAGES)
VIEWS = {
    "chain_rule_lab": "lab_seeds=1&lab_epochs=2&lab_order=skip",
    "paths": "eps=-0.37&drop=2",
    "total_derivative": "f=xyz&t=0.7",
    "training": "epoch=7&epochs=20",
    "update": "out=identity&flower=60&lr=0.3",
    "walkthrough": "step=13",
}
"""What to look at where a page is empty at first, or more is to be seen."""
DRAWN_LAST = {
    "chain_rule_lab": "[data-cell]",
    "training": "[data-testid=film][data-epoch='7']",
    "walkthrough": "[data-testid=stage][data-step='13']",
}
UNLIKE_NETWORKS = ("chain_rule_lab", "practice", "total_derivative", "training", "walkthrough")
"""Pages on which a large network is no wider, or is looked at by another of these views."""
MORE_VIEWS = [
    *((page, "hidden=16-16-16-16&flower=51") for page in PAGES if page not in UNLIKE_NETWORKS),
    ("batch", "flowers=all&hidden=16-16&batch_layer=2"),
    ("jacobians", "jacobian=z1-W1"),
    ("jacobians", "hidden=16-16-16-16&jacobian=z3-W3&block=4"),
    ("paths", "hidden=5-4-3&layer=1&unit=2"),
    ("training", "epoch=7&epochs=20&hidden=16-16-16-16"),
    ("walkthrough", "hidden=16-16-16-16&step=16"),
]
SIDEWAYS = """
() => [document.documentElement, ...document.querySelectorAll(
    ".stMain, .stMainBlockContainer, [data-testid=stage], [data-testid=film]")]
  .filter(box => box.scrollWidth > box.clientWidth)
  .map(box => `${box.className || box.tagName}: ${box.scrollWidth} > ${box.clientWidth}`)
"""


def go_to(page, name: str, query: str) -> None:
    visit(page, f"/{'' if name == 'overview' else name}?{query}")
    if query == VIEWS.get(name) and name in DRAWN_LAST:
        page.locator(DRAWN_LAST[name]).first.wait_for()
        wait_settled(page)


def show_all(page) -> None:
    """Make the window as high as the page: axe-core cannot judge contrast where it would have to scroll."""
    height = page.get_by_test_id("stMain").evaluate("main => main.scrollHeight")
    page.set_viewport_size(DESKTOP | {"height": height})


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_in_both_themes(open_page, name):
    page, violations = open_page(reduced_motion="reduce"), []
    go_to(page, name, VIEWS.get(name, ""))
    show_all(page)
    for theme in in_both_themes(page):
        violations += [f"{theme}: {violation}" for violation in serious_violations(page, theme=theme)]
    page.set_viewport_size(DESKTOP)
    assert violations == []


@pytest.mark.parametrize(("name", "query"), [*((page, VIEWS.get(page, "")) for page in PAGES), *MORE_VIEWS])
def test_a_phone_needs_no_sideways_scrolling(open_page, name, query):
    page = open_page(viewport=PHONE, color_scheme="dark", reduced_motion="reduce")
    go_to(page, name, query)
    assert page.evaluate(SIDEWAYS) == []
