"""Stop 7: a hidden activation and its paths. No Streamlit."""

from backprop import TrainingStep
from ui.draw.scenes import (
    Edge,
    Group,
    Network,
    Node,
    Number,
    Part,
)
from ui.names.symbols import circled, entry_symbol, symbol
from ui.questions.tasks import Exercise
from ui.questions.words import lesson as words
from ui.views.lesson.scenes.parts import MOST_WRITTEN, bars_of, question_of, terms_table


def paths(step: TrainingStep, exercise: Exercise, is_shown: bool) -> list[Part]:
    """A hidden activation, the sums it goes into, and the cost; the products once they may be seen."""
    asked = question_of(exercise)
    quantity, terms = asked.problem.quantity, asked.problem.terms
    layer, j = quantity.layer, quantity.index[0]
    above = f"z{layer + 1}"
    name = symbol(f"a{layer}", j)
    nodes, edges = [Node("a", 0, name)], []
    for k, term in enumerate(terms):
        upstream, weight = term.factors
        sign, link = (term.product if is_shown else 0.0), f"path:{k}"
        nodes.append(Node(f"z{k}", 1, f"{circled(k)} {symbol(above, k)}", link))
        label = entry_symbol(f"W{layer + 1}", (k, j))
        edges.append(Edge("a", f"z{k}", Number(weight, "weight", label), sign, link))
        edges.append(Edge(f"z{k}", "C", Number(upstream, "upstream", f"∂C/∂{symbol(above, k)}"), sign, link))
    nodes.append(Node("C", 2, Number(float(step.tape["C"]), form="short", before="C = ")))
    title = words.paths_title(len(terms), name)
    picture = Network(title, title, nodes, edges)
    table = terms_table(
        ("", f"∂C/∂{symbol(above)}ₖ", entry_symbol(f"W{layer + 1}", ("k", j)), words.PRODUCT),
        [(circled(k), term.factors) for k, term in enumerate(terms)],
        exercise,
        is_shown,
    )
    if len(terms) > MOST_WRITTEN // 2:  # as a network their numbers would stand on each other
        parts: list[Part] = [table]
    else:
        parts = [picture]
    if not is_shown:
        return parts
    labels = [f"{circled(k)} via {symbol(above, k)}" for k in range(len(terms))]
    return [Group("pictures", (*parts, bars_of(exercise, labels)))]
