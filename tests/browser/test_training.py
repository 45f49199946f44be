from dataclasses import replace

from playwright.sync_api import expect

from tests.browser.helpers import wait_settled
from tests.browser.stage_page import READ_CELLS, cells, position, press
from tests.browser.visits import visit
from tests.expected import settings_of
from ui.state.training_runs import run_training

PLAN = replace(settings_of(), split=1, batch="16").plan
RESENT = 60_000
"""Bytes that reruns after a pause may bring, of which a slow machine sees two; the film alone has 90,000."""


def open_training(page, query=""):
    visit(page, f"/training?{query}" if query else "/training")
    film = page.get_by_test_id("film")
    film.wait_for()
    wait_settled(page)
    return film


def weights(film, matrix):
    return sorted(cell for cell in map(tuple, film.evaluate(READ_CELLS)) if cell[0] == matrix)


def wait_shown(film, epoch):
    expect(film).to_have_attribute("data-epoch", str(epoch))
    expect(film.locator(".count")).to_have_text(f"epoch {epoch} of {film.get_attribute('data-epochs')}")


def number(film, name):
    return float(film.locator(f'[data-film="{name}"]').get_attribute("data-value"))


def test_train_scrub_and_open_the_epoch_in_the_walkthrough(page):
    frames = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: frames.append(len(frame))))
    film = open_training(page, "flower=3")
    expect(film).to_have_attribute("data-epochs", "0")
    way_on = film.get_by_role("link", name="Open this epoch in the walkthrough")
    expect(way_on).to_have_class("button")
    page.get_by_role("button", name="Start", exact=True).click()
    expect(film).to_have_attribute("data-epochs", "100")
    wait_shown(film, 100)
    expect(way_on).to_have_class("button primary")
    wait_settled(page)
    frames.clear()
    page.keyboard.press("Home")
    for _ in range(12):
        page.keyboard.press("ArrowRight")
    wait_shown(film, 12)
    run = run_training(PLAN, 100)
    assert number(film, "training_cost") == run.costs[12]
    assert number(film, "training_accuracy") == run.accuracies[12]
    params = run.checkpoint(12)[1]
    assert [value for *_, value in weights(film, "W1:value")] == params["W1"].ravel().tolist()
    assert film.locator(".region").get_attribute("data-region") == "12"
    assert film.locator('[data-matrix="test:confusion"]').count() == 9
    page.wait_for_url("**epoch=12*")
    wait_settled(page)
    expect(page.get_by_test_id("stSidebar")).to_contain_text("12 epochs of training")
    assert sum(frames) < RESENT
    shown = {matrix: weights(film, matrix) for matrix in ("W1:value", "b1:value", "W2:value", "b2:value")}
    page.get_by_role("link", name="Open this epoch in the walkthrough").click()
    stage = page.get_by_test_id("stage")
    expect(stage).to_have_attribute("data-step", "0")
    wait_settled(page)
    for layer, step in ((1, 1), (2, 3)):
        while position(stage) < step:
            press(page, stage, "ArrowRight", position(stage) + 1)
        there = sorted(cells(stage))
        for matrix in (f"W{layer}:value", f"b{layer}:value"):
            assert [cell for cell in there if cell[0] == matrix] == shown[matrix]
    page.wait_for_url("**step=3*")  # who goes Back before the server has heard of a step stays here
    wait_settled(page)
    page.go_back()
    wait_shown(page.get_by_test_id("film"), 12)


def test_a_long_training_is_paused_and_goes_on(page):
    film = open_training(page, "batch=1&epochs=500&seed=12")
    page.get_by_role("button", name="Start", exact=True).click()
    expect(page.get_by_test_id("stProgress")).to_contain_text("of 500")
    page.get_by_role("button", name="Pause").click()
    button = page.get_by_role("button", name="Continue to epoch 500")
    button.wait_for()
    wait_settled(page)
    reached = int(film.get_attribute("data-epochs"))
    assert 0 < reached < 500
    wait_shown(film, reached)
    film.get_by_role("slider").focus()
    page.keyboard.press("Home")
    wait_shown(film, 0)
    button.click()
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    page.get_by_role("button", name="Pause").click()
    button.wait_for()
    wait_settled(page)
    further = int(film.get_attribute("data-epochs"))
    assert further > reached
    wait_shown(film, further)
    expect(film.locator(".play")).to_be_visible()
    page.emulate_media(reduced_motion="reduce")
    expect(film.locator(".play")).to_be_hidden()
