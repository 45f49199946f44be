"""Share and Export by keyboard in a real browser: dialogs open, copy, download and close."""

import json
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.helpers import wait_settled
from tests.browser.shown import SHOWN
from tests.browser.stage_page import open_stage, press
from tests.browser.visits import visit
from tests.expected import settings_of, step_of

ACTIVE = "document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent"


def test_share_copies_the_link_by_keyboard_and_escape_closes(open_page, app_url):
    page = open_page()
    visit(page, "/update?flower=3")
    page.get_by_role("button", name="Share").press("Enter")
    dialog = page.get_by_role("dialog")
    copy = dialog.get_by_role("button", name="Copy: Link")
    copy.press("Enter")
    expect(copy).to_have_text("Copied")
    link = page.evaluate("navigator.clipboard.readText()")
    assert link.startswith(f"{app_url}/update?flower=3&")
    assert "&seed=859&lr=0.1&" in link
    assert dialog.get_by_label("Link What you see now").input_value() == link
    reached = set()
    for _ in range(12):
        page.keyboard.press("Tab")
        reached.add(page.evaluate(ACTIVE))
    assert {"Copy: Within another page", "Fill the screen", "Download as SVG", "Close"} <= reached
    code = dialog.get_by_role("img", name=f"QR code of {app_url}/update?flower=3", exact=True)
    assert code.bounding_box()["width"] > 300
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


def test_export_downloads_exactly_this_view_and_escape_closes(page, tmp_path):
    visit(page, "/update?flower=12&taken=1")
    page.get_by_role("button", name="Export").press("Enter")
    dialog = page.get_by_role("dialog")
    with page.expect_download() as download:
        dialog.get_by_role("button", name="Arrays, JSON").click()
    download.value.save_as(tmp_path / "arrays.json")
    document = json.loads((tmp_path / "arrays.json").read_text(encoding="utf-8"))
    first = step_of(settings_of(flower=12))
    values = {(entry["array"], entry["kind"]): entry["values"] for entry in document["arrays"]}
    assert values["W1", "value"] == first.params_after["W1"].tolist()
    assert urlsplit(document["link"]).query == "flower=12&taken=1"
    expect(dialog.get_by_role("button", name="Arrays, JSON")).to_be_enabled()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


@pytest.mark.parametrize("path", ["/walkthrough", "/update", "/chain_rule_lab"])
def test_on_a_small_laptop_every_setting_stands_above_share_and_export(page, path):
    visit(page, path)
    last = page.locator(".st-key-out").bounding_box()
    buttons = page.locator(".st-key-take_along").bounding_box()
    assert last["y"] + last["height"] < buttons["y"]
    assert buttons["y"] + buttons["height"] <= 768


@pytest.mark.parametrize(
    "address",
    [
        "/walkthrough?utm_source=mail&flower=3&lr=0.05&step=13&quiz=1&fbclid=x",
        "/batch?epoch=3&flowers=virginica&row=2&col=b&utm_source=mail",
    ],
)
def test_what_you_see_now_opens_in_a_fresh_browser(open_page, address):
    page = open_page()
    visit(page, address)
    wait_settled(page)
    page.get_by_role("button", name="Share").click()
    link = page.get_by_role("dialog").get_by_label("Link What you see now").input_value()
    assert "utm_source" not in link
    assert "fbclid" not in link
    page.keyboard.press("Escape")
    wait_settled(page)
    other = page.context.new_page()
    other.goto(link)
    wait_settled(other)
    assert other.evaluate(SHOWN) == page.evaluate(SHOWN)


def test_every_saved_chart_says_what_it_shows(page):
    visit(page, "/jacobians?flower=12&epoch=2&lr=0.5&jacobian=z2-W2")
    page.get_by_text("Save as a picture").click()
    page.locator(".modebar").nth(1).wait_for()
    assert page.locator(".modebar").first.get_by_role("button").count() == 1
    names = []
    for button in page.get_by_label("Download plot as a PNG").all():
        with page.expect_download() as picture:
            button.click()
        names.append(picture.value.suggested_filename)
    view = "flower12-seed859-5-relu-softmax-eta0.5-epoch2"
    assert names == [f"jacobian-z2-W2-{view}.png", f"routes-W2-{view}.png"]


@pytest.mark.parametrize("name", ["Share", "Edit numbers"])
def test_a_dialog_opened_right_after_a_step_stays_and_knows_the_step(page, name):
    stage = open_stage(page, "step=5")
    wait_settled(page)
    press(page, stage, "ArrowRight", 6)
    page.get_by_role("button", name=name).click()
    wait_settled(page)
    expect(page.get_by_role("dialog")).to_be_visible()
    assert page.url.endswith("/walkthrough?step=6")
    if name == "Share":
        link = page.get_by_role("dialog").get_by_label("Link What you see now").input_value()
        assert "step=6" in link


@pytest.mark.parametrize(
    ("address", "box", "number"),
    [
        ("/jacobians", ".bp-matrix:has([data-route])", "td[data-value]"),
        ("/batch", ".bp-bars-axis", "span"),
        ("/walkthrough?step=13", ".stage table:has(.sum-row)", ".sum-row td"),
    ],
)
def test_copied_numbers_do_not_run_together(open_page, address, box, number):
    page = open_page()
    visit(page, address)
    page.locator(box).first.evaluate("box => getSelection().selectAllChildren(box)")
    page.keyboard.press("Control+c")
    copied = page.evaluate("navigator.clipboard.readText()")
    shown = page.locator(box).first.locator(number).all_text_contents()
    assert len(shown) > 1
    assert [text for text in copied.split() if text in shown][-len(shown) :] == shown
    rows = [line.split("\t") for line in copied.splitlines() if "\t" in line]
    assert len({len(row) for row in rows}) <= 1  # each column is in its place
