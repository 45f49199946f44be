"""Share and Export, in the sidebar of every page, through AppTest."""

import json
from urllib.parse import parse_qsl, urlsplit

import pytest

from tests.expected import DEFAULTS, settings_of
from tests.pages.helpers import open_app, parameter
from tests.scenes import scene_of
from ui.draw.qr import qr_code
from ui.export.arrays import arrays_csv, count_numbers
from ui.export.state import describe_state
from ui.state.settings import Settings

LINKS = [
    ("walkthrough", {"flower": 3, "step": 4, "hidden": "4-3", "lr": 0.1234567891, "taken": 2}),
    ("update", {"epoch": 3, "split": 5, "batch": "full", "out": "sigmoid"}),
    ("jacobians", {"data": "textbook", "hidden": 2, "act": "sigmoid", "edit": "W1_2_1_0.5~x_1_-1.2"}),
    ("paths", {"unit": 2, "drop": "2", "seed": 7}),
    ("overview", {}),
    ("walkthrough", {"quiz": 1, "step": 3}),
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
    return settings_of(**{key: parameter(app, key) for key in DEFAULTS})


@pytest.mark.parametrize(("page", "query"), LINKS, ids=lambda value: str(value))
def test_every_shared_link_opens_the_same_settings_and_step(page, query):
    app = open_app(page, **query)
    before = settings_in(app)
    links = shared_links(app)
    assert before == settings_of(**{k: v for k, v in query.items() if k in DEFAULTS and k != "step"})
    for title in ("Link", "For the projector", "Answers hidden"):
        opened = open_link(links[title])
        assert settings_in(opened) == before
        assert int(parameter(opened, "step")) == int(parameter(app, "step"))
    assert [w.value for w in open_link(links["Link"]).warning] == []


def test_a_page_s_own_parameters_are_in_the_link():
    links = shared_links(open_app("paths", unit=2, flower=3))
    assert "&unit=2" in links["Link"]
    assert "unit=2" not in links["For the projector"]
    there = scene_of(open_link(links["Link"]), "paths")
    assert there.numbers() == scene_of(open_app("paths", unit=2, flower=3), "paths").numbers()


def test_only_our_own_parameters_travel():
    links = shared_links(open_app("walkthrough", quiz=1, present=1, utm_source="mail", fbclid="x", unit=2))
    assert urlsplit(links["Link"]).query.endswith("&quiz=1&present=1")
    for link in links.values():
        assert not {"utm_source", "fbclid", "unit"} & set(dict(parse_qsl(urlsplit(link).query)))


def test_the_code_is_that_of_the_short_link_and_follows_the_choice():
    app = open_app("update", flower=3)
    press(app, "share")
    assert component(app, "qr") == {
        "svg": qr_code("/update?flower=3").svg,
        "link": "/update?flower=3",
        "name": "link-update-flower3-seed859-5-relu-softmax-eta0.1.svg",
    }


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
        monkeypatch.setattr(f"ui.shell.take_along.{name}", forbidden)
    monkeypatch.setattr("ui.shell.share.dialog.qr_code", forbidden)
    app = open_app("update")
    monkeypatch.setattr("ui.shell.take_along.describe_state", lambda settings: ())
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


def test_the_share_dialog_says_what_each_link_is():
    app = open_app("update", flower=3)
    press(app, "share")
    rows = component(app, "links_to_copy")["links"]
    assert {row["title"]: row["text"] for row in rows} == {
        "Link": "What you see now, every setting written out.",
        "For the projector": "The walkthrough in presenter mode.",
        "Answers hidden": "The walkthrough asks before it shows a number.",
        "Ask the class": "Opens a room for any question about this network: everybody answers on a phone.",
        "Within another page": "HTML for a learning platform or a website.",
    }
    assert [row["link"] for row in rows[1:3]] == [
        link.replace("/update", "/walkthrough") + mode
        for link, mode in ((rows[0]["link"], "&present=1"), (rows[0]["link"], "&quiz=1"))
    ]
    assert f'src="{rows[0]["link"].replace("&", "&amp;")}&amp;embed=true"' in rows[4]["link"]
    (choice,) = [group for group in app.get("button_group") if group.label == "QR code of"]
    assert choice.options == ["This view", "Answers hidden"]
    assert "The code holds the short link, without settings at their defaults: the same view." in [
        caption.value for caption in app.caption
    ]
    assert "The address of this app is not known here: put it before the links." in [
        warning.value for warning in app.warning
    ]


def test_a_dense_code_and_none_at_all_are_told():
    dense = "~".join(f"W1_{unit}_{place}_-0.1234567890123" for unit in range(1, 6) for place in range(1, 5))
    dense += "~" + "~".join(f"W2_{k}_{place}_-0.1234567890123" for k in range(1, 4) for place in range(1, 6))
    app = open_app("update", edit=dense)
    press(app, "share")
    assert [caption.value for caption in app.caption if "code" in caption.value] == [
        "The code holds the short link, without settings at their defaults: the same view. It is long, so "
        "the code is fine-grained: check it from the last row."
    ]
    none = "~".join(f"W1_{u}_{p}_-0.123456789012345" for u in range(1, 17) for p in range(1, 5))
    none += "~" + "~".join(f"W2_{k}_{p}_-0.123456789012345" for k in range(1, 4) for p in range(1, 17))
    app = open_app("update", edit=none, hidden="16")
    press(app, "share")
    assert component(app, "qr") is None
    assert "With so many edited numbers the link is too long for a QR code. Copy it instead." in [
        warning.value for warning in app.warning
    ]


@pytest.mark.parametrize(("query", "size"), [({}, "21 kB"), ({"hidden": "16-16-16-16"}, "1.1 MB")])
def test_the_export_dialog_says_what_is_in_each_file(query, size):
    settings = settings_of(**query)
    app = open_app("update", **query)
    press(app, "export")
    numbers = count_numbers(settings)
    rows = arrays_csv(settings).splitlines()
    assert numbers == len(rows) - 1
    said = [markdown.value for markdown in app.markdown]
    for text in (
        "To print: the network, its numbers, blanks to fill. Open the file and print it, or save it as PDF.",
        "A cell for every step; needs NumPy only, and checks that it gets the numbers you see.",
        f"All values, Jacobians, path terms, derivatives and updates: {numbers:,} numbers with every digit.",
        f"The same, one number a row, about {size}. Indices count from 0.",
        "The walkthrough as one HTML file, for use without network.",
    ):
        assert text in said
    captions = [caption.value for caption in app.caption]
    assert "  \n".join(describe_state(settings)) in captions
    assert "Charts have a camera button in their upper right corner." in captions
    value, unit = size.split()
    assert float(value) * {"kB": 1e3, "MB": 1e6}[unit] == pytest.approx(len(arrays_csv(settings)), rel=0.25)
