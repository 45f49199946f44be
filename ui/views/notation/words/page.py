"""Headings, introductions and the switch of the layout."""

from backprop import MLPConfig
from ui.names.symbols import symbol
from ui.views.notation.layout import variable_shape


def lead(observation: str) -> str:
    return f"Look up a symbol, translate a step between indices, vectors and code, or find it in the papers. All shapes and numbers are those of the network and {observation} in the sidebar."


ANCHORS = {
    "glossary": "Glossary",
    "forms": "One step, three ways",
    "sources": "Where it stands",
    "differences": "Where we differ",
}
"""The four sections, each with its heading."""

PARTS = "Parts of this page"
SEE_STEP = "See this step in the walkthrough"
NO_SECTION, NO_TITLE = "no section of its own", "not there"

GLOSSARY_COLUMNS = ("Symbol", "Meaning", "Shape here, in the code", "Elsewhere")
FORMS_COLUMNS = ("Step", "Index form", "Vector form, shapes", "NumPy")
SOURCES_COLUMNS = ("Formula", "Article", "Parr and Howard", "See it here")

LAYOUT_TABLE = "What the layout changes"
ORDER = ("Order of a product", "upstream · Jacobian", "Jacobian · upstream")

FORMS = "The backward pass of your network in index form, vector form and NumPy. The index form is the same in both layouts: a layout only says which axis comes first. Run the lines from top to bottom and you get the numbers of the walkthrough."
SOURCES = "The article is “The Total Derivative: Correcting the Misconception of Backpropagation's Chain Rule” (May 2025), by section. Parr and Howard is “The Matrix Calculus You Need For Deep Learning” (arXiv 1802.01528), by title of the section. The last column leads to the page that shows it with numbers."
DIFFERENCES = "The article simplifies here and there. What we show instead, and why."


def glossary(config: MLPConfig) -> str:
    sizes = "-".join(map(str, config.layer_sizes))
    return f"Shapes are those of your network, {sizes}. The code is Python: `step` is the training step that the whole app shows."


def layouts(config: MLPConfig) -> str:
    """Under the switch: what it changes, in the shapes of the last layer."""
    W = symbol(f"W{config.depth}")
    units, inputs = variable_shape(config, f"W{config.depth}")
    strict = f"as {(inputs, units)}"
    if units == inputs:
        strict = f"transposed, by chance of the same shape, {(inputs, units)}"
    return " ".join(
        (
            "Numerator layout, ours everywhere else, puts what is differentiated first.",
            "Denominator layout turns rows into columns, Jacobians into their transposes, and products around.",
            "Within a variable the order of axes stays, so a gradient has the shape of its parameter in both.",
            f"(Strict numerator layout in books would write dC/d{W} {strict}; {W} itself is no derivative and never turns.)",
            f"The code keeps rows and columns as one axis, {(units,)}; here they are written out, and `.ravel()` leads back.",
        )
    )
