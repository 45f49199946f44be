"""The walkthrough, run from app.py by several links: what reaches the stage is the core's recorded step."""

import numpy as np
import pytest
from streamlit.runtime.state import QueryParamsProxy

from tests.expected import settings_of, step_of
from tests.pages.helpers import component_data, open_app

LINKS = [
    {},
    {"flower": 0, "seed": 7, "lr": 0.25, "step": 4},
    {"flower": 149, "hidden": "6-5", "act": "tanh", "out": "sigmoid"},
    {"hidden": "16-16-16-16", "out": "identity", "lr": 0.001},
]


@pytest.mark.parametrize("link", LINKS, ids=str)
def test_the_stage_gets_the_recorded_step(link):
    step = step_of(settings_of(**{key: value for key, value in link.items() if key != "step"}))
    data = component_data(open_app("walkthrough", **link), "stage")
    tables, place = data["payload"]["tables"], data["place"]
    np.testing.assert_array_equal(tables["a1:cotangent"]["values"][0], step.cotangent("a1"))
    np.testing.assert_array_equal(tables["W1:after"]["values"], step.params_after["W1"])
    assert tables["C:after"]["values"] == [[step.loss_after]]
    assert (place["step"], place["quiz"], place["present"]) == (link.get("step", 0), False, False)


def test_the_stage_is_told_the_place_in_the_address():
    data = component_data(open_app("walkthrough", step=4, quiz=1, present=1), "stage")
    place = data["place"]
    assert (place["step"], place["quiz"], place["present"]) == (4, True, True)
    assert data["questions"][13]


def test_there_and_back_before_the_browser_knows(monkeypatch):
    """The second request still has the address from before the first; the last word must be the view's."""
    written = []
    write = QueryParamsProxy.from_dict
    monkeypatch.setattr(
        QueryParamsProxy, "from_dict", lambda self, what: (written.append(dict(what)), write(self, what))
    )
    app = open_app("walkthrough", flower=7)
    app.sidebar.number_input(key="flower").set_value(8).run()
    assert written[-1] == {"flower": ["8"]}
    app.query_params["flower"] = "7"
    app.sidebar.number_input(key="flower").set_value(7).run()
    assert written[-1] == {"flower": ["7"]}
    times = len(written)
    app.run()
    assert len(written) == times


def test_a_new_flower_in_the_sidebar_reaches_the_stage():
    app = open_app("walkthrough")
    app.sidebar.number_input(key="flower").set_value(3).run()
    tables = component_data(app, "stage")["payload"]["tables"]
    np.testing.assert_array_equal(
        np.ravel(tables["x:value"]["values"]), step_of(settings_of(flower=3)).tape["x"]
    )
