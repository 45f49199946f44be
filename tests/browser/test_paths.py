import numpy as np
import pytest
from playwright.sync_api import expect

from tests.browser.helpers import NOTE_SENT, PHONE, PLAIN, drag, wait_settled
from tests.browser.visits import visit
from tests.expected import settings_of, step_of
from tests.scene_numbers import read_scene
from tests.scenes import SceneAt
from ui.names.timeline import find_step
from ui.views.paths.choice import PathChoice
from ui.views.paths.knock_out import knocked_out_step
from ui.views.paths.nudge import nudge_scene
from ui.views.paths.scenes import paths_scene

FIRST = "flower=83&seed=41&unit=5"
READ_NAMED = """
root => [...root.querySelectorAll(".bp-scene [data-value]")].map(({ dataset }) => {
  const { value, link, option, ...name } = dataset;
  return [Object.entries(name).map((part) => part.join("="))[0], Number(value)];
})
"""


def open_paths(page, query=FIRST):
    visit(page, f"/paths?{query}")


def rule(page, key) -> float:
    return float(page.locator(f'[data-rule="{key}"]').get_attribute("data-value"))


def knock_out(page, path):
    page.locator(".bp-choice label:has([name=drop])").nth(path - 1).click()


def choose(page, unit):
    page.locator(".bp-choice label:has([name=unit])").nth(unit).click()


def terms_of(unit):
    return step_of(settings_of(flower=83, seed=41)).vjp("z2", "a1").path_terms[:, unit - 1]


def test_unit_and_paths_change_every_number_without_a_word_to_the_server(page):
    """By a press, by a click on the path itself, by a click on a column, by a key."""
    open_paths(page)
    page.evaluate(NOTE_MOVES)
    stops = page.evaluate("history.length")
    knock_out(page, 2)
    expect_scene(page, 5, 2)
    choose(page, 1)
    expect_scene(page, 1, 2)
    page.locator("[data-switch='2']").click()
    expect_scene(page, 1, 2, 3)
    page.locator("th[data-option='3']").click()
    expect_scene(page, 3, 2, 3)
    page.locator("[name=unit]:checked").press("ArrowRight")
    expect_scene(page, 4, 2, 3)
    page.wait_for_function("location.search.includes('unit=4')")
    wait_settled(page)
    moves, sent = page.evaluate("[window.moves, window.sent]")
    shown = [terms_of(unit)[kept].sum() for unit, kept in MOVES]
    np.testing.assert_allclose([value for _, value in moves], shown, atol=1e-15)
    assert sent
    moments = [float(moved) for moved, _ in moves]  # now and then Playwright gives one as text
    for at in map(float, sent):  # however slow the machine is
        before = [moved for moved in moments if moved <= at]  # none: the page's own, from when it was opened
        assert not before or at - max(before) > PAUSE
    assert page.url.endswith("unit=4&drop=2&drop=3")
    assert page.evaluate("history.length") == stops
    choice = PathChoice(settings_of(flower=83, seed=41), 1, 3, (1, 2))
    after = page.locator("[data-cell='after:yours']").get_attribute("data-value")
    assert float(after) == knocked_out_step(choice).loss_after
    expect_nudge(page, 0.1, unit=4)
    page.reload()
    wait_settled(page)
    expect_scene(page, 4, 2, 3)
    choose(page, 0)
    knock_out(page, 2)
    knock_out(page, 3)
    page.wait_for_function("!location.search.includes('drop')")
    wait_settled(page)
    assert "unit" not in page.url


PAUSE = 395
MOVES = ((5, [0, 2]), (1, [0, 2]), (1, [0]), (3, [0]), (4, [0]))
"""Unit, and the paths that count, after each of them."""
NOTE_MOVES = """
() => {
  const send = WebSocket.prototype.send;
  Object.assign(window, { moves: [], sent: [] });
  const note = () => {
    const at = performance.now();
    requestAnimationFrame(() =>
      window.moves.push([at, Number(document.querySelector("[data-rule=yours]").dataset.value)])
    );
  };
  document.addEventListener("change", note);
  const parts = ".bp-scene-body :is([data-switch], [data-option])";
  document.addEventListener("click", ({ target }) => target.closest(parts) && note(), true);
  WebSocket.prototype.send = function (message) {
    window.sent.push(performance.now());
    send.call(this, message);
  };
}
"""
"""What is on the screen in the frame after each move, and when the server is told."""


