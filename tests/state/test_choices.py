"""Notices of the pages' own parameters, in so many words, and what becomes of the parameters."""

from types import SimpleNamespace

import pytest

from ui.state import address, choices, rows
from ui.state.address import Known
from ui.state.choices import ask
from ui.state.parameters import PARAMETERS
from ui.state.rows import Choice, Real, Whole


class Session:
    """What a page sees of Streamlit: a state, an address, notices; widgets give back what the state holds."""

    def __init__(self, monkeypatch, **query):
        self.said = []
        self.state = {"view": {key: [text] for key, text in query.items()}}
        self.state |= {"view_more": Known("batch", set(query))}
        st = SimpleNamespace(
            session_state=self.state,
            warning=lambda text, icon: self.said.append(text),
            number_input=lambda *_, key, **__: self.state[key],
            pills=lambda *_, key, **__: self.state[key],
            slider=lambda *_, key, **__: self.state[key],
        )
        for module in (address, choices, rows):
            monkeypatch.setattr(module, "st", st)

    @property
    def view(self):
        return self.state["view"]


LAYER = Choice("layer", "Layer", ("1", "2", "3"), default="1", page="batch")
UNIT = Choice("unit", "Unit", ["auto", "1", "2", "3", "4", "5"], default="auto", page="batch")
ROW = Whole("row", "Row", 2, 7, default=5, page="batch")
EPS = Real("eps", "Nudge ε", -1.0, 1.0, 0.01, default=0.1, page="batch")


@pytest.fixture
def opened(monkeypatch):
    for row in (LAYER, UNIT, ROW, EPS):
        monkeypatch.setitem(PARAMETERS, row.key, row)
    return lambda **query: Session(monkeypatch, **query)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("1", "2", "3"), ["Layer: expected one of 1, 2, 3, got `9`. You see 1."]),
        (("1",), ["Layer: expected 1, got `9`. You see 1."]),
        (("1", "9"), []),
    ],
)
def test_a_choice_that_is_not_there(opened, options, said):
    page = opened(layer="9")
    assert ask("layer", options=options) == ("1" if said else "9")
    assert page.said == said
    assert page.view == ({} if said else {"layer": ["9"]})


@pytest.mark.parametrize(
    ("text", "shown", "said"),
    [
        ("2", 2, []),
        ("7", 7, []),
        ("7.0", 7, []),
        ("0", 5, ["Row: expected a whole number from 2 to 7, got `0`. You see 5."]),
        ("1", 5, ["Row: expected a whole number from 2 to 7, got `1`. You see 5."]),
        ("8", 5, ["Row: expected a whole number from 2 to 7, got `8`. You see 5."]),
        ("2.5", 5, ["Row: expected a whole number from 2 to 7, got `2.5`. You see 5."]),
        ("inf", 5, ["Row: expected a whole number from 2 to 7, got `inf`. You see 5."]),
        ("x", 5, ["Row: expected a whole number from 2 to 7, got `x`. You see 5."]),
    ],
)
def test_a_number_that_is_none(opened, text, shown, said):
    page = opened(row=text)
    assert ask("row") == str(shown)
    assert page.said == said
    assert page.view == ({} if shown == 5 else {"row": [str(shown)]})


@pytest.mark.parametrize(("text", "shown"), [("-1", -1.0), ("0.15", 0.15), ("1.01", 0.1), ("nan", 0.1)])
def test_a_slider_takes_what_lies_on_it(opened, text, shown):
    page = opened(eps=text)
    assert float(ask("eps")) == shown
    wrong = shown == 0.1
    assert page.said == [f"Nudge ε: expected a number from −1 to 1, got `{text}`. You see 0.1."] * wrong
    assert page.view == ({} if wrong else {"eps": [text]})


def test_what_a_link_got_wrong_is_said_once_and_what_the_page_made_impossible_not_at_all(opened):
    page = opened(unit="5")
    assert ask("unit") == "5"
    assert ask("unit", options=UNIT.options[:4]) == "auto"
    assert (page.said, page.view) == ([], {})
    page = opened(unit="9")
    for _ in range(2):
        assert ask("unit") == "auto"
    assert len(page.said) == 1


def test_a_widget_that_nobody_touched_follows_its_default(opened):
    page = opened()
    assert ask("layer", options=["1", "2"], default="1") == "1"
    assert ask("layer", options=["1", "2"], default="2") == "2"
    page.state["layer"] = "1"  # the reader's choice
    assert ask("layer", options=["1", "2"], default="2") == "1"
    assert page.view == {"layer": ["1"]}
    assert ask("layer", options=["1", "2", "3"], default="3") == "1"


def test_what_is_put_shows_in_the_widget(opened):
    page = opened(row="3")
    assert ask("row") == "3"
    address.put("row", 6)
    assert ask("row") == "6"
    address.put("row", None)
    assert ask("row") == "5"
    assert page.view == {}


def test_what_a_picture_moves_holds_until_the_browser_has_heard_of_it(opened, monkeypatch):
    """Who moves it and presses a button at once sends what the field held before, and has not typed it."""
    page, now = opened(row="3"), [100.0]
    monkeypatch.setattr(address, "monotonic", lambda: now[0])
    assert ask("row") == "3"
    address.move("row", ["6"])
    for seconds in (0, 60):  # the first run may take long, or give way to the second
        now[0] += seconds
        page.state["row"] = 3
        assert ask("row") == "6"
    page.state["view_more"].heard = now[0] + address.ECHO  # as a run's end has it
    page.state["row"] = 3
    assert ask("row") == "6"
    page.state["row"] = 4
    assert ask("row") == "4"  # typed
    now[0] += address.ECHO + 0.1
    page.state["row"] = 3
    assert ask("row") == "3"  # typed, too


def test_a_default_that_a_link_writes_out_stays_until_it_is_changed(opened):
    page = opened(row="5")
    assert ask("row") == "5"
    assert page.view == {"row": ["5"]}
    page.state["row"] = 6
    ask("row")
    assert page.view == {"row": ["6"]}
    page.state["row"] = 5
    ask("row")
    assert page.view == {}
