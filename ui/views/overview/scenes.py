"""The scene of the page: the network, and one unit's paths to the cost and their sum.

The unit is one of a hidden layer, with its activation; without a hidden layer an output, with its z.
"""

from collections.abc import Callable, Collection, Sequence

from backprop import TrainingStep
from ui.draw.packing import written
from ui.draw.scenes import (
    Bar,
    Bars,
    Choice,
    Edge,
    Elsewhere,
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
from ui.names.symbols import circled, entries, entry_symbol, symbol
from ui.state.captions import describe_observation, file_name, typed_entries
from ui.state.choices import numbers
from ui.state.data import input_names, is_iris, is_one_hot, observation_word, output_names
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


def overview_scene(settings: Settings, layer: int) -> str:
    """The scene as JSON: the most telling unit of a layer first, then all of them."""
    step = recorded_step(settings)
    units = step.config.layer_sizes[layer]
    each = theses_of(step, [None, *range(units)], layer if settings.hidden else None)
    wrt = each[0].wrt
    options = [words.MOST_TELLING, *entries(wrt, units)]
    positions = [[AUTO], *([text] for text in numbers(units))]
    choice = Choice(["unit"], words.unit_of(wrt), positions, options, elsewhere=other_layers(settings, layer))
    said = (
        Words(_said(each, thesis_sentence), "verdict", "verdict", is_spoken=True),
        Words(_said(each, lambda thesis: _note(step, thesis)), "note", "note"),
        Link(words.SEE_THIS_STEP, settings.step_link(step_of(each[0]))),
    )
    typed = typed_entries(settings, "x")
    parts = (
        legend(settings, step),
        whole_network(step, each, typed, ways_to_units(settings, layer)),
        Group("pictures", (paths(step, each), bars(each), Group("column", said))),
        sum_formula(each),
    )
    file = file_name(settings, f"overview-{{picture}}-{wrt}-unit-{{unit}}", "png")
    return written(Scene(choice, parts, file=file))


def other_layers(settings: Settings, layer: int) -> Elsewhere | None:
    """Links to the units of every hidden layer, where there are several."""
    layers = range(1, len(settings.hidden) + 1)
    links = [(symbol(f"a{each}"), _way_to(settings, each)) for each in layers]
    return Elsewhere(words.LAYER, links, layer - 1) if len(links) > 1 else None


def ways_to_units(settings: Settings, layer: int) -> dict[str, str]:
    """Where a click on a unit of another hidden layer leads."""
    return {
        f"a{each}:{unit}": _way_to(settings, each, unit=unit + 1)
        for each, units in enumerate(settings.hidden, 1)
        for unit in range(units)
        if each != layer
    }


def _way_to(settings: Settings, layer: int, **unit: int) -> str:
    is_default = layer == len(settings.hidden)
    return settings.link("", **({} if is_default else {"layer": layer}), **unit)


def step_of(thesis: Thesis) -> str:
    """Id of the step of the walkthrough that adds up its paths."""
    return f"{thesis.wrt[1:]}.{'II' if thesis.has_hidden else 'IV'}"


def _note(step: TrainingStep, thesis: Thesis) -> str:
    """Why this unit; where it has one path, why that is all, and where there are more."""
    note = thesis_note(thesis)
    if len(thesis.products) > 1:
        return note
    sizes, layer = step.config.layer_sizes, int(thesis.wrt[1:])
    several = [lower for lower in range(1, layer) if sizes[lower + 1] > 1]
    said = words.only_reader(thesis.name, _through(thesis, 0))
    more = [words.more_paths(several[-1], sizes[several[-1] + 1])] if several else []
    return " ".join((note, said, *more))


def _place(thesis: Thesis, k: int) -> int:
    """Which entry of the next variable its path k goes through: of outputs that read their own z, its own."""
    return k if thesis.has_hidden or len(thesis.products) > 1 else thesis.unit


def _through(thesis: Thesis, k: int) -> str:
    """What path k leads through, such as z²₃, or a¹₃."""
    return symbol(thesis.output, _place(thesis, k))


def legend(settings: Settings, step: TrainingStep) -> Legend:
    """What is shown, and the one meaning of colours, for lines, units and bars."""
    keys = [*words.COLOURS, ("bp-ring", words.CHOSEN)]
    keys += [("bp-dashed-ring", words.OFF)] if dead_units(step.config, step.tape) else []
    from_z = why_from_z(step.config, step.tape)
    return Legend(describe_observation(settings), [*keys, ("", from_z)] if from_z else keys)


def whole_network(
    step: TrainingStep, each: Each, typed: Collection[int], ways: dict[str, str]
) -> WholeNetwork:
    """Every value and every weight.

    Args:
        step: the recorded one.
        each: the units that can be chosen.
        typed: the inputs, 0-based, that the reader has put in.
        ways: where clicks on other units lead.
    """
    config, depth = step.config, step.config.depth
    columns = layers_of_network(step)
    targets, is_class = step.tape["y"].tolist(), is_one_hot(step.tape["y"])
    columns[depth]["labels"] = [
        words.output(name, target, is_class and target == 1)
        for name, target in zip(output_names(config), targets, strict=True)
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
        [f"a{depth}:{k}" for k, target in enumerate(targets) if is_class and target == 1],
        [*heads, (words.COST, config.cost.label)],
        int(each[0].wrt[1:]),
        following([thesis.unit for thesis in each]),
        observation_word(config),
        ways=ways or None,
    )


def _kind_of_inputs(step: TrainingStep, typed: Collection[int]) -> str:
    if not is_iris(step.config):
        return words.AS_GIVEN
    if not typed:
        return words.STANDARDISED
    return words.TYPED if len(typed) == len(input_names(step.config)) else words.SOME_TYPED


def paths(step: TrainingStep, each: Each) -> Network:
    """The unit, what its paths lead through, and the cost; edges have derivatives, in their colours."""
    count = len(each[0].products)
    nodes, edges = [Node("a", 0, _said(each, lambda t: t.name), _links(each, *range(count)))], []
    for k in range(count):
        link, name = _links(each, k), f"z{k}"
        weights, upstream = (_each(each, of, k) for of in ("weights", "upstream"))
        weight_names = following([_factor(thesis, k) for thesis in each])
        upstream_names = following([f"∂C/∂{_through(thesis, k)}" for thesis in each])
        nodes.append(Node(name, 1, following([f"{circled(k)} {_through(t, k)}" for t in each]), link))
        edges.append(Edge("a", name, Number(weights, "weight", weight_names), weights, link))
        edges.append(Edge(name, "C", Number(upstream, "upstream", upstream_names), upstream, link))
    cost = Number(step.tape["C"].item(), form="short", before="C = ")
    nodes.append(Node("C", 2, cost, _links(each, *range(count))))
    return Network(words.paths_from(count, each[0].widens), _said(each, words.paths_alt), nodes, edges)


def _factor(thesis: Thesis, k: int) -> str:
    """What the first edge of a path is called: w²₃₅, or ∂a¹₃/∂z¹₂."""
    if thesis.has_hidden:
        return entry_symbol(f"W{thesis.output[1:]}", (k, thesis.unit))
    return f"∂{_through(thesis, k)}/∂{thesis.name}"


def bars(each: Each) -> Bars:
    """The products of the paths, each bar from where the last one ended, their sum, and the numeric slope."""
    first = each[0]
    products = []
    for k in range(len(first.products)):
        product = following([thesis.products[k] for thesis in each])
        end = following([sum(thesis.products[: k + 1]) for thesis in each])
        label = following([f"{circled(k)} via {_through(thesis, k)}" for thesis in each])
        products.append(Bar(label, Number(product, "path", str(k)), end, _links(each, k)))
    names = _said(each, lambda thesis: f"{thesis.wrt}:{thesis.unit}")
    totals = following([thesis.total for thesis in each])
    total = Bar(
        _said(each, lambda t: f"∂C/∂{t.name}"),
        Number(totals, "cotangent", names),
        totals,
        _links(each, *range(len(first.products))),
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
    """The sum: as the rule, and with the numbers of this unit; of one path it is no sum."""
    first = each[0]
    count, start = len(first.products), entry(first.wrt, "j")
    index = "k" if count > 1 else "1" if first.has_hidden else "j"
    through = entry(first.output, index)
    rule = rf"{entry_partial('C', through)} \cdot {entry_partial(through, start)}"
    if count > 1:
        rule = rf"\sum_k {rule}"
    terms = " + ".join(rf"{slot(2 * k)} \cdot {slot(2 * k + 1)}" for k in range(count))
    factors = [
        Number(values, form="factor")
        for k in range(count)
        for values in (_each(each, "upstream", k), _each(each, "weights", k))
    ]
    total = Number(following([thesis.total for thesis in each]), form="short")
    return formula(rf"{entry_partial('C', start)} = {rule} = {terms} = {slot(2 * count)}", *factors, total)


# --- what follows the unit -----------------------------------------------------------------------------


def _links(each: Each, *paths: int) -> Following[str]:
    """What these paths belong to, here and in the network."""
    return _said(each, lambda thesis: " ".join(f"path:{_place(thesis, k)}" for k in paths))


def _each(each: Each, numbers: str, k: int) -> Following[float]:
    return following([getattr(thesis, numbers)[k] for thesis in each])


def _said(each: Each, sentence: Callable[[Thesis], str]) -> Following[str]:
    return following([sentence(thesis) for thesis in each])
