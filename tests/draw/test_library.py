"""The library comes once: a change of a page sends data, and no code."""

import json
from functools import partial

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState

from tests.server import running_app
from tests.visitor import Visitor, run_visits

CHANGES = 4


class Listener(Visitor):
    """A visitor that keeps what it is sent for components."""

    def _whole(self, answer):
        if answer.delta.new_element.WhichOneof("type") == "bidi_component":
            self.components.append(answer.delta.new_element.bidi_component)
        return super()._whole(answer)


@pytest.fixture(scope="module")
def url(tmp_path_factory):
    with running_app(tmp_path_factory.mktemp("server") / "streamlit.log") as url:
        yield url


async def changes(url: str, page: str, key: str, **query) -> tuple[int, list]:
    """Bytes of the largest of some changes, and components that the server has sent with them."""
    Listener.components = []
    visitor = await Listener.arrive(url, page, **query)
    Listener.components.clear()
    most = 0
    for value in range(2, CHANGES + 2):
        before = visitor.received
        await visitor.set_number(key, value)
        most = max(most, visitor.received - before)
    await visitor.leave()
    assert visitor.exceptions == []
    return most, Listener.components


@pytest.mark.parametrize(
    ("page", "key", "query", "kilobytes"),
    [("walkthrough", "flower", {}, 60), ("training", "seed", {"epoch": 3, "epochs": 3}, 60)],
)
def test_a_change_sends_no_code(url, page, key, query, kilobytes):
    most, components = run_visits(changes(url, page, key, **query))
    assert most < 1000 * kilobytes
    drawn = [c for c in components if c.component_name in ("backprop.stage", "backprop.film")]
    assert len(drawn) >= CHANGES - 1
    assert all(len(component.js_content) < 2000 and not component.css_content for component in drawn)
    assert not [c for c in components if "class Stage" in c.js_content or "class Film" in c.js_content]


class Looker(Visitor):
    """A visitor that notes the components on its page."""

    def _whole(self, answer):
        answer = super()._whole(answer)
        if name := answer.delta.new_element.bidi_component.component_name:
            self.components.append(name)
        return answer


async def drawn_with(url: str) -> list[list[str]]:
    """Components drawn in a first run, in one after it, in one for which the browser asks, and after."""
    Looker.components = []
    visitor = await Looker.arrive(url)
    found = [list(Looker.components)]
    for change in (visitor.run, partial(ask_for_library, visitor), visitor.run):
        Looker.components.clear()
        await change()
        found.append(list(Looker.components))
    await visitor.leave()
    assert visitor.exceptions == []
    return found


async def ask_for_library(visitor: Visitor) -> None:
    links = f"$$STREAMLIT_INTERNAL_KEY_{visitor.widgets['links']}__events"
    asked = WidgetState(id=links, json_trigger_value=json.dumps([{"event": "library", "value": "x"}]))
    visitor.states["links"] = asked
    await visitor.run()
    del visitor.states["links"]


def test_the_library_comes_once_and_when_it_is_asked_for(url):
    runs = run_visits(drawn_with(url))
    assert all("backprop.links" in run for run in runs)
    assert ["backprop.library" in run for run in runs] == [True, False, True, False]
