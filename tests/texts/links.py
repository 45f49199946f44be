"""Random links, extremes included, with every parameter that a page takes."""

import random
from collections.abc import Callable
from itertools import pairwise

from backprop import MLPConfig
from backprop.primitives import output_options
from backprop.study.rules import path_count, rules_for
from backprop.total_derivative import INNERS, OUTERS
from tests.expected import own_link
from tests.texts.reader import Link, settings_of_link
from ui.names.timeline import parameter_names, timeline
from ui.questions.catalogue import count_of, kinds_of
from ui.questions.lesson.stops import stops_of
from ui.questions.tasks import Exercise, Order, Sentence
from ui.questions.words.choices import Choice
from ui.state.given_answers import Given, write_answers
from ui.state.parameters import LAB_EPOCHS, LEVELS, PARAMETERS, PLANES
from ui.views.lesson.progress import END

KINDS = PARAMETERS["flowers"].offered
HIDDEN = (
    "5",
    "5",
    "5",
    "none",
    "1",
    "2",
    "2-1",
    "1-2",
    "16",
    "4-3",
    "6-5",
    "3-4-2",
    "1-1-1-1",
    "16-16-16-16",
)
"""16-16-16-16 draws for half a second, so it is rare."""

ACTIVATIONS = ("relu", "relu", "tanh", "sigmoid", "identity")
BIASES = ("learned", "learned", "learned", "fixed", "none")
SCALES = ("half", "half", "sum", "mean")
RATES = (0.1, 0.1, 0, 10, 0.05, 1, 0.001, 2.5)
EDITS = ("x_1_1000", "x_2_-1000", "x_1_0", "y_1_1", "y_2_-1000", "y_1_0.5", "W1_1_1_1000", "W1_1_2_-0.5")
MORE_EDITS = ("b1_1_-1000", "b1_1_1000", "b2_1_750", "b2_1_-1000", "W2_1_1_-1000", "W2_1_1_0", "x_1_1e-7")
TRAININGS = (
    {"epoch": 0},
    {"epoch": 1, "batch": "full"},
    {"epoch": 3},
    {"epoch": 500, "batch": "full", "hidden": "5", "act": "relu", "out": "softmax", "lr": 0.1, "seed": 859},
)
"""Few, since each is trained: of 500 epochs one."""


def random_link(rng: random.Random, page: str) -> Link:
    """Settings and the page's own parameters, all of which are there."""
    link: Link = {
        "hidden": rng.choice(HIDDEN[:-1] if rng.random() < 0.9 else HIDDEN),
        "out": rng.choice(tuple(output_options())),
        "err": rng.choice(SCALES),
        "bias": rng.choice(BIASES),
        "flower": rng.randrange(150),
        "seed": rng.choice((859, 859, rng.randrange(10000))),
        "lr": rng.choice(RATES),
    }
    if rng.random() < 0.2:
        link["taken"] = rng.choice((1, 2, 200))
    if rng.random() < 0.15:
        link["data"] = "textbook"
        link["hidden"] = rng.choice(("2", "2", "1", "3-2", "none"))
    elif rng.random() < 0.2:
        link |= _own(rng)
    elif rng.random() < 0.15 and page not in ("chain_rule_lab",):
        link |= rng.choice(TRAININGS)
    link["act"] = _activations(rng, str(link["hidden"]))
    if rng.random() < 0.3:
        link["edit"] = _edits(rng, link)
    return link | OWN.get(page, lambda rng, link: {})(rng, link)


def _activations(rng: random.Random, hidden: str) -> str:
    """One for all hidden layers, or one each."""
    if rng.random() < 0.7:
        return rng.choice(ACTIVATIONS)
    return "-".join(rng.choice(ACTIVATIONS) for _ in hidden.split("-"))


