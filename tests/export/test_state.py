"""What a file says of its view, and how it is called."""

import pytest

from tests.expected import THREE_TWO_ONE, XOR, own_link, settings_of
from tests.export.files import TEXTBOOK
from ui.export.state import describe_state
from ui.state.captions import file_name


def test_state_is_described_with_its_training_steps_and_edits():
    assert describe_state(settings_of(epoch=5, taken=2, edit="x_1_1~b1_2_-3", flower=7)) == (
        "Flower 7, setosa, but x₁ as typed: x = (1, 0.769, −1.28, −1.31); "
        "the rest of x is standardised over the flowers of the training",
        "Network 4-5-3: relu hidden units, softmax outputs, cross-entropy cost; learning rate η = 0.1",
        "Parameters: initial ones of seed 859, after 5 epochs of training (split 1, batch size 16), "
        "then 2 update steps on this observation",
        "Edited before the steps taken: x₁ = 1, b¹₂ = −3",
    )
    assert describe_state(
        settings_of(epoch=1, taken=1, hidden="6-5", act="tanh", out="identity", lr=1e-5)
    ) == (
        "Flower 106, virginica: sepal 4.9 × 2.5 cm, petal 4.5 × 1.7 cm; "
        "x is standardised over the flowers of the training",
        "Network 4-6-5-3: tanh hidden units, identity outputs, squared error cost; learning rate η = 1e−5",
        "Parameters: initial ones of seed 859, after 1 epoch of training (split 1, batch size 16), "
        "then 1 update step on this observation",
    )
    assert describe_state(settings_of())[0].endswith("cm; x is standardised over all 150 flowers")
    assert describe_state(settings_of(edit="x_1_1~x_2_2~x_3_3~x_4_4"))[0] == (
        "Flower 106, virginica, but all inputs as typed: x = (1, 2, 3, 4)"
    )
    many = "~".join(f"W1_{unit}_{place}_{unit}" for unit in range(1, 6) for place in range(1, 5))
    assert describe_state(settings_of(edit=many))[3].endswith("w¹₃₃ = 3, w¹₃₄ = 3 and 8 more")
    assert describe_state(settings_of(**TEXTBOOK)) == (
        "Textbook example: x = (0.05, 0.1), targets y = (0.01, 0.99)",
        "Network 2-2-2: sigmoid hidden units, sigmoid outputs, squared error cost; learning rate η = 0.5",
        "Parameters: the textbook's",
    )
    assert (
        describe_state(settings_of(**TEXTBOOK | {"hidden": "3"}))[2] == "Parameters: initial ones of seed 859"
    )
    assert describe_state(
        settings_of(**own_link(THREE_TWO_ONE, act="relu-sigmoid", out="tanh", err="sum"))
    ) == (
        "Your example: x = (1, 0, 1), target y = (1)",
        "Network 3-2-1: relu hidden units, tanh output, sum of squared errors cost; learning rate η = 0.1",
        "Parameters: as given",
    )
    assert describe_state(
        settings_of(**own_link(XOR, hidden="2-1-2", act="relu-tanh-relu", out="sigmoid", obs=2))
    )[:2] == (
        "Your example, observation 2 of 4: x = (0, 1), target y = (1)",
        "Network 2-2-1-2-1: relu then tanh then relu hidden units, sigmoid output, "
        "binary cross-entropy cost; learning rate η = 0.1",
    )
    weights_alone = own_link("x = 1\ny = 2\nW1 = 3", out="identity")
    assert describe_state(settings_of(**weights_alone | {"bias": "learned"}))[1:] == (
        "Network 1-1: identity output, squared error cost; learning rate η = 0.1",
        "Parameters: weights as given, biases 0",
    )
    assert describe_state(settings_of(**weights_alone))[1:] == (
        "Network 1-1: identity output, no biases, squared error cost; learning rate η = 0.1",
        "Parameters: as given",
    )


@pytest.mark.parametrize(
    ("view", "name"),
    [
        ({"flower": 83, "seed": 41, "taken": 3}, "arrays-flower83-seed41-5-relu-softmax-eta0.1-taken3.csv"),
        (
            {"epoch": 9, "split": 5, "batch": "full", "lr": 1e-05},
            "arrays-flower106-seed859-5-relu-softmax-eta1e-05-epoch9-split5-batchfull.csv",
        ),
        ({"split": 5, "lr": 10}, "arrays-flower106-seed859-5-relu-softmax-eta10.csv"),
        ({"epoch": 9, "edit": "x_1_2"}, "arrays-flower106-seed859-5-relu-softmax-eta0.1-epoch9-edited.csv"),
        (TEXTBOOK, "arrays-textbook-2-sigmoid-sigmoid-squared-eta0.5.csv"),
        (TEXTBOOK | {"hidden": "3"}, "arrays-textbook-seed859-3-sigmoid-sigmoid-squared-eta0.5.csv"),
    ],
)
def test_file_names_say_what_is_in_them(view, name):
    assert file_name(settings_of(**view), "arrays", "csv") == name
    assert file_name(settings_of(**view), "arrays") + ".csv" == name
