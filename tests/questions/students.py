"""A student with a calculator: answers computed from the texts that the pages show, and from nothing else."""

import json
from collections.abc import Iterator
from math import exp, isfinite, log, prod, tanh
from random import Random

from tests.expected import settings_of
from tests.markup import by_attribute, elements
from ui.draw.given import given_tables
from ui.names.numbers import short
from ui.names.timeline import timeline
from ui.names.typed import parse_number
from ui.questions.catalogue import RULE, count_of, kinds_of, question_at
from ui.questions.given import given_of, rate_note
from ui.questions.questions import Question, question_for
from ui.state.recording import recorded_step
from ui.state.settings import Settings
from ui.steps.payload import stage_payload
from ui.views.practice.workings_table import NOTHING, working_table

HIDDEN = ("5", "1", "16", "6-5", "5-4-3-2", "3-1", "1-2")
ACTIVATIONS = {
    "relu": lambda z: max(0.0, z),
    "tanh": tanh,
    "sigmoid": lambda z: 1 / (1 + exp(-z)),
    "identity": lambda z: z,
}
SLOPES = {
    "tanh": lambda z, a: 1 - a * a,
    "sigmoid": lambda z, a: a * (1 - a),
    "relu": lambda z, a: float(z > 0),
    "identity": lambda z, a: 1.0,
}


def random_settings(seed: int) -> Settings:
    """Any setting; some of them diverge, and are refused by `recorded_step`."""
    random = Random(seed)
    link = {
        "flower": random.randrange(150),
        "seed": random.randrange(10_000),
        "lr": random.choice([0.001, 0.01, 0.05, 0.1, 0.25, 1 / 3, 0.5, 1, 3, 10]),
        "hidden": random.choice(HIDDEN),
        "act": random.choice(["relu", "tanh", "sigmoid", "identity"]),
        "out": random.choice(["softmax", "softmax", "sigmoid", "sigmoid-squared", "identity"]),
        "epoch": random.choice([-1, -1, -1, -1, 0, 3]),
        "taken": random.choice([0, 0, 0, 1, 7]),
    }
    if random.random() < 0.15:
        link |= {"data": "textbook", "hidden": random.choice(["2", "2", "3-2"]), "epoch": -1}
    if random.random() < 0.3:
        sizes = [("x", 1), ("W1", 2), ("b1", 1), ("W2", 2), ("y", 1)]
        value = random.choice(["7", "-0.2885", "0.0005", "1.5", "-12.345", "0.5", "1000", "-1000"])
        name, dimensions = random.choice(sizes)
        link["edit"] = "_".join([name, *["1"] * dimensions, value])
    return settings_of(**link)


def questions_of(settings: Settings) -> Iterator[tuple[Question, list[float]]]:
    """Each question of a view with the answers that may be computed from what is shown with it."""
    for kind in kinds_of(settings):
        if kind == RULE:
            continue
        for number in range(1, min(3, count_of(settings, kind)) + 1):
            asked = question_at(settings, kind, number)
            yield asked, [*from_working(asked, settings), *from_given(asked, settings)]
    step, payload = recorded_step(settings), json.loads(stage_payload(settings))
    for stop in timeline(settings.config):
        asked = question_for(step, stop)
        if asked:
            yield asked, [*from_stage(asked, settings, payload)]


def texts_of(asked: Question, value: float) -> list[str]:
    """A number as students write it down: all digits, three, or the decimals that the result has."""
    shown = short(asked.problem.right)
    if isinstance(value, Rounded):
        return [short(value)]
    texts = [repr(value), short(value), short(value).replace(".", ",")]
    if "e" not in shown:
        texts.append(f"{value:.{len(shown.partition('.')[2])}f}")
    return texts


def finite(ways) -> Iterator[float]:
    """The numbers that a calculator gives, without its errors."""
    for way in ways:
        try:
            value = float(way())
        except (ZeroDivisionError, OverflowError, ValueError):
            continue
        if isfinite(value):
            yield value


class Rounded(float):
    """A sum of rounded terms: nobody writes more than three digits of it."""


