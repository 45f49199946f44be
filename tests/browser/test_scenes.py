"""Every number of every scene on the screen is the one that Python has put into it."""

import pytest

from tests.browser.helpers import wait_settled
from tests.browser.visits import visit
from tests.pages.helpers import open_app, scene_keys
from tests.scenes import scene_of

VIEWS = (
    ("", {"hidden": "6-5", "flower": 70, "unit": 2}),
    ("total_derivative", {"f": "xyz", "t": "0.123"}),
    ("paths", {"hidden": "6-5", "flower": 70, "eps": "0.3"}),
    ("update", {"hidden": "6-5", "flower": 70, "lr": "0.3"}),
    ("jacobians", {"hidden": "6-5", "flower": 70, "jacobian": "z2-a1"}),
    ("batch", {"flowers": "all", "row": 2, "col": 4, "pick": 20}),
    ("batch", {"hidden": "16-16", "n": 7, "batch_layer": 2}),
)
READ = """
(root) => [...root.querySelectorAll("[data-value]")].map(({ dataset: { value, ...names } }) =>
  [Object.entries(names).map((name) => name.join("=")), Number(value)])
"""


@pytest.mark.parametrize(("path", "query"), VIEWS)
def test_numbers_on_the_screen_are_those_of_the_scene(page, path, query):
    app = open_app(path or None, **query)
    visit(page, f"/{path}?" + "&".join(f"{key}={text}" for key, text in query.items()))
    page.locator(".bp-scene [data-value]").first.wait_for()
    wait_settled(page)
    for key in scene_keys(app):
        scene = scene_of(app, key)
        expected = scene.numbers() | scene.entries()
        shown = {
            name: value
            for names, value in page.locator(f".st-key-{key} .bp-scene").evaluate(READ)
            for name in names
            if name in expected
        }
        assert shown == expected
