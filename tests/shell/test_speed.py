"""What makes the app faster changes nothing."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn import datasets
from streamlit import string_util
from streamlit.elements import html, markdown
from streamlit.elements.widgets import number_input
from streamlit.proto.NewSession_pb2 import NewSession
from streamlit.runtime import app_session
from streamlit.runtime.state.safe_session_state import SafeSessionState
from streamlit.runtime.state.session_state import SessionState

from tests.pages.helpers import open_app
from tests.server import ROOT
from ui.shell.speed import speed_up
from ui.state.data import load_iris


def test_values_are_looked_up_by_their_keys(monkeypatch):
    speed_up()
    copies = []
    monkeypatch.setattr(SessionState, "filtered_state", property(lambda state: copies.append(state) or {}))
    state = SafeSessionState(SessionState(), lambda: None)
    state["flower"] = None
    assert "flower" in state.filtered_state
    assert state.filtered_state["flower"] is None
    assert "seed" not in state.filtered_state
    assert copies == []


def test_all_values_are_still_there():
    app = open_app(flower=51)
    state = app.session_state
    assert {"flower", "seed", "lr"} <= set(state.keys())
    assert len(state) == len(state.keys())
    assert dict(state.items())["flower"] == 51


def test_streamlit_still_asks_for_one_value():
    """Otherwise ui.shell.speed has lost its purpose."""
    assert "get_session_state().filtered_state" in Path(number_input.__file__).read_text(encoding="utf-8")


def test_iris_is_scikit_learns():
    centimetres, species = datasets.load_iris(return_X_y=True)
    assert np.array_equal(load_iris().centimetres, centimetres)
    assert load_iris().species == tuple(species)


def test_the_flowers_come_without_scikit_learn():
    code = "import sys; from ui.state.data import load_iris; load_iris(); sys.exit('sklearn' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


@pytest.mark.parametrize("section", ["theme", "theme.light", "theme.dark.sidebar", "theme.sidebar"])
def test_the_theme_is_what_streamlit_would_send(section):
    speed_up()
    streamlits = app_session._populate_theme_msg.__wrapped__
    wanted, first, again = (NewSession().custom_theme for _ in range(3))
    streamlits(wanted, section)
    for message in (first, again):
        app_session._populate_theme_msg(message, section)
        assert message == wanted
    assert (wanted.ByteSize() == 0) == (section == "theme.sidebar")  # the only one without an entry


@given(st.text(st.sampled_from(" \t\nab<\r\x0b\u2028")))
def test_texts_are_cleaned_as_streamlit_does(text):
    speed_up()
    for module in (html, markdown):
        assert module.clean_text(text) == string_util.clean_text(text)


def test_one_line_is_not_searched_for_indentation(monkeypatch):
    speed_up()
    monkeypatch.setattr(string_util, "textwrap", None)
    assert html.clean_text("  <p>one</p> ") == "<p>one</p>"


def test_the_theme_is_looked_up_once():
    speed_up()
    app_session._populate_theme_msg(NewSession().custom_theme, "theme.dark")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(app_session.config, "get_options_for_section", None)
        app_session._populate_theme_msg(NewSession().custom_theme, "theme.dark")


def test_a_process_may_open_as_many_files_as_the_system_lets_it():
    program = (
        "import resource; from ui.shell.speed import speed_up\n"
        "most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]\n"
        "resource.setrlimit(resource.RLIMIT_NOFILE, (256, most)); speed_up()\n"
        "print(*resource.getrlimit(resource.RLIMIT_NOFILE), most)"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    allowed, after, most = map(int, run.stdout.split())
    assert (allowed, after) == (min(65_536, most) if most > 0 else 65_536, most)