def _own(rng: random.Random) -> Link:
    """A network of one's own: up to three inputs, outputs and observations; some with names or weights."""
    inputs, outputs, rows = (rng.choice((1, 1, 2, 3)) for _ in range(3))
    hidden = [rng.choice((1, 2, 3)) for _ in range(rng.choice((0, 1, 1, 2)))]

    def numbers(count: int) -> str:
        return ", ".join(f"{rng.uniform(-1, 1):.2g}" for _ in range(count))

    def matrix(count: int, length: int) -> str:
        return f"[{', '.join(f'[{numbers(length)}]' for _ in range(count))}]"

    targets = [[0] * outputs for _ in range(rows)]
    for target in targets:
        target[rng.randrange(outputs)] = 1
    lines = [f"X = {matrix(rows, inputs)}", f"Y = {targets}"]
    if rng.random() < 0.5:
        lines += ["inputs = " + ", ".join(("left", "right", "middle")[:inputs])]
        lines += ["outputs = " + ", ".join(("yes", "no", "neither")[:outputs])]
    sizes = [inputs, *hidden, outputs]
    if rng.random() < 0.7:
        for layer, (below, units) in enumerate(pairwise(sizes), start=1):
            lines += [f"W{layer} = {matrix(units, below)}", f"b{layer} = [{numbers(units)}]"]
    own = own_link("\n".join(lines), hidden="-".join(map(str, hidden)) or "none")
    return own | {"obs": rng.randint(1, rows)}


def _edits(rng: random.Random, link: Link) -> str:
    config = settings_of_link(link).config
    if rng.random() < 0.3 and config.has_biases:  # every unit off, or fully on
        value = rng.choice((-1000, -1000, 1000))
        layer = rng.randrange(1, max(2, config.depth))
        units = range(1, config.layer_sizes[layer] + 1)
        return "~".join(f"b{layer}_{unit}_{value}" for unit in units)
    fitting = [edit for edit in (*EDITS, *MORE_EDITS) if _fits(edit, config)]
    return "~".join(rng.sample(fitting, min(len(fitting), rng.choice((1, 1, 2)))))


def _fits(edit: str, config: MLPConfig) -> bool:
    name, *indices, _ = edit.split("_")
    sizes = config.layer_sizes
    if name in "xy":
        return int(indices[0]) <= sizes[0 if name == "x" else -1]
    layer = int(name[1:])
    if layer > config.depth or (name[0] == "b" and not config.has_biases):
        return False
    ends = (sizes[layer], sizes[layer - 1])[: len(indices)]
    return all(int(index) <= end for index, end in zip(indices, ends, strict=True))


def _jacobians(rng: random.Random, link: Link) -> Link:
    config = settings_of_link(link).config
    depth = config.depth
    keys = [f"C-a{depth}"]
    for layer in range(1, depth + 1):
        below = f"a{layer - 1}" if layer > 1 else "x"
        names = (*parameter_names(config, layer), below)
        keys += [f"a{layer}-z{layer}", *(f"z{layer}-{name}" for name in names)]
    return {"jacobian": rng.choice(keys)}


def _paths(rng: random.Random, link: Link) -> Link:
    config = settings_of_link(link).config
    sizes, layer = config.layer_sizes, rng.randrange(1, max(2, config.depth))
    above = sizes[min(layer + 1, config.depth)]
    if config.depth == 1 and not (config.is_dense(1) and above > 1):  # no sum, and nothing to choose
        return {}
    own: Link = {"unit": rng.choice(("auto", rng.randint(1, sizes[layer])))}
    if len(sizes) > 3:
        own["layer"] = layer
    if rng.random() < 0.6:
        own["drop"] = rng.randint(1, above)
    if rng.random() < 0.5:
        own["eps"] = rng.choice((-1, 1, 0, 0.01, -0.37))
    return own


def _update(rng: random.Random, link: Link) -> Link:
    sizes = settings_of_link(link).config.layer_sizes
    many = sum(above * below for below, above in pairwise(sizes)) > 128
    return {"update_layer": rng.choice([*range(1, len(sizes) - 1), "output"])} if many else {}


