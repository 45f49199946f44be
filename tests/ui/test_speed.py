"""What makes the app faster changes nothing."""

import subprocess
import sys
from pathlib import Path

import numpy as np
from sklearn import datasets
from streamlit.elements.widgets import number_input
from streamlit.runtime.state.safe_session_state import SafeSessionState
from streamlit.runtime.state.session_state import SessionState

from tests.pages.helpers import open_app
from tests.server import ROOT
from ui.data import load_iris
from ui.speed import speed_up


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
    """Otherwise ui.speed has lost its purpose."""
    assert "get_session_state().filtered_state" in Path(number_input.__file__).read_text(encoding="utf-8")


def test_iris_is_scikit_learns():
    centimetres, species = datasets.load_iris(return_X_y=True)
    assert np.array_equal(load_iris().centimetres, centimetres)
    assert load_iris().species == tuple(species)


def test_the_flowers_come_without_scikit_learn():
    code = "import sys; from ui.data import load_iris; load_iris(); sys.exit('sklearn' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
