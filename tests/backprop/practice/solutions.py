"""Solutions worked out by hand: a whole pass in plain NumPy, rounded as told, with mistakes where told.

Nothing of `backprop.practice` is used. Whoever makes a mistake goes on with what it gives.
"""

from collections.abc import Callable, Mapping

import numpy as np

from backprop import TrainingStep

Key = tuple[str, int]
Fault = Callable[[dict, np.ndarray], np.ndarray]
"""From the numbers so far, by their keys, and the right array to the wrong one."""

SLOPES = {
    "relu": lambda z, a: (z > 0) * 1.0,
    "tanh": lambda z, a: 1 - a**2,
    "sigmoid": lambda z, a: a * (1 - a),
    "identity": lambda z, a: np.ones_like(z),
}
FORWARD = {
    "relu": lambda z: np.maximum(z, 0),
    "tanh": np.tanh,
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "identity": lambda z: z,
    "softmax": lambda z: np.exp(z) / np.exp(z).sum(),
}
COSTS = {
    "cross_entropy": (lambda a, y: -(y * np.log(a)).sum(), lambda a, y: -y / a),
    "binary_cross_entropy": (
        lambda a, y: -(y * np.log(a) + (1 - y) * np.log(1 - a)).sum(),
        lambda a, y: -y / a + (1 - y) / (1 - a),
    ),
    "squared_error": (lambda a, y: 0.5 * ((a - y) ** 2).sum(), lambda a, y: a - y),
    "sum_squared_error": (lambda a, y: ((a - y) ** 2).sum(), lambda a, y: 2 * (a - y)),
    "mean_squared_error": (lambda a, y: ((a - y) ** 2).mean(), lambda a, y: 2 * (a - y) / len(y)),
}


@np.errstate(all="ignore")
def worked_out(
    step: TrainingStep, faults: Mapping[Key, Fault] | None = None, rounded: Callable = lambda array: array
) -> dict[Key, np.ndarray]:
    """All numbers of a solution by kind and layer, in the order in which they are computed."""
    config, done = step.config, {}

    def take(kind: str, layer: int, right: np.ndarray) -> np.ndarray:
        wrong = (faults or {}).get((kind, layer))
        done[kind, layer] = rounded(np.asarray(wrong(done, right) if wrong else right, dtype=float))
        return done[kind, layer]

    a, y, last = step.tape["x"], step.tape["y"], config.depth
    for layer in range(1, last + 1):
        W = step.params[f"W{layer}"]
        z = take("pre_activation", layer, W @ a + bias_of(step, layer))
        a = take("activation", layer, FORWARD[config.activation(layer)](z))
    C, slope = COSTS[config.loss]
    take("cost", last, C(a, y))
    upstream = take("cost_slope", last, slope(a, y))
    for layer in range(last, 0, -1):
        z, a = done["pre_activation", layer], done["activation", layer]
        if config.activation(layer) == "softmax":
            delta = take("path_sum", layer, upstream @ (np.diag(a) - np.outer(a, a)))
        else:
            if layer < last:
                upstream = take("path_sum", layer, upstream @ step.params[f"W{layer + 1}"])
            local = take("slope", layer, SLOPES[config.activation(layer)](z, a))
            delta = take("through_activation", layer, upstream * local)
        below = done["activation", layer - 1] if layer > 1 else step.tape["x"]
        gradient = take("weight_gradient", layer, np.outer(delta, below))
        if config.has_biases:
            bias_gradient = take("bias_gradient", layer, delta)
        rate = step.updates[0].learning_rate
        take("new_weight", layer, step.params[f"W{layer}"] - rate * gradient)
        if config.bias == "learned":
            take("new_bias", layer, bias_of(step, layer) - rate * bias_gradient)
        upstream = delta
    return done


def bias_of(step: TrainingStep, layer: int) -> np.ndarray:
    return step.params[f"b{layer}"] if step.config.has_biases else np.zeros(step.config.layer_sizes[layer])


def significant(digits: int) -> Callable[[np.ndarray], np.ndarray]:
    """Rounds to so many significant digits."""
    return np.vectorize(lambda value: float(f"{value:.{digits - 1}e}"), otypes=[float])


