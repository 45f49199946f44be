"""The library comes once: a change of a page sends data, and no code."""

import pytest

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