def expect_scene(page, unit, *dropped):
    """That numbers and sentences of the first scene are those of Python, in this very frame."""
    settings = settings_of(flower=83, seed=41)
    scene = SceneAt(read_scene(paths_scene(settings, 1)), [str(unit)], [path - 1 for path in dropped])
    texts = [*scene.texts()]
    shown = dict(page.locator(".st-key-paths").evaluate(READ_NAMED))
    assert shown == {text.name: float(text.value) for text in texts if text.name}
    assert page.get_by_test_id("verdict").inner_text() == scene.said("verdict").translate(PLAIN)
    (ledger,) = scene.parts("Ledger")
    assert page.locator(".bp-of-ledger svg").get_attribute("aria-label") == scene.alt(ledger)
    assert page.locator(".bp-dropped").count() == len(dropped)
    assert rule(page, "yours") == pytest.approx(
        sum(term for k, term in enumerate(terms_of(unit), start=1) if k not in dropped), abs=1e-15
    )


def test_a_path_lights_up_everywhere_on_the_page(page):
    open_paths(page)
    page.locator("[data-path='1'] > text").first.hover()
    lit = page.locator(".bp-lit")
    names = lit.evaluate_all("parts => [...new Set(parts.map(part => part.dataset.link.split(' ')[0]))]")
    assert names == ["path:1"]
    assert page.locator(".st-key-nudge tr.bp-lit").count() == 1
    assert page.locator(".bp-of-ledger .bp-lit").count() == 3  # line, bar, row
    assert page.locator("td.bp-lit").count() == 5
    page.locator("[data-path='1'] > text").first.click()
    page.mouse.move(0, 0)
    assert lit.count() == 10
    page.keyboard.press("Escape")
    page.locator("th[data-option='3']").hover()
    assert page.locator("td.bp-lit").count() == 4  # a column and its sum
    assert page.locator("tr.bp-lit").count() == 1


def test_the_point_is_on_the_first_screen_and_the_page_is_three_at_most(page):
    for query in (FIRST + "&drop=2", "hidden=5-4-3&unit=2", "hidden=16-16&drop=3"):
        open_paths(page, query)
        assert page.locator(".stMain").evaluate("main => main.scrollHeight") <= 3 * 768
        if query.startswith(FIRST):
            for selector in (".bp-of-ledger", ".bp-cards", ".bp-verdict"):
                box = page.locator(selector).first.bounding_box()
                assert box["y"] >= 0
                assert box["y"] + box["height"] <= 768


def test_found_flower_has_a_dead_unit(page):
    open_paths(page)
    page.evaluate("window.sameDocument = true")
    page.locator('[data-finder="dead"] a').click()
    expect(page.locator('[data-split="slope"]')).to_have_attribute("data-value", "0.0")
    wait_settled(page)
    assert float(page.locator('[data-split="cotangent"]').get_attribute("data-value")) != 0
    assert float(page.locator('[data-split="through"]').get_attribute("data-value")) == 0
    assert "seed=41" in page.url
    page.go_back()
    wait_settled(page)
    assert rule(page, "right") == step_of(settings_of(flower=83, seed=41)).cotangent("a1")[4]
    assert page.evaluate("window.sameDocument")


def test_link_to_the_step_of_the_walkthrough(page):
    open_paths(page)
    page.get_by_role("link", name="This step in the walkthrough").first.click()
    expected = find_step(settings_of().config, "1.II")
    expect(page.get_by_test_id("stage")).to_have_attribute("data-step", str(expected))
    page.go_back()
    wait_settled(page)
    assert rule(page, "right") == step_of(settings_of(flower=83, seed=41)).cotangent("a1")[4]


# --- ε ------------------------------------------------------------------------------------------------


def slider_of(page):
    return page.locator("input[type=range][name=eps]")


def expect_nudge(page, epsilon, unit=5, between=None):
    """That every number and the sentence are those of the scene."""
    choice = PathChoice(settings_of(flower=83, seed=41), 1, unit - 1)
    scene = SceneAt(read_scene(nudge_scene(choice, between)), epsilon)
    assert dict(page.locator(".st-key-nudge").evaluate(READ_NAMED)) == scene.numbers()
    (said,) = scene.parts("Words")
    expect(page.locator(".st-key-nudge p")).to_have_text(scene.at(said["text"]).translate(PLAIN))
    assert slider_of(page).get_attribute("aria-valuetext").endswith(scene.at(said["text"]))


