"""Edited numbers: in links, in the sidebar, in the dialog."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.expected import settings_of, step_of
from tests.pages.helpers import open_app, parameter
from tests.scenes import scene_of
from ui.state.edits import Edit, parse_edits

EDIT = "W1_2_3_0.5~x_1_-1.2"
TABS = ["Inputs and targets", "Layer 1: W¹ and b¹", "Layer 2: W² and b²"]


def texts_of(app) -> str:
    return "\n".join(markdown.value for markdown in app.sidebar.markdown)


def cost_of(app) -> float:
    return scene_of(app).numbers()["cost=before"]


def open_editor(**query) -> AppTest:
    """The editor by itself: AppTest cannot run what is in a dialog a second time."""

    def script(query):
        from tests.expected import settings_of
        from ui.shell.editor import editor
        from ui.state.address import follow

        follow("update")
        editor(settings_of(**query))

    app = AppTest.from_function(script, args=(query,), default_timeout=30)
    app.query_params.update({key: str(value) for key, value in query.items()})
    app.run()
    assert not app.exception
    return app


def button(app, label):
    return next(button for button in app.button if button.label == label)


def test_the_button_opens_the_editor_above_the_page():
    app = open_app("update", edit=EDIT)
    assert not app.tabs
    app.sidebar.button(key="edit_numbers").click().run()
    assert not app.exception
    assert [tab.label for tab in app.tabs] == TABS
    app.run()
    assert not app.tabs


def test_pages_compute_with_the_edits_and_the_sidebar_names_them():
    app = open_app("update", edit=EDIT, taken=2)
    assert not app.warning
    assert cost_of(app) == step_of(settings_of(edit=EDIT, taken=2)).loss_before
    assert cost_of(app) != step_of(settings_of(taken=2)).loss_before
    assert "**2 numbers are edited** before the steps taken: w¹₂₃ = 0.5, x₁ = −1.2." in texts_of(app)
    app.sidebar.button(key="reset_edits").click().run()
    assert (parameter(app, "edit"), int(parameter(app, "taken"))) == ("", 2)
    assert cost_of(app) == step_of(settings_of(taken=2)).loss_before
    assert "edited" not in texts_of(app)


@pytest.mark.parametrize(
    ("query", "caption"),
    [
        ({}, "virginica: sepal 4.9 × 2.5 cm, petal 4.5 × 1.7 cm"),
        ({"edit": "b1_1_2~y_1_1~y_3_0", "flower": 0}, "setosa: sepal 5.1 × 3.5 cm, petal 1.4 × 0.2 cm"),
        ({"edit": "x_1_7"}, "virginica, but x₁ as typed"),
        ({"edit": "x_1_1~x_2_2~x_3_3~x_4_4"}, "virginica, but all inputs as typed"),
        ({"edit": "x_9_7"}, "virginica: sepal 4.9 × 2.5 cm, petal 4.5 × 1.7 cm"),
        ({"edit": "nonsense"}, "virginica: sepal 4.9 × 2.5 cm, petal 4.5 × 1.7 cm"),
    ],
    ids=str,
)
def test_the_flower_s_measurements_stand_below_it_as_long_as_they_hold(query, caption):
    assert open_app("walkthrough", **query).sidebar.caption[0].value == caption


def test_the_textbook_s_typed_inputs_stand_in_the_sidebar():
    textbook = {"data": "textbook", "hidden": "2", "act": "sigmoid", "out": "sigmoid-squared"}
    said = texts_of(open_app("update", edit="x_1_2~x_2_0", **textbook))
    assert ">Textbook example, but all inputs as typed: x = (2, 0), targets y = (0.01, 0.99). <a" in said
    assert "**2 numbers are edited**: x₁ = 2, x₂ = 0." in said


@pytest.mark.parametrize(
    ("edit", "label"), [("x_1_7", "Put it back"), ("x_1_7~x_1_8", "Put it back"), (EDIT, "Put them back")]
)
def test_one_number_is_put_back_or_several(edit, label):
    assert open_app("update", edit=edit).sidebar.button(key="reset_edits").label == label


def test_the_overview_says_what_was_edited():
    scene = scene_of(open_app(None, edit=EDIT))
    assert scene.parts("Legend")[0]["title"].endswith("Edited: w¹₂₃ = 0.5, x₁ = −1.2")
    assert scene.of_network("x")[0] == [-1.2]


@pytest.mark.parametrize(
    ("edit", "left", "notice"),
    [
        ("x_1_nan", "", "Edits: expected numbers written like"),
        ("x_1_1001", "", "Edits: expected values from −1000 to 1000, got `x_1_1001`"),
        ("<script>", "", "Edits: expected numbers written like"),
        (
            "W7_1_1_1~x_1_2",
            "x_1_2",
            "Edits: this network has no W7. You see the network without the edit that does not fit.",
        ),
        ("y_1_1", "", "Edits: the targets of softmax outputs add up to 1, these to 2."),
    ],
)
def test_a_bad_edit_in_a_link_gives_a_notice_and_keeps_the_rest(edit, left, notice):
    app = open_app("update", edit=edit)
    (warning,) = app.warning
    assert warning.value.startswith(notice)
    assert parameter(app, "edit") == left
    assert cost_of(app) == step_of(settings_of(edit=left)).loss_before


def test_the_editor_shows_every_table_and_applies_what_is_there():
    app = open_editor(edit=EDIT)
    assert [tab.label for tab in app.tabs] == TABS
    assert any(caption.value == "2 of up to 120 numbers edited." for caption in app.caption)
    button(app, "Apply").click().run()
    assert set(parse_edits(parameter(app, "edit"))) == {Edit("W1", (1, 2), 0.5), Edit("x", (0,), -1.2)}


def test_single_numbers_go_back():
    app = open_editor(edit=EDIT)
    app.multiselect[0].set_value(["w¹₂₃ = 0.5"]).run()
    assert any(caption.value == "1 of up to 120 numbers edited." for caption in app.caption)
    button(app, "Apply").click().run()
    assert parameter(app, "edit") == "x_1_-1.2"


def test_all_numbers_go_back_from_the_editor():
    app = open_editor(edit=EDIT)
    button(app, "Put all back").click().run()
    assert parameter(app, "edit") == ""
    assert button(open_editor(), "Put all back").disabled


@pytest.mark.parametrize("goes_back", [True, False])
def test_after_steps_taken_the_editor_says_what_it_edits_and_offers_to_go_back(goes_back):
    app = open_editor(edit=EDIT, taken=7)
    assert "These are the numbers at the start; 7 update steps come after them" in app.info[0].value
    app.checkbox[0].set_value(goes_back).run()
    button(app, "Apply").click().run()
    assert len(parse_edits(parameter(app, "edit"))) == 2
    assert parameter(app, "taken") == ("0" if goes_back else "7")
    assert not open_editor(edit=EDIT).info


def test_an_edit_that_the_new_network_has_no_place_for_goes_the_others_stay():
    app = open_app("update", edit="W1_5_1_2~x_1_-1.2")
    app.sidebar.text_input(key="hidden").set_value("3").run()
    (warning,) = app.warning
    assert "W1 has 3 × 4 entries, which leaves no place for `W1_5_1_2" in warning.value
    assert parameter(app, "edit") == "x_1_-1.2"
    assert cost_of(app) == step_of(settings_of(edit="x_1_-1.2", hidden="3")).loss_before