def faults(step: TrainingStep) -> list[tuple[str, int | None, Key, Fault]]:
    """The typical mistakes that can be made in this step: name, part, in which numbers, and how."""
    config, last, rate, y = step.config, step.config.depth, step.updates[0].learning_rate, step.tape["y"]
    found: list[tuple[str, int | None, Key, Fault]] = []

    def of(key: Key, **ways: Fault) -> None:
        for name, fault in ways.items():
            mistake, _, part = name.partition("__")
            found.append((mistake, int(part) if part else None, key, fault))

    def delta(done: dict, layer: int) -> np.ndarray:
        return done["path_sum" if config.is_dense(layer) else "through_activation", layer]

    def upstream(done: dict, layer: int) -> np.ndarray:
        return done["path_sum" if layer < last else "cost_slope", layer]

    for n in range(1, last + 1):
        W, b, kind = step.params[f"W{n}"], bias_of(step, n), config.activation(n)
        of(("pre_activation", n), wrong_sign=lambda d, r: -r)
        if b.any():
            of(("pre_activation", n), bias_forgotten=lambda d, r, b=b: r - b)
        if n > 1:
            of(
                ("pre_activation", n),
                z_for_a_below=lambda d, r, n=n, W=W, b=b: W @ d["pre_activation", n - 1] + b,
            )
            of(
                ("weight_gradient", n),
                z_for_a_below=lambda d, r, n=n: np.outer(delta(d, n), d["pre_activation", n - 1]),
            )
        if kind in ("relu", "tanh"):
            of(
                ("activation", n),
                other_activation__2=lambda d, r, n=n: FORWARD["sigmoid"](d["pre_activation", n]),
            )
        of(("activation", n), z_for_a=lambda d, r, n=n: d["pre_activation", n])
        if n < last:
            V, after = step.params[f"W{n + 1}"], step.params_after[f"W{n + 1}"]
            of(
                ("path_sum", n),
                new_weights=lambda d, r, n=n, after=after: delta(d, n + 1) @ after,
                upstream_forgotten=lambda d, r, V=V: V.sum(axis=0),
                weights_forgotten=lambda d, r, n=n: np.full_like(r, delta(d, n + 1).sum()),
                activation_for_weight=lambda d, r, n=n: delta(d, n + 1).sum() * d["activation", n],
            )
            if len(V) > 1:
                paths = {
                    f"one_path__{k}": lambda d, r, n=n, V=V, k=k: delta(d, n + 1)[k] * V[k]
                    for k in range(len(V))
                }
                of(("path_sum", n), paths_averaged=lambda d, r, V=V: r / len(V), **paths)
            if V.shape[0] == V.shape[1]:
                of(("path_sum", n), transposed=lambda d, r, n=n, V=V: delta(d, n + 1) @ V.T)
        if not config.is_dense(n):
            of(("through_activation", n), slope_forgotten=lambda d, r, n=n: upstream(d, n))
            of(("through_activation", n), upstream_forgotten=lambda d, r, n=n: d["slope", n])
            if kind in ("tanh", "sigmoid"):
                of(("slope", n), wrong_slope__0=lambda d, r, n=n: d["activation", n])
                of(
                    ("slope", n),
                    z_for_a=lambda d, r, n=n, kind=kind: SLOPES[kind](*2 * (d["pre_activation", n],)),
                )
        of(
            ("weight_gradient", n),
            wrong_sign=lambda d, r: -r,
            weight_for_input=lambda d, r, n=n, W=W: delta(d, n)[:, None] * W,
            input_forgotten=lambda d, r, n=n: delta(d, n)[:, None] + 0 * r,
            upstream_forgotten=lambda d, r, n=n: (
                (d["activation", n - 1] if n > 1 else step.tape["x"]) + 0 * r
            ),
        )
        if W.shape[0] == W.shape[1]:
            of(("weight_gradient", n), transposed=lambda d, r: r.T)
        of(
            ("new_weight", n),
            rate_forgotten=lambda d, r, n=n, W=W: W - d["weight_gradient", n],
            gradient_alone=lambda d, r, n=n: d["weight_gradient", n],
            step_alone=lambda d, r, n=n: -rate * d["weight_gradient", n],
            wrong_sign=lambda d, r, n=n, W=W: W + rate * d["weight_gradient", n],
        )
    of(("cost_slope", last), wrong_sign=lambda d, r: -r)
    if config.is_dense(last):
        of(("activation", last), not_normalised=lambda d, r: np.exp(d["pre_activation", last]))
        of(("path_sum", last), softmax_diagonal=lambda d, r: -y * (1 - d["activation", last]))
    if "entropy" in config.loss:
        of(("cost", last), other_logarithm__0=lambda d, r: r / np.log(10))
    else:
        of(("cost", last), factor_forgotten__0=lambda d, r: 2 * r)
        of(("cost_slope", last), factor_forgotten__1=lambda d, r: r / 2)
    if config.loss == "squared_error":
        of(("cost_slope", last), target_forgotten=lambda d, r: d["activation", last])
    return found
