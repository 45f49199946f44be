"""Ticks of charts, named as ui.names.numbers writes numbers."""

import pytest

from ui.draw.axes import log_ticks, named_ticks, nice_values


@pytest.mark.parametrize(
    ("low", "high", "texts"),
    [
        (0, 0.5, ["0", "0.1", "0.2", "0.3", "0.4", "0.5"]),
        (-0.01, 12.5, ["0", "5", "10"]),
        (-1.3, 1.3, ["−1", "−0.5", "0", "0.5", "1"]),
        (0, 6e-9, ["0", "1e−9", "2e−9", "3e−9", "4e−9", "5e−9", "6e−9"]),
        (-2e6, 1e6, ["−2e6", "−1.5e6", "−1e6", "−500000", "0", "500000", "1e6"]),
        (0.31, 0.39, ["0.32", "0.34", "0.36", "0.38"]),
    ],
)
def test_ticks_are_nice_numbers_within_the_axis(low, high, texts):
    axis = named_ticks(nice_values(low, high))
    assert axis["ticktext"] == texts
    assert axis["tickmode"] == "array"
    assert axis["tickvals"] == pytest.approx([float(text.replace("−", "-")) for text in texts], rel=1e-9)


def test_there_are_no_more_ticks_than_asked_for():
    assert nice_values(0, 1, 3) == [0, 0.5, 1]
    assert nice_values(0, 1, 11) == pytest.approx([0.1 * number for number in range(11)])
    for size in (1e-9, 0.013, 1, 7, 99, 12345):
        for most in (2, 4, 6):
            assert 1 <= len(nice_values(-0.3 * size, size, most)) <= most + 1


def test_ticks_of_a_logarithmic_axis():
    assert log_ticks(0.03, 2)["ticktext"] == [
        *("0.01", "0.02", "0.05", "0.1", "0.2", "0.5", "1", "2", "5"),
        *("10", "20", "50"),
    ]
    assert log_ticks(0.01, 10)["ticktext"] == ["0.01", "0.1", "1", "10"]
    assert log_ticks(1, 299)["ticktext"][1] == "2"
    assert log_ticks(1, 300)["ticktext"] == ["1", "10", "100", "1000"]
    assert log_ticks(1e-12, 1)["ticktext"] == ["1e−12", "1e−10", "1e−8", "1e−6", "0.0001", "0.01", "1"]