def test_dragging_epsilon_changes_every_number_without_a_word_to_the_server(page):
    open_paths(page)
    expect_nudge(page, 0.1)
    page.evaluate(NOTE_SENT)
    slider_of(page).scroll_into_view_if_needed()
    box = slider_of(page).bounding_box()
    y, stops = box["y"] + box["height"] / 2, page.evaluate("history.length")
    drag(page, (box["x"] + box["width"] * 0.55, y), (box["x"] + box["width"] * 0.2, y))
    epsilon = float(slider_of(page).input_value())
    assert -0.65 < epsilon < -0.55
    assert page.evaluate("window.sent") == 0
    assert "eps" not in page.url
    expect_nudge(page, epsilon)
    assert slider_of(page).bounding_box() == box  # nothing runs away from the pointer
    page.mouse.up()
    wait_settled(page)
    assert page.evaluate("window.sent") >= 1
    assert f"eps={epsilon:g}" in page.url
    assert page.evaluate("history.length") == stops
    expect_nudge(page, epsilon)
    choose(page, 2)
    page.wait_for_function("location.search.includes('unit=2')")
    wait_settled(page)
    expect_nudge(page, epsilon, unit=2)
    page.reload()
    wait_settled(page)
    expect_nudge(page, epsilon, unit=2)


def test_epsilon_by_keys_and_between_two_steps(page):
    open_paths(page, FIRST + "&eps=0.005")
    assert slider_of(page).input_value() == "0.005"
    expect_nudge(page, 0.005, between=0.005)
    open_paths(page, FIRST + "&eps=0.01")
    slider_of(page).press("ArrowLeft")
    page.wait_for_function("new URLSearchParams(location.search).get('eps') === '0'")
    wait_settled(page)
    expect_nudge(page, 0.0)
    expect(page.locator(".st-key-nudge p")).to_have_text("With ε = 0 nothing moves. Drag the slider.")
    slider_of(page).press("End")
    slider_of(page).press("ArrowLeft")
    expect(page.locator(".st-key-nudge output")).to_have_text("Nudge ε = 0.99")
    expect_nudge(page, 0.99)
    page.wait_for_function("location.search.includes('eps=0.99')")
    knock_out(page, 1)
    page.wait_for_function("location.search.includes('drop=1')")
    wait_settled(page)
    expect_nudge(page, 0.99)
    assert "eps=0.99" in page.url


@pytest.mark.parametrize("is_heard", [True, False])
def test_another_page_follows_at_once_and_begins_where_its_own_slider_does(page, is_heard):
    visit(page, "/total_derivative?t=0.15")
    page.locator("input[name=t]").press("ArrowLeft")
    if is_heard:
        page.wait_for_function("new URLSearchParams(location.search).get('t') === '0.1'")
        wait_settled(page)
    page.get_by_role("link", name="Derivative paths").click(delay=100)  # as long as a hand takes
    slider_of(page).wait_for()
    wait_settled(page)
    assert slider_of(page).input_value() == "0.1"
    slider_of(page).press("End")
    page.get_by_role("link", name="Total derivative").click(delay=100)
    page.locator("input[name=t]").wait_for()
    wait_settled(page)
    assert page.locator("input[name=t]").input_value() == "1"


def test_the_page_fits_a_phone(open_page):
    phone = open_page(viewport=PHONE)
    open_paths(phone, FIRST)
    ledger = phone.locator(".bp-of-ledger svg").bounding_box()
    for number in phone.locator(".bp-of-ledger .bp-number").all():  # none is cut off
        box = number.bounding_box()
        assert ledger["x"] - 1 <= box["x"] < box["x"] + box["width"] <= ledger["x"] + ledger["width"] + 1
    before = phone.locator(".bp-choice").nth(1).bounding_box()
    knock_out(phone, 2)
    assert phone.locator(".bp-choice").nth(1).bounding_box() == before
    assert ledger["y"] + ledger["height"] <= PHONE["height"]  # with the buttons on one screen
    phone.locator("[data-cell=remainder]").scroll_into_view_if_needed()
    scene, cell = (phone.locator(part).bounding_box() for part in (".st-key-nudge", "[data-cell=remainder]"))
    assert cell["x"] + cell["width"] <= scene["x"] + scene["width"] + 1
    assert slider_of(phone).bounding_box()["y"] >= 0
