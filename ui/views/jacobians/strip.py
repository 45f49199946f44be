"""All Jacobians of the pass as small pictures in one strip, each a link to the large one. No Streamlit."""

import numpy as np

from backprop import TrainingStep, VJPStep
from backprop.arrays import FloatArray
from ui.draw.prose import link
from ui.draw.svg import scripts, sign_class, tag
from ui.names.numbers import counted
from ui.state.settings import Settings
from ui.views.jacobians import words
from ui.views.jacobians.figures import jacobian_symbol

WIDTH, HEIGHT = 88.0, 44.0
LARGEST_CELL = 11.0
SHADES = 4


def key_of(vjp_step: VJPStep) -> str:
    """Name of a Jacobian in the URL, such as "z2-a1"."""
    return f"{vjp_step.output}-{vjp_step.wrt}"


def default_key(step: TrainingStep) -> str:
    """The dense Jacobian that the thesis is about: the last layer's sums towards the last hidden layer."""
    last = step.config.depth
    return f"z{last}-a{last - 1}"


def jacobian_strip(settings: Settings, step: TrainingStep, chosen: str) -> str:
    """HTML: one link for every Jacobian, in the order in which backpropagation needs them."""
    links = [_thumbnail(settings, vjp_step, key_of(vjp_step) == chosen) for vjp_step in step.vjp_steps]
    return tag("nav", *links, class_="bp-strip", aria_label=words.ALL_JACOBIANS)


def _thumbnail(settings: Settings, vjp_step: VJPStep, current: bool) -> str:
    key = key_of(vjp_step)
    name = tag("strong", scripts(jacobian_symbol(vjp_step)))
    shape = tag("span", f"{vjp_step.jacobian.shape}<br>{counted(vjp_step.paths, 'path')}")
    return link(
        _small_picture(vjp_step.jacobian) + name + shape,
        settings.link("jacobians", jacobian=key),
        data_jacobian=key,
        class_="bp-thumbnail" + (" bp-dense" if vjp_step.paths > 1 else ""),
        aria_current="true" if current else None,
    )


def _small_picture(jacobian: FloatArray) -> str:
    """The matrix, one square a number; a 3-index one as its blocks side by side, rows of zeros left blank."""
    blocks = jacobian if jacobian.ndim == 3 else jacobian.reshape(1, -1, jacobian.shape[-1])
    count, rows, columns = blocks.shape
    gap = 0.6
    across = count * columns + gap * (count - 1)
    size = min(LARGEST_CELL, WIDTH / across, HEIGHT / rows)
    left, top = (WIDTH - size * across) / 2, (HEIGHT - size * rows) / 2
    frames = [
        tag(
            "rect",
            x=left + size * block * (columns + gap),
            y=top,
            width=size * columns,
            height=size * rows,
            class_="bp-frame",
        )
        for block in range(count)
    ]
    squares: dict[tuple[str, int], list[str]] = {}
    sizes = np.abs(blocks)
    shades = np.minimum(SHADES, 1 + (SHADES * (sizes / (sizes.max() or 1.0))).astype(int))
    side = f"{size * 0.92:.2f}"
    shown = blocks != 0
    drawn = zip(np.argwhere(shown).tolist(), blocks[shown].tolist(), shades[shown].tolist(), strict=True)
    for (block, row, column), value, shade in drawn:
        x, y = left + size * (block * (columns + gap) + column), top + size * row
        square = f"M{x:.2f} {y:.2f}h{side}v{side}h-{side}z"
        squares.setdefault((sign_class(value), shade), []).append(square)
    paths = (
        tag("path", d="".join(shapes), class_=f"{class_} bp-shade", fill_opacity=shade / SHADES)
        for (class_, shade), shapes in sorted(squares.items())
    )
    return tag("svg", *frames, *paths, viewBox=f"0 0 {WIDTH} {HEIGHT}", fill="none", aria_hidden="true")
