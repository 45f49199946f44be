"""Share and Export, in the sidebar of every page, through AppTest."""

import json
from urllib.parse import parse_qsl, urlsplit

import pytest

from tests.expected import settings_of
from tests.pages.helpers import open_app
from ui.settings import DEFAULTS, Settings
from ui.sharing.qr import qr_code

LINKS = [
    ("walkthrough", {"flower": 3, "step": 4, "hidden": "4-3", "lr": 0.1234567891, "taken": 2}),
    ("update", {"epoch": 3, "split": 5, "batch": "full", "out": "sigmoid"}),
    ("jacobians", {"data": "textbook", "hidden": 2, "act": "sigmoid", "edit": "W1_2_1_0.5~x_1_-1.2"}),
    ("paths", {"unit": 2, "drop": "2", "seed": 7}),
    ("overview", {}),
]
FILES = ["Worksheet", "Notebook", "Arrays, JSON", "Arrays, CSV", "Walkthrough"]


def press(app, dialog):
    app.sidebar.button(key=f"open_{dialog}").click().run()
    assert not app.exception


def component(app, name) -> dict | None:
    """What a component of the dialog was given; None if it is not there."""
    found = [e for e in app.get("bidi_component") if e.proto.component_name.endswith(name)]
    return json.loads(found[0].proto.json) if found else None


def shared_links(app) -> dict[str, str]:
    press(app, "share")
    return {row["title"]: row["link"] for row in component(app, "links_to_copy")["links"]}


def open_link(link):
    """The app as a shared link opens it."""
    address = urlsplit(link)
    page = address.path.strip("/") or "overview"
    return open_app(page, **dict(parse_qsl(address.query)))


def settings_in(app) -> Settings:
    """The settings that the app's widgets hold."""
    return settings_of(**{key: app.session_state[key] for key in DEFAULTS})


@pytest.mark.parametrize(("page", "query"), LINKS, ids=lambda value: str(value))
def test_every_shared_link_opens_the_same_settings_and_step(page, query):
    app = open_app(page, **query)
    before = settings_in(app)
    links = shared_links(app)
    assert before == settings_of(**{k: v for k, v in query.items() if k in DEFAULTS and k != "step"})
    for title in ("Link", "For the projector", "Answers hidden"):
        opened = open_link(links[title])
        assert settings_in(opened) == before
        assert opened.session_state["step"] == app.session_state["step"]
    assert [w.value for w in open_link(links["Link"]).warning] == []


def test_a_page_s_own_parameters_are_in_the_link():
    links = shared_links(open_app("paths", unit=2, flower=3))
    assert "&unit=2" in links["Link"]
    assert "unit=2" not in links["For the projector"]
    opened = open_link(links["Link"])
    assert opened.session_state["unit"] == open_app("paths", unit=2, flower=3).session_state["unit"]


def test_the_code_is_that_of_the_short_link_and_follows_the_choice():
    app = open_app("update", flower=3)
    press(app, "share")
    assert component(app, "qr") == {"svg": qr_code("/update?flower=3").svg, "link": "/update?flower=3"}


@pytest.mark.parametrize(("page", "query"), LINKS, ids=lambda value: str(value))
def test_export_offers_every_file_of_any_view(page, query):
    app = open_app(page, **query)
    press(app, "export")
    labels = [button.label for button in app.get("download_button")]
    assert [label for label in labels if label in FILES] == FILES


def test_nothing_is_built_before_it_is_asked_for(monkeypatch):
    """Neither a page nor the open dialog makes a file or a code."""

    def forbidden(*args, **kwargs):
        raise AssertionError("built before it was asked for")

    for name in ("worksheet_html", "notebook_text", "arrays_json", "arrays_csv", "describe_state"):
        monkeypatch.setattr(f"ui.take_along.{name}", forbidden)
    monkeypatch.setattr("ui.sharing.dialog.qr_code", forbidden)
    app = open_app("update")
    monkeypatch.setattr("ui.take_along.describe_state", lambda settings: ())
    press(app, "export")


@pytest.mark.parametrize(
    "bad", [{"hidden": "99"}, {"edit": "W9_1_1_5"}, {"lr": 10, "taken": 200}, {"flower": "x"}]
)
def test_bad_links_share_and_export_what_is_shown_instead(bad):
    app = open_app("update", **bad)
    links = shared_links(app)
    opened = open_link(links["Link"])
    assert settings_in(opened) == settings_in(app)
    press(app, "export")


def test_a_dialog_does_not_come_back_with_the_next_change():
    app = open_app("update")
    press(app, "share")
    assert component(app, "links_to_copy")
    app.sidebar.number_input(key="flower").set_value(5).run()
    assert component(app, "links_to_copy") is None


@pytest.mark.parametrize("buttons", [("edit_numbers", "open_share"), ("open_export", "open_share")])
def test_of_two_buttons_at_once_one_opens_its_dialog(buttons):
    app = open_app("update")
    for key in buttons:
        app.sidebar.button(key=key).click()
    app.run()
    assert not app.exception
    dialogs = app.tabs, component(app, "links_to_copy"), app.get("download_button")
    assert sum(map(bool, dialogs)) == 1
