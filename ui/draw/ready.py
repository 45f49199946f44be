"""Figures that st.plotly_chart takes as they are."""

from functools import cache
from typing import Any

import plotly.graph_objects as go

from ui.draw.heatmap import Figure


class ReadyFigure(go.Figure):  # type: ignore[misc]  # Plotly ships no types
    """A figure of our own making, handed on as it is.

    Plotly checks and copies every property of a figure, 5 to 10 ms of CPU for the first who sees a chart and
    1 ms for everybody else. Tests check ours instead.
    """

    def __init__(self, figure: Figure) -> None:
        super().__init__()
        kinds = frozenset(trace["type"] for trace in figure["data"])
        self._ready = figure | {"layout": figure["layout"] | {"template": _template(kinds)}}

    def to_dict(self) -> Figure:
        """What st.plotly_chart sends to the browser."""
        return self._ready


@cache
def _template(kinds: frozenset[str]) -> dict[str, Any]:
    """What of the template that Plotly gives a figure without one concerns these kinds of traces."""
    template = go.Figure().to_dict()["layout"]["template"]
    return template | {"data": {kind: template["data"][kind] for kind in kinds}}  # type: ignore[no-any-return]