def shown_text(value: float) -> float:
    return parse_number(short(value))


# --- Practice --------------------------------------------------------------------------------------------


def from_working(asked: Question, settings: Settings) -> Iterator[float]:
    """From the table of terms: its factors, its products, or some of both."""
    html = working_table(asked, settings.config, NOTHING)
    cells = {key: parse_number(cell.text) for key, cell in by_attribute(html, "data-working").items()}
    rows = []
    for n in range(len(asked.problem.terms)):
        factors = [x for key, x in cells.items() if key.startswith(f"factor:{n}:")]
        rows.append((factors, cells[f"product:{n}"]))
    quantity, kind = asked.problem.quantity, asked.problem.quantity.kind
    activation = settings.config.activation(quantity.layer)
    products = [product for _, product in rows]
    if kind == "activation":
        apply = exp if activation == "softmax" else ACTIVATIONS[activation]
        computed = [lambda f=f: apply(*f) for f, _ in rows]
    else:
        computed = [lambda f=f, p=p: prod(f) if len(f) == 2 else p for f, p in rows]
    if kind == "activation" and activation == "softmax":
        j = quantity.index[0]
        yield from finite(
            [
                lambda: computed[j]() / sum(each() for each in computed),
                lambda: products[j] / sum(products),
                lambda: products[j] / cells["total:0"],
                lambda: computed[j]() / cells["total:0"],
            ]
        )
        return
    share = len(rows) if kind == "mean_gradient" else 1
    yield from finite(
        [
            lambda: sum(each() for each in computed) / share,
            lambda: sum(products) / share,
            lambda: (sum(products[:-1]) + computed[-1]()) / share,
            lambda: cells["total:0"] / (share if share > 1 else 1) if "total:0" in cells else products[-1],
        ]
    )
    yield from map(Rounded, finite([lambda: sum(shown_text(each()) for each in computed) / share]))


def from_given(asked: Question, settings: Settings) -> Iterator[float]:
    """From the tables that are there when the working is not."""
    step = recorded_step(settings)
    texts = iter(
        [e.text for e in elements(given_tables(given_of(asked, step))) if "data-value" in e.attributes]
    )
    known = {}
    for title, values, _, _ in given_of(asked, step):
        rows, columns = values.shape
        known[title] = [[parse_number(next(texts)) for _ in range(columns)] for _ in range(rows)]
    tables = list(known.values())
    config, quantity = settings.config, asked.problem.quantity
    kind, index, activation = quantity.kind, quantity.index, config.activation(quantity.layer)
    if kind == "pre_activation":
        (i,), (W, below, b, *_) = index, tables
        yield sum(w * x for w, x in zip(W[i], below[0], strict=True)) + b[0][i]
    elif kind == "activation" and activation == "softmax":
        z = tables[0][0]
        yield from finite([lambda: exp(z[index[0]]) / sum(map(exp, z))])
    elif kind == "activation":
        yield from finite([lambda: ACTIVATIONS[activation](tables[0][0][index[0]])])
    elif kind in ("path_sum", "path_term") and activation == "softmax":
        (a,), (y,), (upstream,) = tables
        j = index[-1]
        jacobian = [a[j] * (1 - a[j]) if k == j else -a[k] * a[j] for k in range(len(a))]
        if kind == "path_term":
            yield upstream[index[0]] * jacobian[index[0]]
        else:
            yield sum(u * x for u, x in zip(upstream, jacobian, strict=True))
            yield a[j] * sum(y) - y[j]
    elif kind in ("path_sum", "path_term"):
        (upstream,), W = tables
        products = [u * row[index[-1]] for u, row in zip(upstream, W, strict=True)]
        yield sum(products) if kind == "path_sum" else products[index[0]]
    elif kind == "through_activation":
        (upstream,), (z,), (a,) = tables
        j = index[0]
        yield from finite([lambda: upstream[j] * SLOPES[activation](z[j], a[j])])
    elif kind == "weight_gradient":
        (delta,), (below,), *_ = tables
        yield delta[index[0]] * below[index[1]]
    elif kind == "new_weight":
        W, gradient = tables
        i, j = index
        rate = parse_number(rate_note(asked, step).removeprefix("η = "))
        yield W[i][j] - rate * gradient[i][j]
    else:
        (rows,) = tables
        yield sum(delta * x for delta, x in rows) / len(rows)


