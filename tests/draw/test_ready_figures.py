"""Charts go to the browser unchecked, so they are checked here: Plotly would have made the same of them."""

import json
from concurrent.futures import ThreadPoolExecutor

import plotly.io
import plotly.tools
from plotly.tools import return_figure_from_figure_or_data

from tests.expected import settings_of
from tests.pages.helpers import open_app
from ui.draw.heatmap import heatmap_figure
from ui.draw.ready import ReadyFigure
from ui.state.recording import recorded_step
from ui.views.jacobians.matrices import jacobian_matrix


def checked(figure):
    """What Plotly makes of a dict."""
    return return_figure_from_figure_or_data(
        figure | {"data": [dict(trace) for trace in figure["data"]]}, True
    )


def sent(figure):
    """What reaches the browser, without properties that are empty."""

    def full(value):
        if isinstance(value, dict):
            return {key: full(item) for key, item in value.items() if item not in ({}, [])}
        return [full(item) for item in value] if isinstance(value, list) else value

    return full(json.loads(plotly.io.to_json(figure, validate=False)))


def test_plotly_would_send_the_same(monkeypatch):
    drawn = []

    def draw(figure, validate_figure):
        drawn.append(return_figure_from_figure_or_data(figure, validate_figure))
        return drawn[-1]

    monkeypatch.setattr(plotly.tools, "return_figure_from_figure_or_data", draw)
    app = open_app("jacobians")
    app.session_state["pictures"] = True
    app.run()
    assert len(drawn) == 2
    for figure in drawn:
        layout = {key: value for key, value in figure["layout"].items() if key != "template"}
        expected = sent(checked({"data": figure["data"], "layout": layout}))
        template, kinds = expected["layout"]["template"], {trace["type"] for trace in figure["data"]}
        template["data"] = {kind: template["data"][kind] for kind in kinds}
        assert sent(figure) == expected


def test_many_sessions_draw_one_figure():
    step = recorded_step(settings_of())
    figure = heatmap_figure(*jacobian_matrix(step, step.vjp("z2", "a1"), 0))

    def draw(_):
        return return_figure_from_figure_or_data(ReadyFigure(figure), True)["data"][0]["type"]

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(draw, range(40))) == {"heatmap"}
