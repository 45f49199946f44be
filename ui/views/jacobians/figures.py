"""Pictures to save: the large matrices of the page as charts."""

from ui.draw.heatmap import heatmap_figure
from ui.draw.ready import ReadyFigure
from ui.state.recording import recorded_step
from ui.state.settings import Settings
from ui.views.jacobians.matrices import Titled, jacobian_matrix, routes_matrix

Picture = tuple[ReadyFigure, str]
"""A chart, and what it says to people who cannot see it."""


def jacobian_picture(settings: Settings, output: str, wrt: str, block: int) -> Picture:
    """The chosen Jacobian; `block` is the one to show where not all fit."""
    step = recorded_step(settings)
    return _picture(jacobian_matrix(step, step.vjp(output, wrt), block))


def routes_picture(settings: Settings, layer: int) -> Picture:
    """dC/dW by both routes."""
    return _picture(routes_matrix(recorded_step(settings), layer))


def _picture(titled: Titled) -> Picture:
    title, matrix = titled
    return ReadyFigure(heatmap_figure(title, matrix)), matrix.alt
