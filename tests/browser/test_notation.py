from playwright.sync_api import expect

from tests.browser.helpers import wait_settled
from tests.browser.visits import visit


def test_the_layout_and_the_parts_on_a_phone(open_page):
    page = open_page(viewport={"width": 390, "height": 844})
    visit(page, "/notation?hidden=4")
    shape = page.locator('[data-shape="C/a1"]')
    expect(shape).to_have_text("(1, 3) · (3, 4) = (1, 4)")
    page.get_by_role("link", name="Where we differ").click()
    expect(page.get_by_role("heading", name="Where we differ")).to_be_in_viewport()
    page.get_by_role("link", name="One step, three ways").click()
    cell = shape.element_handle()
    page.get_by_text("denominator", exact=True).click()
    wait_settled(page)
    expect(shape).to_have_text("(4, 3) · (3, 1) = (4, 1)")
    assert cell.evaluate("cell => cell.isConnected"), "the page is drawn anew"
    assert "layout=denominator" in page.url
    page.reload()
    wait_settled(page)
    expect(shape).to_have_text("(4, 3) · (3, 1) = (4, 1)")
    assert not page.get_by_test_id("stMain").evaluate("main => main.scrollWidth > main.clientWidth")
