"""Address and screen never differ: whatever is done, a fresh browser at that address shows the same."""

import os
import random
import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.helpers import follow_link, wait_settled
from tests.browser.shown import SHOWN, query_of
from tests.browser.visits import visit

WALKS, ACTIONS = (20, 15) if os.environ.get("LONG_TESTS") else (1, 3)

TEXTS = {
    "Hidden layers": ("5", "6-5", "2", "1", "4-3-2", "0", "6 5", "3-3-3"),
    "Learning rate η": ("0,05", ".5", "1/3", "0", "10", "abc", "1e-2"),
}


def same_elsewhere(page: Page, other: Page, what: object) -> None:
    """A fresh session at the address shows the same numbers and texts."""
    other.goto(page.url)
    wait_settled(other)
    here, there = page.evaluate(SHOWN), other.evaluate(SHOWN)
    assert other.url == page.url, what
    assert here["values"] == there["values"], what
    assert here["texts"] == there["texts"], what


def by_sidebar(page: Page, rng: random.Random) -> str:
    links = page.get_by_test_id("stSidebarNavLink")
    link = links.nth(rng.randrange(links.count()))
    name = link.inner_text()
    link.click()
    return f"sidebar: {name}"


def by_our_link(page: Page, rng: random.Random) -> str:
    links = page.locator('[data-testid="stMain"] a[data-app-link]:visible')
    if not links.count():
        return "no link"
    link = links.nth(rng.randrange(links.count()))
    href = link.get_attribute("href")
    follow_link(page, href)
    return f"link: {href}"


def by_example(page: Page, rng: random.Random) -> str:
    page.get_by_role("button", name="Examples").click()
    links = page.locator(".bp-presets a:visible")
    links.first.wait_for()
    link = links.nth(rng.randrange(links.count()))
    name = link.inner_text()
    link.click()
    return f"example: {name}"


def by_text(page: Page, rng: random.Random) -> str:
    label = rng.choice(list(TEXTS))
    field = page.get_by_test_id("stSidebar").get_by_label(label, exact=True)
    text = rng.choice(TEXTS[label])
    field.fill(text)
    field.press("Enter")
    return f"{label}: {text}"


def by_number(page: Page, rng: random.Random) -> str:
    fields = page.get_by_role("spinbutton").and_(page.locator(":visible"))
    if not fields.count():
        return "no field"
    field = fields.nth(rng.randrange(fields.count()))
    key = rng.choice(("ArrowUp", "ArrowDown", "1e1", "7,0", "abc", "−3"))
    if key.startswith("Arrow"):
        field.press(key)
    else:
        field.press("Control+a")
        page.keyboard.type(key)
    field.press("Enter")
    return f"{field.get_attribute('aria-label')}: {key}"


def by_option(page: Page, rng: random.Random) -> str:
    pills = page.locator(
        '[data-testid="stMain"] :is([data-testid="stButtonGroup"] button:enabled, .bp-choice label):visible'
    )
    if not pills.count() or rng.random() < 0.4:
        return by_menu(page, rng)
    pill = pills.nth(rng.randrange(pills.count()))
    name = pill.inner_text()
    pill.click()
    return f"option: {name}"


def by_menu(page: Page, rng: random.Random) -> str:
    menus = page.locator('[data-testid="stSelectbox"] input:visible')
    menu = menus.nth(rng.randrange(menus.count()))
    menu.evaluate("menu => menu.scrollIntoView({ block: 'center' })")
    menu.click()
    options = page.get_by_role("option")
    options.first.wait_for()
    option = options.nth(rng.randrange(options.count()))
    name = option.inner_text()
    option.click()
    return f"menu: {name}"


def by_slider(page: Page, rng: random.Random) -> str:
    thumbs = page.locator('[data-testid="stMain"] :is([role=slider], input[type=range]):visible')
    if not thumbs.count():
        return "no slider"
    thumb = thumbs.nth(rng.randrange(thumbs.count()))
    thumb.focus()
    for _ in range(rng.randint(1, 4)):
        thumb.press(rng.choice(("ArrowRight", "ArrowLeft")))
    return "slider"


def by_history(page: Page, rng: random.Random) -> str:
    what = rng.choice(("back", "back", "forward", "reload"))
    {"back": page.go_back, "forward": page.go_forward, "reload": page.reload}[what]()
    return what


def by_edit(page: Page, rng: random.Random) -> str:
    edits = rng.choice(("x_1_-1.2", "W1_1_2_0.5~b1_1_3", "b2_1_1000", "y_1_1~y_2_0~y_3_0"))
    path, _, query = page.url.partition("?")
    kept = "&".join(part for part in query.split("&") if part and not part.startswith("edit="))
    follow_link(page, f"{path}?{kept}&edit={edits}")
    return f"edit: {edits}"