def _batch(rng: random.Random, link: Link) -> Link:
    settings = settings_of_link(link)
    config, given = settings.config, settings.given
    layer, own = rng.randrange(1, config.depth + 1), {}
    if given is None:
        own["flowers"] = rng.choice((KINDS[0], KINDS[0], *KINDS))
        if own["flowers"] == KINDS[0]:
            own |= {"n": rng.choice((1, 2, 6, 20, 150)), "draw": rng.randrange(100)}
    if layer < config.depth:
        own["batch_layer"] = layer
    if rng.random() < 0.6:
        columns = [*range(1, config.layer_sizes[layer - 1] + 1), *["b"] * config.has_biases]
        own |= {"row": rng.randint(1, config.layer_sizes[layer]), "col": rng.choice(columns)}
    if rng.random() < 0.5:
        own["pick"] = rng.randrange(150) if given is None else rng.randint(1, len(given.X))
    return own


def _lab(rng: random.Random, link: Link) -> Link:
    link.pop("edit", None)
    if str(link["hidden"]).count("16") > 1:
        link.update(hidden="5", act="relu")
    config = settings_of_link(link).config
    rules = [rule.name for rule in rules_for(config)]
    rng.shuffle(rules)
    own: Link = {"lab_seeds": rng.choice((1, 2)), "lab_epochs": rng.choice(LAB_EPOCHS[:3])}
    if "single" in rules:
        own["lab_path"] = rng.randint(1, path_count(config))
    return own | ({"lab_order": rng.choice(("-".join(rules), "skip"))} if rng.random() < 0.8 else {})


def _practice(rng: random.Random, link: Link) -> Link:
    try:
        settings = settings_of_link(link)
        kind = rng.choice(kinds_of(settings))
    except ValueError:  # diverged, so the app shows other weights
        return {}
    number = rng.randint(1, count_of(settings, kind))
    return {"kind": kind, "q": number, "level": rng.choice(tuple(LEVELS))}


def _total_derivative(rng: random.Random, link: Link) -> Link:
    t = rng.choice((0, 1, -3, 3, 0.05, -1.55))
    return {"f": rng.choice(tuple(OUTERS)), "t": t, **{name: rng.choice(tuple(INNERS)) for name in "xyz"}}


def _walkthrough(rng: random.Random, link: Link) -> Link:
    own = {"step": rng.randrange(len(timeline(settings_of_link(link).config)))}
    return own | ({"quiz": 1} if rng.random() < 0.7 else {})


def _training(rng: random.Random, link: Link) -> Link:
    if "own" not in link:
        link["hidden"] = rng.choice(HIDDEN[:9])
        link["act"] = _activations(rng, link["hidden"])
    if link.get("epoch") != 500:
        link["epoch"] = rng.choice((-1, 0, 1, 2))
    return {"epochs": rng.choice((1, 2, 5)), "plane": rng.choice(tuple(PLANES))}


def _lesson(rng: random.Random, link: Link) -> Link:
    """A stop, of whose exercises some have been answered: right, by a mistake, once or twice, or shown."""
    stops = stops_of(settings_of_link(link))
    number = rng.randrange(1, len(stops) + 1)
    answers = [_given(rng, each) for each in stops[number - 1].exercises[: rng.randrange(4)]]
    if number == len(stops) and rng.random() < 0.3:
        answers.append(Given(END, ""))
    return {"stop": number, "given": write_answers(answers), "present": int(rng.random() < 0.1)}


def _given(rng: random.Random, exercise: Exercise) -> Given:
    asked = exercise.asked
    if isinstance(asked, Choice):
        texts = [str(rng.randrange(len(asked.options))) for _ in range(2)]
    elif isinstance(asked, Order):
        texts = [rng.choice(("012345", "543210")) for _ in range(2)]
    elif isinstance(asked, Sentence):
        texts = ["It reaches every unit after it."]
    else:
        known = [asked.problem.right, *(each.value for each in asked.wrong), 12345.0]
        texts = [f"{rng.choice(known):.4g}" for _ in range(2)]
    return Given(
        exercise.key, exercise.mark, rng.choice("gtk"), tuple(texts[: rng.randrange(3)]), rng.random() < 0.2
    )


OWN: dict[str, Callable[[random.Random, Link], Link]] = {
    "lesson": _lesson,
    "total_derivative": _total_derivative,
    "walkthrough": _walkthrough,
    "jacobians": _jacobians,
    "paths": _paths,
    "update": _update,
    "batch": _batch,
    "training": _training,
    "chain_rule_lab": _lab,
    "practice": _practice,
}
