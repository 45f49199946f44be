"""The examples from books on every page."""

from urllib.parse import parse_qsl, urlsplit

import pytest

from tests.pages.helpers import open_app
from ui.state.pages import PAGES
from ui.state.presets import PRESETS

BOOKS = [preset for preset in PRESETS if preset.source]
EVERY = 5
"""Each example opens on some pages, in turn, so that each page opens with some examples of every kind."""


@pytest.mark.parametrize(
    ("preset", "page"),
    [
        (preset, page.name)
        for i, preset in enumerate(BOOKS)
        for j, page in enumerate(PAGES)
        if (i + j) % EVERY == 0
    ],
    ids=lambda value: getattr(value, "name", value),
)
def test_an_example_opens_on_a_page(preset, page):
    query = dict(parse_qsl(urlsplit(preset.settings.link(page)).query))
    assert not open_app(None if page == "overview" else page, **query).warning
