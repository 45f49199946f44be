"""What a scene reports is taken only where it can be."""

import pytest

from ui.draw.page import _state


def test_a_report_is_read_as_links_have_it():
    assert _state(["t"], [["t"], [["0.50"]], 3]) == [["0.5"]]
    assert _state(["eps"], [["eps"], [["-0"]], 1]) == [["0"]]
    assert _state(["unit", "drop"], [["unit", "drop"], [["4"], ["1", "3"]], 1]) == [["4"], ["1", "3"]]


@pytest.mark.parametrize(
    "report",
    [
        None,
        "t",
        [["t"], [["0.5"]]],
        [["eps"], [["0.5"]], 1],
        [["t"], [["0.5"], ["1"]], 1],
        [["t"], ["0.5"], 1],
        [["t"], [[0.5]], 1],
        [["t"], [["3.01"]], 1],
        [["t"], [["nan"]], 1],
        [["t"], None, 1],
    ],
)
def test_what_is_no_report_of_this_scene_is_nothing(report):
    assert _state(["t"], report) is None
