"""Reading the stage in a browser."""

from playwright.sync_api import Locator, Page

from tests.browser.visits import visit

READ_CELLS = """
stage => [...stage.querySelectorAll("[data-matrix]")].map(({ dataset: d }) =>
  [d.matrix, Number(d.block ?? 0), Number(d.row), Number(d.col), Number(d.value)])
"""


def open_stage(page: Page, query: str = "") -> Locator:
    visit(page, f"/walkthrough?{query}" if query else "/walkthrough")
    stage = page.get_by_test_id("stage")
    stage.wait_for()
    return stage


def position(stage: Locator) -> int:
    return int(stage.get_attribute("data-step"))


def cells(stage: Locator) -> list[tuple[str, int, int, int, float]]:
    """(matrix, block, row, column, value) of every cell on show, but for what x was measured by."""
    read = [tuple(cell) for cell in stage.evaluate(READ_CELLS)]
    return [cell for cell in read if cell[0] not in ("x:measured", "x:mean", "x:deviation")]


def press(page: Page, stage: Locator, key: str, expected: int) -> None:
    page.keyboard.press(key)
    page.wait_for_function(
        "([stage, step]) => stage.dataset.step === String(step)", arg=[stage.element_handle(), expected]
    )


def assert_every_step_fits(page: Page, stage: Locator, height: int = 768) -> None:
    """Walk from the step on show to the last."""
    assert_step_fits(page, stage, height)
    for number in range(position(stage) + 1, int(stage.get_attribute("data-steps"))):
        press(page, stage, "ArrowRight", number)
        assert_step_fits(page, stage, height)


def assert_step_fits(page: Page, stage: Locator, height: int = 768) -> None:
    """No table lies, or comes to lie, below or beside the screen."""
    tables = stage.locator(".tables").element_handle()
    box = tables.bounding_box()
    assert box["y"] + box["height"] <= height, position(stage)
    page.wait_for_function("tables => tables.scrollWidth <= tables.clientWidth", arg=tables)
