"""A place in the pass is kept by its meaning when the network changes."""

import pytest

from backprop import MLPConfig
from ui.names.timeline import find_step, timeline
from ui.state.place import same_place


@pytest.mark.parametrize(
    ("old", "step", "new", "there"),
    [
        ((4, 5, 3), "x", (4, 6, 5, 3), "x"),
        ((4, 5, 3), "z1", (4, 6, 5, 3), "z1"),
        ((4, 5, 3), "a2", (4, 6, 5, 3), "a3"),
        ((4, 5, 3), "C", (4, 6, 5, 3), "C"),
        ((4, 5, 3), "2.IV", (4, 6, 5, 3), "3.IV"),
        ((4, 5, 3), "1.II", (4, 6, 5, 3), "1.II"),
        ((4, 5, 3), "update.2", (4, 6, 5, 3), "update.3"),
        ((4, 5, 3), "after", (4, 6, 5, 3), "after"),
        ((4, 6, 5, 3), "2.II", (4, 5, 3), "1.II"),
        ((4, 6, 5, 3), "1.VI", (4, 5, 3), "1.VI"),
        ((4, 6, 5, 3), "3.V", (4, 5, 3), "2.V"),
        ((4, 6, 5, 3), "z2", (4, 5, 3), "z1"),
    ],
)
def test_the_same_step_of_another_network(old, step, new, there):
    old, new = (MLPConfig(layer_sizes=sizes) for sizes in (old, new))
    assert timeline(new)[same_place(old, new, find_step(old, step))].id == there


def test_a_position_beyond_the_end_is_the_last_step():
    config, deep = MLPConfig(layer_sizes=(4, 5, 3)), MLPConfig(layer_sizes=(4, 6, 5, 3))
    assert timeline(deep)[same_place(config, deep, 99)].id == "after"
