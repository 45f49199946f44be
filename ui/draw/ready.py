"""Figures that st.plotly_chart takes as they are."""

from functools import cache
from typing import Any

from plotly.basedatatypes import BaseFigure
from plotly.graph_objs import Figure as CheckedFigure

Figure = dict[str, Any]


class ReadyFigure(BaseFigure):  # type: ignore[misc]  # Plotly ships no types
    """A figure of our own making, handed on unchecked.

    Plotly checks and copies every property of a dict, 5 to 10 ms of CPU for a chart, and meanwhile takes the
    type out of every trace, so that of two sessions which draw the same cached figure one would fail. It
    trusts its own figures; tests check ours instead.
    """

    def __init__(self, figure: Figure) -> None:
        # Not Plotly's own, which is what takes so long.
        kinds = frozenset(trace["type"] for trace in figure["data"])
        self._ready = figure | {"layout": figure["layout"] | {"template": _template(kinds)}}

    def to_dict(self) -> Figure:
        """What st.plotly_chart sends to the browser."""
        return self._ready


@cache
def _template(kinds: frozenset[str]) -> Figure:
    """What of the template that Plotly gives a figure without one concerns these kinds of traces."""
    template = CheckedFigure().to_dict()["layout"]["template"]
    return template | {"data": {kind: template["data"][kind] for kind in kinds}}  # type: ignore[no-any-return]
