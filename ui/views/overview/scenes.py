"""The scene of the page: the network, and one hidden unit's paths to the cost and their sum. No Streamlit."""

from collections.abc import Callable, Collection, Sequence

from backprop import TrainingStep
from ui.draw.packing import written
from ui.draw.scenes import (
    Bar,
    Bars,
    Choice,
    Edge,
    Following,
    Formula,
    Group,
    Legend,
    Link,
    Network,
    Node,
    Number,
    Scene,
    WholeNetwork,
    Words,
    following,
    formula,
    slot,
)
from ui.names.equations import entry, entry_partial
from ui.names.symbols import circled, entry_symbol, symbol
from ui.state.captions import describe_observation, typed_entries
from ui.state.data import input_names, is_iris, observation_word, output_names
from ui.state.parameters import AUTO
from ui.state.recording import recorded_step
from ui.state.settings import Settings
from ui.steps.forward import why_from_z
from ui.steps.payload import dead_units
from ui.steps.tables import layers_of_network, network_tables
from ui.steps.thesis import Thesis, theses_of, thesis_note, thesis_sentence
from ui.views.overview import words

Each = Sequence[Thesis]
"""One unit at each position of the choice."""


def overview_scene(settings: Settings) -> str:
    """The scene as JSON: the most telling unit of the last hidden layer first, then all of them."""
    step = recorded_step(settings)
    layer = step.config.depth - 1
    units = step.config.layer_sizes[layer]
    each = theses_of(step, [None, *range(units)])
    options = [words.MOST_TELLING, *(symbol(f"a{layer}", unit) for unit in range(units))]
    choice = Choice(
        ["unit"], words.unit_of(layer), [[AUTO], *([str(unit + 1)] for unit in range(units))], options
    )
    said = (
        Words(_said(each, thesis_sentence), "verdict", "verdict", is_spoken=True),
        Words(_said(each, thesis_note), "note", "note"),
        Link(words.SEE_THIS_STEP, settings.step_link(f"{layer}.II")),
    )
    typed = typed_entries(settings, "x")
    parts = (
        legend(settings, step),
        whole_network(step, each, typed),
        Group("pictures", (paths(step, each), bars(each), Group("column", said))),
        sum_formula(each),
    )
    return written(Scene(choice, parts))


def legend(settings: Settings, step: TrainingStep) -> Legend:
    """What is shown, and the one meaning of colours, for lines, units and bars."""
    keys = [*words.COLOURS, ("bp-ring", words.CHOSEN)]
    keys += [("bp-dashed-ring", words.OFF)] if dead_units(step.config, step.tape) else []
    from_z = why_from_z(step.config, step.tape)
    return Legend(describe_observation(settings), [*keys, ("", from_z)] if from_z else keys)


def whole_network(step: TrainingStep, each: Each, typed: Collection[int]) -> WholeNetwork:
    """Every value and every weight; `typed` are the inputs, 0-based, that the reader has put in."""
    config, depth = step.config, step.config.depth
    columns = layers_of_network(step)
    targets = step.tape["y"].tolist()
    columns[depth]["labels"] = [
        words.output(name, target) for name, target in zip(output_names(config), targets, strict=True)
    ]
    columns[0]["labels"] = [f"{name} {symbol('x', place)}" for place, name in enumerate(input_names(config))]
    heads = [(words.INPUT, _kind_of_inputs(step, typed))]
    heads += [
        (words.layer_title(layer, depth), f"{config.activation(layer)}({symbol(f'z{layer}')})")
        for layer in range(1, depth + 1)
    ]
    return WholeNetwork(
        words.network_alt(step, "example" if typed else observation_word(config)),
        columns,
        network_tables(step),
        dead_units(config, step.tape),
        [f"a{depth}:{k}" for k, target in enumerate(targets) if target == 1],
        [*heads, (words.COST, config.cost.label)],
        depth - 1,
        following([thesis.unit for thesis in each]),
        observation_word(config),
    )


