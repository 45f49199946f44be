"""Plotly changes a figure for a moment while it checks it, so no two sessions may hand it the same one."""

import ast
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from plotly.tools import return_figure_from_figure_or_data

from tests.expected import settings_of
from ui.figures.copies import own_copy
from ui.figures.update import update_figure
from ui.recording import recorded_step

ROOT = Path(__file__).resolve().parent.parent.parent
MADE_ANEW = {"strip_figure"}
"""Functions without a cache, whose figures nobody else has."""


def test_many_sessions_draw_one_figure():
    figure = update_figure(recorded_step(settings_of()), 1)

    def draw(_):
        return return_figure_from_figure_or_data(own_copy(figure), True)["data"][0]["type"]

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(draw, range(40))) == {"heatmap"}


def test_a_copy_shares_no_trace():
    figure = {"data": [{"type": "bar", "y": (1,)}], "layout": {"height": 1}}
    copy = own_copy(figure)
    copy["data"][0].pop("type")
    assert figure == {"data": [{"type": "bar", "y": (1,)}], "layout": {"height": 1}}


def test_every_chart_is_drawn_from_a_copy():
    charts = [chart for path in ROOT.glob("ui/**/*.py") for chart in charts_of(path)]
    assert len(charts) >= 6
    assert [where for where, is_safe in charts if not is_safe] == []


def charts_of(path):
    """(place, whether the figure is nobody else's) of every chart of a module."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    new = {
        target.id
        for node in nodes
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)
        for target in node.targets
        if isinstance(target, ast.Name) and getattr(node.value.func, "id", "") in MADE_ANEW
    }
    for node in nodes:
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "plotly_chart":
            figure = node.args[0]
            is_copy = isinstance(figure, ast.Call) and getattr(figure.func, "id", "") == "own_copy"
            yield f"{path.name}:{node.lineno}", is_copy or getattr(figure, "id", "") in new
