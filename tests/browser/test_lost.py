"""An address that no page has is no dead end."""

import pytest

from tests.browser.helpers import wait_settled

pytestmark = pytest.mark.expects_browser_errors  # Streamlit reports that it looked for its server below


def test_below_a_page_is_that_page_with_its_settings(page):
    page.goto("/walkthrough/anything?flower=3&step=2")
    wait_settled(page)
    page.wait_for_url("**/walkthrough?flower=3&step=2")
    assert page.get_by_test_id("stage").get_attribute("data-step") == "2"
    assert page.get_by_role("spinbutton", name="Flower").input_value() == "3"


@pytest.mark.parametrize("path", ["/nothing", "/nothing/at/all"])
def test_a_page_that_is_not_there_leads_to_the_overview_with_a_notice(page, path):
    page.goto(f"{path}?flower=3")
    wait_settled(page)
    notice = page.get_by_role("dialog")
    notice.get_by_text("The page that you have requested does not seem to exist").wait_for()
    page.keyboard.press("Escape")
    notice.wait_for(state="hidden")
    page.get_by_role("heading", name="Backpropagation, every path of it").wait_for()
    assert page.get_by_role("spinbutton", name="Flower").input_value() == "3"
