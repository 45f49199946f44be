"""Cached figures are everybody's, but Plotly changes the traces it checks for a moment."""

from typing import Any

Figure = dict[str, Any]


def own_copy(figure: Figure) -> Figure:
    """The figure with traces of its own, for st.plotly_chart.

    Plotly takes the type out of every trace while it checks it. Two sessions that draw the same cached figure
    at once would meet there, and one of them see "Invalid property specified for object of type Scatter".
    """
    return {**figure, "data": [dict(trace) for trace in figure["data"]]}