ACTS = (by_sidebar, by_sidebar, by_our_link, by_our_link, by_history, by_history)
ACTS += (by_text, by_number, by_number, by_option, by_option, by_slider, by_example, by_edit)


@pytest.mark.parametrize("seed", range(WALKS))
def test_random_walks(open_page, seed):
    rng = random.Random(seed)
    page = open_page()
    other = page.context.new_page()
    visit(page, "/")
    wait_settled(page)
    done = []
    while len(done) < ACTIONS:
        act = rng.choice(ACTS)
        done.append(act(page, rng))
        if not page.url.startswith("http"):
            page.go_forward()  # back beyond the first page
        wait_settled(page)
        same_elsewhere(page, other, [seed, *done, page.url])


def test_what_only_training_shows_stays_on_the_way_to_other_pages(page):
    link = {"batch": "1", "split": "4", "epoch": "5", "seed": "4"}
    visit(page, "/training?" + "&".join(f"{key}={value}" for key, value in link.items()))
    wait_settled(page)
    for name in ("Practice", "Training", "Batch", "Training"):
        page.get_by_test_id("stSidebarNavLink").get_by_text(name, exact=True).click()
        wait_settled(page)
        assert query_of(page) == link


def test_a_cell_chosen_after_back_is_the_one_that_is_shown(open_page):
    page = open_page()
    other = page.context.new_page()
    visit(page, "/batch")
    wait_settled(page)
    for row, column in ((1, 2), (3, 5)):
        follow_link(page, f"/batch?row={row}&col={column}")
        wait_settled(page)
        if row == 3:  # after Back
            same_elsewhere(page, other, (row, column))
        page.go_back()
        wait_settled(page)
    assert urlsplit(page.url).query == ""


def test_a_parameter_of_two_pages_is_not_lost_on_the_way_from_one_to_the_other(page):
    visit(page, "/practice?kind=path&q=2")
    wait_settled(page)
    follow_link(page, "/total_derivative?x=sin&y=cos&t=0.5")
    wait_settled(page)
    assert query_of(page) == {"x": "sin", "y": "cos", "t": "0.5"}
    follow_link(page, "/walkthrough?edit=x_1_2")
    wait_settled(page)
    assert query_of(page) == {"edit": "x_1_2"}


def test_a_mistyped_field_keeps_the_last_valid_value_and_says_so_once(page):
    visit(page, "/practice?hidden=6-5")
    wait_settled(page)
    for label, text, said in (
        ("Hidden layers", "6 5", "You see the last valid value, 6-5."),
        ("Hidden layers", "x" * 40, "You see the last valid value, 6-5."),
        ("Learning rate η", "abc", "You see the default, 0.1."),
    ):
        field = page.get_by_label(label, exact=True)
        field.fill(text)
        field.press("Enter")
        wait_settled(page)
        expect(page.get_by_test_id("stAlert")).to_have_count(1)
        expect(page.get_by_test_id("stAlert")).to_contain_text(said)
        assert query_of(page) == {"hidden": "6-5"}
    expect(page.get_by_label("Hidden layers", exact=True)).to_have_value("6-5")


def test_the_learning_rate_is_what_was_typed(page):
    visit(page, "/update")
    wait_settled(page)
    field = page.get_by_label("Learning rate η", exact=True)
    for typed, understood in ((".5", "0.5"), ("0,05", "0.05"), ("1e-3", "0.001"), ("1/4", "0.25")):
        field.fill(typed)
        field.press("Enter")
        wait_settled(page)
        assert query_of(page) == {"lr": understood}
        expect(field).to_have_value(understood)
        assert re.search(rf"η = {re.escape(understood)}\b", page.get_by_test_id("stMain").inner_text())


def test_a_place_is_kept_by_its_meaning(page):
    visit(page, "/walkthrough?step=13")
    wait_settled(page)
    stage = page.get_by_test_id("stage")
    title = stage.locator("h2").inner_text()
    field = page.get_by_label("Hidden layers", exact=True)
    for hidden in ("6-5", "5"):
        field.fill(hidden)
        field.press("Enter")
        wait_settled(page)
        assert stage.locator("h2").inner_text().partition("a")[0] == title.partition("a")[0]
    assert query_of(page) == {"step": "13"}


def test_a_link_with_everything_written_out_stays_as_it_is_and_back_leaves_it(page):
    visit(page, "/")
    wait_settled(page)
    everything = (
        "flower=106&seed=859&lr=0.1&hidden=5&act=relu&out=softmax&step=0&taken=0&epoch=-1&split=1&batch=16"
    )
    page.goto(f"/update?{everything}&data=iris")
    wait_settled(page)
    assert page.url.endswith(f"/update?{everything}&data=iris")
    page.go_back()
    wait_settled(page)
    assert urlsplit(page.url).path == "/"
