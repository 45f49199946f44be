"""Run a page of the app without a browser."""

import json
from collections.abc import Iterable
from functools import cache
from typing import Any
from unittest.mock import patch

from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from tests.expected import DEFAULTS
from tests.markup import text_of
from tests.server import ROOT

# AppTest looks through every installed package for components, for half of the time that a test takes.
installed_components = cache(manifest_scanner.scan_component_manifests)


def open_app(page: str | None = None, **query: str | int) -> AppTest:
    """The app, from app.py, as a link opens it."""
    return load_app(page, [(key, str(value)) for key, value in query.items()])


def load_app(page: str | None, query: Iterable[tuple[str, str]]) -> AppTest:
    """The same; a parameter may come more than once."""
    app = AppTest.from_file(ROOT / "app.py", default_timeout=30)
    for key, value in query:
        app.query_params[key] = [*app.query_params.get(key, ()), value]
    if page is not None:
        app.switch_page(f"pages/{page}.py")
    with patch.object(manifest_scanner, "scan_component_manifests", installed_components):
        app.run()
    assert not app.exception
    return app


def parameter(app: AppTest, key: str) -> str:
    """What the address holds of a setting: its text, or its default's."""
    return app.session_state["view"].get(key, [str(DEFAULTS[key])])[-1]


def markup_of(app: AppTest) -> str:
    """All HTML of the page, without the sidebar's captions."""
    components = [element.proto for element in app.main.get("bidi_component")]
    ready = [unpacked(p.bytes)["html"] for p in components if p.component_name == "backprop.markup"]
    return "\n".join([*(markdown.value for markdown in app.main.markdown), *ready])


def page_text(app: AppTest) -> str:
    """All text of `markup_of`."""
    return text_of(markup_of(app))


def component_data(app: AppTest, name: str, key: str = "") -> dict[str, Any]:
    """What the component of this name and key, one that the library draws, has got."""
    protos = [element.proto for element in app.get("bidi_component")]
    (found,) = [p for p in protos if p.component_name == f"backprop.{name}" and p.id.endswith(key)]
    return unpacked(found.bytes)


def scene_keys(app: AppTest) -> list[str]:
    """The keys of the components with a scene."""
    protos = [element.proto for element in app.get("bidi_component")]
    return [p.id.rpartition("-")[2] for p in protos if p.component_name == "backprop.page"]


def unpacked(data: bytes) -> dict[str, Any]:
    """What `packed` of ui.draw.library was called with, read; None for an empty text."""
    lines = [line.split(" ", 1) for line in data.decode().split("\n")[1:]]
    return {name: json.loads(text or "null") for name, text in lines}
