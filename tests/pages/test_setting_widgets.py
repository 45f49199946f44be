"""Settings without a field cost nothing until they are asked for; then the URL keeps them."""

import pytest

from tests.pages.helpers import open_app

HIDDEN = {"step": "3", "taken": "2", "epoch": "0", "data": "textbook", "edit": "x_1_0.5", "split": "7"}


def widget_keys(app) -> set[str]:
    kinds = ("number_input", "selectbox", "text_input")
    return {widget.key for kind in kinds for widget in app.sidebar.get(kind)}


def test_the_default_view_draws_fields_only():
    assert widget_keys(open_app()) == {"flower", "seed", "lr", "hidden", "act", "out"}
    fields = widget_keys(open_app("training"))
    assert fields == {"flower", "seed", "lr", "hidden", "act", "out", "split", "batch"}


@pytest.mark.parametrize(("key", "value"), HIDDEN.items())
def test_what_a_link_asks_for_stays_in_the_url(key, value):
    app = open_app("walkthrough", **{key: value})
    assert not app.warning
    assert key in widget_keys(app)
    app.sidebar.number_input(key="lr").set_value(0.2).run()
    assert str(app.session_state[key]) == value
    assert app.query_params[key] in (value, [value])  # AppTest keeps a list until a run writes it


def test_what_a_button_sets_is_in_the_url():
    app = open_app("update")
    app.button(key="take_10").click().run()
    assert app.query_params["taken"] == "10"
    app.button(key="take_1").click().run()
    assert app.query_params["taken"] == "11"


def test_what_was_put_back_does_not_return():
    app = open_app("update", taken=3)
    app.button(key="take_reset").click().run()
    assert "taken" not in app.query_params
    app.run()
    app.button(key="take_1").click().run()
    assert app.session_state["taken"] == 1
    assert app.query_params["taken"] == "1"
