"""What a scene is told, and reports, is taken only where it can be."""

import pytest

from ui.draw import page
from ui.draw.page import _state, _take, _told
from ui.state.parameters import PARAMETERS


@pytest.fixture
def address(monkeypatch):
    """What the address holds, with no browser around it."""
    address, session = {}, {}

    def keep(key, texts):
        assert key in PARAMETERS
        address[key] = texts

    monkeypatch.setattr(page.st, "session_state", session)
    monkeypatch.setattr(page, "asked_all", lambda key: address.get(key, []))
    monkeypatch.setattr(page, "move", keep)
    monkeypatch.setattr(page, "is_on_screen", lambda: session.get("on screen", False))
    return address


def move(key, *report):
    """The reader moves what is in a scene, which reports it."""
    page.st.session_state[key] = {"place": list(report)}
    _take(report[0], key)


def test_a_scene_is_told_only_what_it_does_not_show(address):
    keys, start = ("unit", "drop"), [["auto"], []]
    told = [_told(keys, "scene", None)]
    move("scene", list(keys), [["2"], ["1", "3"]], 1)
    assert address == {"unit": ["2"], "drop": ["1", "3"]}
    told += [_told(keys, "scene", None)]
    move("scene", list(keys), [["auto"], []], 2)
    assert address == {"unit": [], "drop": []}
    told += [_told(keys, "scene", None)]
    assert told == [[start, 1]] * 3
    address.update(unit=["7", "4"], drop=["2", "1"])  # a link, of which the last text counts where one does
    assert [_told(keys, "scene", None) for _ in range(2)] == [[[["4"], ["2", "1"]], 2]] * 2
    address.clear()  # Back
    assert _told(keys, "scene", None) == [start, 3]
    move("scene", list(keys), [["3"]], 3)  # which says nothing of both keys
    assert address == {}
    assert _told(keys, "other", ["3", "1"]) == [[["3"], ["1"]], 1]
    assert _told(keys, "other", ["4", "1"]) == [[["4"], ["1"]], 2]


def test_a_scene_that_comes_from_another_server_is_where_its_address_is(address):
    address["eps"] = [".50"]
    assert _told(["eps"], "scene", None) == [[["0.5"]], 1]
    address["eps"] = ["-.1"]
    assert _told(["eps"], "scene", None) == [[["-0.1"]], 2]
    page.st.session_state["on screen"] = True
    address["eps"] = ["-0"]
    assert _told(["eps"], "scene", None) == [[["0"]], 0]
    page.st.session_state["on screen"] = False
    assert _told(["eps"], "scene", None) == [[["0"]], 0]


def test_a_report_is_read_as_links_have_it():
    assert _state(["t"], [["t"], [["0.50"]], 3]) == [["0.5"]]
    assert _state(["eps"], [["eps"], [["-0"]], 1]) == [["0"]]
    assert _state(["unit", "drop"], [["unit", "drop"], [["4"], ["1", "3"]], 1]) == [["4"], ["1", "3"]]


@pytest.mark.parametrize(
    "report",
    [
        None,
        "t",
        [["t"], [["0.5"]]],
        [["eps"], [["0.5"]], 1],
        [["t"], [["0.5"], ["1"]], 1],
        [["t"], ["0.5"], 1],
        [["t"], [[0.5]], 1],
        [["t"], [["3.01"]], 1],
        [["t"], [["nan"]], 1],
        [["t"], None, 1],
    ],
)
def test_what_is_no_report_of_this_scene_is_nothing(report):
    assert _state(["t"], report) is None


def test_of_several_parameters_all_must_be_there():
    assert _state(["t", "eps"], [["t", "eps"], [["0.5"], ["2"]], 1]) is None
