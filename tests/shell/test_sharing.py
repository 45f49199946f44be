"""Links to a view and their QR codes, as text; opening them is tested in tests/pages/test_take_along.py."""

import html
import re
from urllib.parse import parse_qsl, urlsplit

import pytest
import segno

from tests.expected import DEFAULTS, settings_of
from tests.markup import elements
from ui.draw.qr import QUIET_ZONE, qr_code
from ui.shell.share.links import View, own_parameters
from ui.state.address import app_address

APP = "https://example.org/backprop"
VIEWS = [
    {},
    {"flower": 3, "lr": 0.1234567891, "hidden": "6-5", "act": "tanh", "out": "sigmoid-squared", "taken": 4},
    {"epoch": 37, "split": 5, "batch": "full"},
    {"data": "textbook", "hidden": "2", "edit": "W1_2_1_0.5~x_1_-1.2"},
]


def view_of(link=(), page="paths", step=0, own=()) -> View:
    shared = {key: str(value) for key, value in (DEFAULTS | dict(link) | {"step": step}).items()}
    return View(APP, page, tuple((key, text) for key, text in shared.items() if text), tuple(own))


def parameters(link: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(link).query, keep_blank_values=True, strict_parsing=True))


@pytest.mark.parametrize("link", VIEWS, ids=str)
def test_link_has_every_parameter_written_out(link):
    view = view_of(link, step=4, own=[("unit", "2"), ("drop", "1,3 ⟨x⟩")])
    expected = {key: str(value) for key, value in (DEFAULTS | link | {"step": 4}).items() if value != ""}
    assert parameters(view.link) == expected | {"unit": "2", "drop": "1,3 ⟨x⟩"}
    assert view.link.startswith(f"{APP}/paths?")


@pytest.mark.parametrize("link", VIEWS, ids=str)
def test_links_give_the_same_settings_again(link):
    view = view_of(link, step=4)
    for text in (view.link, view.short_link, view.presenting.link, view.quiz.short_link):
        found = parameters(text)
        shared = {key: value for key, value in found.items() if key not in ("present", "quiz")}
        assert settings_of(**shared) == settings_of(**link)
        assert found["step"] == "4"


def test_short_link_leaves_out_what_is_at_its_default():
    assert view_of().short_link == f"{APP}/paths"
    assert view_of({"flower": 3}, "", 7).short_link == f"{APP}/?flower=3&step=7"


def test_modes_open_the_walkthrough_without_another_page_s_parameters():
    view = view_of({"flower": 3}, "paths", own=[("unit", "2")])
    assert view.presenting.short_link == f"{APP}/walkthrough?flower=3&present=1"
    assert view.quiz.short_link == f"{APP}/walkthrough?flower=3&quiz=1"
    own = view_of({}, "walkthrough", own=[("zoom", "2")])
    assert own.quiz.short_link == f"{APP}/walkthrough?zoom=2&quiz=1"


def test_a_mode_that_is_on_stays_on_in_every_link():
    asking = view_of({}, "walkthrough", step=3, own=[("quiz", "1")])
    assert asking.short_link == asking.quiz.short_link == f"{APP}/walkthrough?step=3&quiz=1"
    assert asking.presenting.short_link == f"{APP}/walkthrough?step=3&quiz=1&present=1"
    assert parameters(asking.link)["quiz"] == "1"
    assert "quiz=1" in asking.frame


def test_frame_is_html_that_embeds_the_view():
    view = view_of({"flower": 3}, own=[("note", '"><script>')])
    (frame,) = elements(view.frame)
    assert (frame.tag, frame.attributes["title"]) == ("iframe", "Backpropagation, every path of it")
    assert parameters(frame.attributes["src"]) == parameters(view.link) | {"embed": "true"}
    assert "<script" not in html.unescape(frame.attributes["src"])


@pytest.mark.parametrize(
    ("url", "page", "app"),
    [
        ("https://example.org/backprop/paths", "paths", APP),
        ("https://example.org/backprop/", "", APP),
        ("https://example.org/backprop", "", APP),
        ("http://localhost:8501/walkthrough", "walkthrough", "http://localhost:8501"),
        ("https://x.streamlit.app/~/+/paths", "paths", "https://x.streamlit.app"),
        ("https://x.streamlit.app/~/+/", "", "https://x.streamlit.app"),
        (None, "paths", ""),
    ],
)
def test_address_of_the_app_is_found_from_a_page_s(url, page, app):
    assert app_address(url, page) == app


def test_own_parameters_are_those_of_the_page_alone():
    query = [("flower", "3"), ("unit", "2"), ("drop", "1"), ("drop", "2"), ("present", "1"), ("quiz", "2")]
    assert own_parameters(query) == (("unit", "2"), ("drop", "1"), ("drop", "2"), ("present", "1"))


def drawn_modules(svg: str) -> set[tuple[int, int]]:
    """(row, column) of every dark module of a drawing, from its path, without the quiet zone."""
    (path,) = re.findall(r'stroke="#000" d="([^"]*)"', svg)
    x, y, dark = 0, 0.0, set()
    for command, numbers in re.findall(r"([Mmh])([-\d. ]*)", path):
        values = [float(value) for value in numbers.split()]
        if command == "h":
            dark |= {(int(y) - QUIET_ZONE, x + i - QUIET_ZONE) for i in range(int(values[0]))}
            x += int(values[0])
        else:
            x, y = (int(values[0]) + x * (command == "m"), values[1] + y * (command == "m"))
    return dark


@pytest.mark.parametrize("link", VIEWS, ids=str)
def test_drawing_of_the_code_is_that_of_the_link(link):
    text = view_of(link).short_link
    code = segno.make_qr(text, error="l")
    expected = {(i, j) for i, row in enumerate(code.matrix) for j, module in enumerate(row) if module}
    svg = qr_code(text).svg
    assert drawn_modules(svg) == expected
    other = segno.make_qr(text + "0", error="l")
    assert drawn_modules(svg) != {
        (i, j) for i, row in enumerate(other.matrix) for j, m in enumerate(row) if m
    }


def test_code_is_black_on_white_with_its_quiet_zone():
    text = view_of().short_link
    side = len(segno.make_qr(text, error="l").matrix) + 2 * 4
    svg = qr_code(text).svg
    assert f'viewBox="0 0 {side} {side}"' in svg
    assert f'<path fill="#fff" d="M0 0h{side}v{side}h-{side}z"/>' in svg
    assert set(re.findall(r"#\w+", svg)) == {"#fff", "#000"}
    assert svg.startswith('<svg xmlns="http://www.w3.org/2000/svg"')


def test_long_links_make_a_dense_code_or_none():
    assert not qr_code(view_of().short_link).is_dense
    assert [qr_code("x" * length).is_dense for length in (520, 521)] == [False, True]  # 77 modules, 81
    assert qr_code(f"{APP}/?edit={'x' * 3000}") is None
