"""A parameter is one row: what follows from it, in the sidebar, in a link, in a notice, in the docs."""

import pytest

from tests.pages.helpers import load_app
from tests.server import ROOT
from tests.state.parameters_page import FILE, parameters_page
from ui.shell.share.links import View
from ui.state.pages import PAGES, TITLES
from ui.state.parameters import PARAMETERS, TABLE, rows_of
from ui.state.presets import START
from ui.state.rows import Choice, Whole
from ui.state.settings import Settings, setting_rows


@pytest.fixture
def spare(monkeypatch):
    row = Whole("spare", "Spare part", 0, 9, default=3, help="What a new row explains.")
    monkeypatch.setitem(PARAMETERS, row.key, row)
    _forget_rows()
    yield
    monkeypatch.undo()
    _forget_rows()


def _forget_rows():
    for known in (rows_of, setting_rows):
        known.cache_clear()


def test_a_new_row_is_a_widget_and_part_of_the_address_and_of_links(spare):
    app = load_app("overview", [("spare", "7")])
    field = app.sidebar.number_input(key="spare")
    assert (field.label, field.value, field.help) == ("Spare part", 7, "What a new row explains.")
    field.set_value(4).run()
    assert app.query_params["spare"] == "4"
    app.sidebar.button(key="open_share").click().run()
    (links,) = [found.proto.json for found in app.get("bidi_component") if '"links"' in found.proto.json]
    assert links.count("&spare=4") + links.count("?spare=4") >= 3
    view = View("", "paths", (("flower", "106"), ("spare", "3")))
    assert (view.link, view.short_link) == ("/paths?flower=106&spare=3", "/paths")


def test_a_new_row_is_checked(spare):
    app = load_app("overview", [("spare", "12")])
    (notice,) = app.warning
    assert (
        notice.value == "Spare part: expected a whole number from 0 to 9, got `12`. You see the default, 3."
    )
    assert app.sidebar.number_input(key="spare").value == 3


def test_a_new_row_is_documented(spare):
    assert "| `spare` | Spare part | a whole number from 0 to 9 | 3 |" in parameters_page()


def test_the_docs_are_those_of_the_table():
    assert FILE.read_text(encoding="utf-8") == parameters_page(), "run tests.state.parameters_page"


def test_every_parameter_has_a_key_and_a_page_of_its_own():
    assert len(PARAMETERS) == sum(map(len, TABLE.values()))
    assert TABLE.keys() <= TITLES.keys()


@pytest.mark.parametrize("row", PARAMETERS.values(), ids=lambda row: row.key)
def test_a_default_is_what_its_text_means(row):
    depends = isinstance(row, Choice) and not row.offered
    assert depends or row.read(row.default_text) == row.default


def test_every_setting_is_a_parameter():
    assert {field for _, field in setting_rows()} == set(Settings.__dataclass_fields__)
    assert Settings(106, 859, 0.1, (5,), "relu", "softmax") == START


def test_every_page_is_a_file_and_every_file_a_page():
    assert sorted(page.name for page in PAGES) == sorted(path.stem for path in ROOT.glob("pages/*.py"))