def _kind_of_inputs(step: TrainingStep, typed: Collection[int]) -> str:
    if not is_iris(step.config):
        return words.AS_GIVEN
    if not typed:
        return words.STANDARDISED
    return words.TYPED if len(typed) == len(input_names(step.config)) else words.SOME_TYPED


def paths(step: TrainingStep, each: Each) -> Network:
    """The unit, the sums it goes into, and the cost; each edge has its derivative, and its sign's colour."""
    first = each[0]
    count, upper = len(first.products), first.output
    nodes, edges = [Node("a", 0, _said(each, lambda t: t.name), _links(*range(count)))], []
    for k in range(count):
        link, name = _links(k), f"z{k}"
        weights = following([thesis.weights[k] for thesis in each])
        weight_names = _said(each, lambda t, k=k: entry_symbol(f"W{upper[1:]}", (k, t.unit)))  # type: ignore[misc]
        upstream = first.upstream[k]
        nodes.append(Node(name, 1, f"{circled(k)} {symbol(upper, k)}", link))
        edges.append(Edge("a", name, Number(weights, "weight", weight_names), weights, link))
        edges.append(Edge(name, "C", Number(upstream, "upstream", f"∂C/∂{symbol(upper, k)}"), upstream, link))
    cost = Number(step.tape["C"].item(), form="short", before="C = ")
    nodes.append(Node("C", 2, cost, _links(*range(count))))
    return Network(words.paths_from(count), _said(each, words.paths_alt), nodes, edges)


def bars(each: Each) -> Bars:
    """The products of the paths, each bar from where the last one ended, their sum, and the numeric slope."""
    first = each[0]
    products = []
    for k in range(len(first.products)):
        product = following([thesis.products[k] for thesis in each])
        end = following([sum(thesis.products[: k + 1]) for thesis in each])
        label = f"{circled(k)} via {symbol(first.output, k)}"
        products.append(Bar(label, Number(product, "path", str(k)), end, _links(k)))
    names = _said(each, lambda thesis: f"{thesis.wrt}:{thesis.unit}")
    totals = following([thesis.total for thesis in each])
    total = Bar(
        _said(each, lambda t: f"∂C/∂{t.name}"),
        Number(totals, "cotangent", names),
        totals,
        _links(*range(len(first.products))),
    )
    unjudged = _said(each, lambda thesis: "" if thesis.numeric is not None else words.NOT_JUDGED)
    numeric = Number(following([thesis.numeric for thesis in each]), "numeric", names, text=unjudged)
    return Bars(
        words.sum_of(len(first.products)),
        _said(each, words.sum_alt),
        products,
        total,
        Bar(words.NUMERIC_SLOPE, numeric, 0.0),
    )


def sum_formula(each: Each) -> Formula:
    """The sum: as the rule, and with the numbers of this unit."""
    first = each[0]
    z, layer = first.output, first.wrt[1:]
    count = len(first.products)
    upstream = entry_partial("C", entry(z, "k"))
    rule = rf"\sum_k {upstream} \cdot {entry_partial(entry(z, 'k'), entry(first.wrt, 'j'))}"
    terms = " + ".join(rf"{slot(2 * k)} \cdot {slot(2 * k + 1)}" for k in range(count))
    factors = [
        Number(values, form="factor")
        for k in range(count)
        for values in (first.upstream[k], following([thesis.weights[k] for thesis in each]))
    ]
    total = Number(following([thesis.total for thesis in each]), form="short")
    left = entry_partial("C", entry(f"a{layer}", "j"))
    return formula(rf"{left} = {rule} = {terms} = {slot(2 * count)}", *factors, total)


# --- what follows the unit -----------------------------------------------------------------------------


def _links(*paths: int) -> str:
    return " ".join(f"path:{k}" for k in paths)


def _said(each: Each, sentence: Callable[[Thesis], str]) -> Following[str]:
    return following([sentence(thesis) for thesis in each])