# --- the stage -------------------------------------------------------------------------------------------


def from_stage(asked: Question, settings: Settings, payload: dict) -> Iterator[float]:
    """From the tables that the walkthrough has shown up to the step that is asked about."""

    def table(name: str) -> list[list[float]]:
        return [[shown_text(x) for x in row] for row in payload["tables"][name]["values"]]

    def vector(name: str) -> list[float]:
        return [x for row in table(name) for x in row]

    config, quantity = settings.config, asked.problem.quantity
    kind, layer, index = quantity.kind, quantity.layer, quantity.index
    last, activation = layer == config.depth, config.activation(layer)
    W, b, z, a = (f"{letter}{layer}" for letter in "Wbza")
    below = vector(f"a{layer - 1}:value" if layer > 1 else "x:value")
    i = index[0] if index else 0
    if kind == "pre_activation":
        row = table(f"{W}:value")[i]
        yield sum(w * x for w, x in zip(row, below, strict=True)) + vector(f"{b}:value")[i]
    elif kind == "activation":
        zs = vector(f"{z}:value")
        if activation == "softmax":
            yield from finite([lambda: exp(zs[i]) / sum(map(exp, zs))])
        else:
            yield from finite([lambda: ACTIVATIONS[activation](zs[i])])
    elif kind in ("cost", "cost_slope"):
        outputs, y = vector(f"{a}:value"), vector("y:value")
        pairs = list(zip(outputs, y, strict=True))
        cost, slope = {
            "cross_entropy": (
                lambda: -sum(t * log(p) for p, t in pairs if t),
                lambda: -y[i] / outputs[i],
            ),
            "binary_cross_entropy": (
                lambda: (
                    -sum((t * log(p) if t else 0) + ((1 - t) * log(1 - p) if t != 1 else 0) for p, t in pairs)
                ),
                lambda: (
                    (-y[i] / outputs[i] if y[i] else 0) + ((1 - y[i]) / (1 - outputs[i]) if y[i] != 1 else 0)
                ),
            ),
            "squared_error": (
                lambda: sum((p - t) ** 2 for p, t in pairs) / 2,
                lambda: outputs[i] - y[i],
            ),
        }[config.loss]
        yield from finite([cost if kind == "cost" else slope])
    elif kind == "slope":
        yield SLOPES[activation](vector(f"{z}:value")[i], vector(f"{a}:value")[i])
    elif kind == "jacobian" and last:
        outputs, (k, j) = vector(f"{a}:value"), index
        yield outputs[j] * (1 - outputs[j]) if k == j else -outputs[k] * outputs[j]
    elif kind == "jacobian":
        yield table(f"W{layer + 1}:value")[index[0]][index[1]]
    elif kind == "path_sum":
        into, wrt = (a, z) if last else (f"z{layer + 1}", a)
        upstream, jacobian = vector(f"{into}:cotangent"), table(f"{into}/{wrt}:jacobian")
        yield sum(u * row[i] for u, row in zip(upstream, jacobian, strict=True))
        yield sum(row[i] for row in table(f"{into}/{wrt}:path_terms"))
        if last:
            y = vector("y:value")
            yield vector(f"{a}:value")[i] * sum(y) - y[i]
    elif kind == "through_activation":
        upstream = vector(f"{a}:cotangent")[i]
        yield upstream * table(f"{a}/{z}:jacobian")[i][i]
        yield upstream * SLOPES[activation](vector(f"{z}:value")[i], vector(f"{a}:value")[i])
    elif kind == "weight_gradient":
        yield vector(f"{z}:cotangent")[i] * below[index[1]]
    elif kind == "bias_gradient":
        yield vector(f"{z}:cotangent")[i]
    else:
        assert kind == "new_weight"
        gradient = table(f"{W}:gradient")[i][index[1]]
        yield table(f"{W}:value")[i][index[1]] - settings.learning_rate * gradient
