"""The three forms as HTML: what the layout changes, and a table for each layer."""

from ui.draw.prose import link
from ui.draw.svg import scripts, tag
from ui.names.symbols import symbol
from ui.state.parameters import LAYOUTS
from ui.state.recording import recorded_step
from ui.state.settings import Settings
from ui.views.notation.forms import Form, layer_forms
from ui.views.notation.layout import derivative_shape
from ui.views.notation.markup import code, formula, paragraph, table
from ui.views.notation.words import page as words

OPEN_LAYERS = 2
"""So many layers, from the last down, show their steps at once; those below are folded."""


def layout_markup(settings: Settings, layout: str) -> str:
    """What the switch changes, in shapes."""
    config = settings.config
    last = config.depth
    z, W = f"z{last}", f"W{last}"
    jacobian = (z, f"a{last - 1}") if last > 1 else ("a1", z)
    rows = [
        (
            scripts(_derivative(output, wrt)),
            *(str(derivative_shape(config, output, wrt, each)) for each in LAYOUTS),
        )
        for output, wrt in (("C", z), jacobian, (z, W), ("C", W))
    ]
    rows.insert(2, words.ORDER)
    head = ("Shape of", *(f"{each} layout" for each in LAYOUTS))
    shapes = table(words.LAYOUT_TABLE, head, rows, marked_column=1 + LAYOUTS.index(layout))
    return tag(
        "div",
        tag("div", shapes, class_="bp-layouts"),
        paragraph(words.layouts(config)),
        class_="bp-layout-note",
    )


def layer_markup(settings: Settings, layer: int, layout: str) -> str:
    """The steps I to VI of one layer; folded for the layers far below."""
    last = settings.config.depth
    name = "Output layer" if layer == last else f"Hidden layer {layer}"
    forms = layer_forms(recorded_step(settings), layer, layout)
    rows = [_form_row(settings, form) for form in forms]
    content = tag("div", table(f"{name}, three forms", words.FORMS_COLUMNS, rows), class_="bp-forms")
    if layer > last - OPEN_LAYERS:
        return tag("h3", name, class_="bp-subheading") + content
    return tag("details", tag("summary", name), content, class_="bp-details")


def _form_row(settings: Settings, form: Form) -> tuple[str, str, str, str]:
    name = scripts(f"{form.stop.numeral}  {_derivative(form.output, form.wrt)}")
    factors = " · ".join(map(str, form.factors))
    shape = f"{factors} = {form.shape}" if factors else str(form.shape)
    pair = f"{form.output}/{form.wrt}"
    return (
        link(name, settings.step_link(form.stop.id), title=words.SEE_STEP),
        formula(form.index),
        formula(form.vector) + tag("div", shape, class_="bp-shape", data_shape=pair),
        tag("div", code(form.numpy), data_numpy=pair),
    )


def _derivative(output: str, wrt: str) -> str:
    """Such as ∂C/∂a¹, or dC/dW² and dC/db²: a gradient has both with d."""
    d = "d" if output == "C" and wrt[0] in "Wb" else "∂"
    return f"{d}{symbol(output)}/{d}{symbol(wrt)}"
