"""Time the core beside plain NumPy and, where they are installed, other libraries on the same work.

Run from the root of the repository: `python3 tests/benchmarks/core.py`. Prints one table of medians, their
ratios to plain NumPy, and the ratios of the shortest samples, which other work on the machine disturbs
least; asserts nothing. The candidates take turns, so that a noisy machine is noisy for all of them.
PyTorch, JAX, autograd and scikit-learn are optional.
"""

import importlib.util
import os
import statistics
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from backprop import MLPConfig, Params, init_params, loss_and_gradients, train, training_step

REPEATS = 41
SECONDS_PER_SAMPLE = 0.004
SIZES = ((4, 5, 3), (4, 16, 16, 16, 16, 3))
EPOCHS = 100
LEARNING_RATE = 0.1

Candidates = dict[str, Callable[[], object]]


def main() -> None:
    threads = os.environ.get("OPENBLAS_NUM_THREADS", "unset")
    print(f"medians of {REPEATS} interleaved samples, float64, OPENBLAS_NUM_THREADS {threads}\n")
    print(f"{'work':44}{'candidate':28}{'µs':>10}{'ratio':>8}{'of best':>9}")
    X, Y = flowers()
    for sizes in SIZES:
        config = MLPConfig(sizes)
        params = init_params(config, seed=0)
        shape = "-".join(map(str, sizes))
        show(f"{shape}: gradient, one flower", one_flower(config, params, X[0], Y[0]))
        show(f"{shape}: gradient, 150 flowers", all_flowers(config, params, X, Y))
        show(f"{shape}: {EPOCHS} full-batch epochs", training(config, params, X, Y))


def flowers() -> tuple[np.ndarray, np.ndarray]:
    """Numbers like the standardised iris flowers: 150 of them, 50 of each of three classes."""
    rng = np.random.default_rng(0)
    classes = np.repeat(np.arange(3), 50)
    return rng.standard_normal((3, 4))[classes] + 0.5 * rng.standard_normal((150, 4)), np.eye(3)[classes]


# --- plain NumPy ------------------------------------------------------------------------------------


def plain_gradient(weights, biases, x, y):
    """Cost and gradients of one observation, as one would write them down: no records, no checks."""
    activations = [x]
    for W, b in zip(weights[:-1], biases[:-1], strict=True):
        activations.append(np.maximum(W @ activations[-1] + b, 0))
    z = weights[-1] @ activations[-1] + biases[-1]
    exponentials = np.exp(z - z.max())
    a = exponentials / exponentials.sum()
    delta = a - y
    gradients = [(np.outer(delta, activations[-1]), delta)]
    for W, a_hidden, a_before in zip(weights[:0:-1], activations[:0:-1], activations[-2::-1], strict=True):
        delta = (delta @ W) * (a_hidden > 0)
        gradients.append((np.outer(delta, a_before), delta))
    return -(y * np.log(a)).sum(), gradients[::-1]


def plain_batch_gradient(weights, biases, X, Y):
    """Mean cost, the outputs, and mean gradients of a batch."""
    activations = [X]
    for W, b in zip(weights[:-1], biases[:-1], strict=True):
        activations.append(np.maximum(activations[-1] @ W.T + b, 0))
    Z = activations[-1] @ weights[-1].T + biases[-1]
    exponentials = np.exp(Z - Z.max(axis=1, keepdims=True))
    A = exponentials / exponentials.sum(axis=1, keepdims=True)
    delta = (A - Y) / len(X)
    gradients = [(delta.T @ activations[-1], delta.sum(axis=0))]
    for W, A_hidden, A_before in zip(weights[:0:-1], activations[:0:-1], activations[-2::-1], strict=True):
        delta = (delta @ W) * (A_hidden > 0)
        gradients.append((delta.T @ A_before, delta.sum(axis=0)))
    return -(Y * np.log(A)).sum(axis=1).mean(), A, gradients[::-1]


def plain_train(weights, biases, X, Y):
    """Gradient descent with a history of cost and accuracy."""
    weights, biases = [W.copy() for W in weights], [b.copy() for b in biases]
    classes = Y.argmax(axis=1)
    history = []
    for _ in range(EPOCHS):
        cost, A, gradients = plain_batch_gradient(weights, biases, X, Y)
        history.append((cost, (A.argmax(axis=1) == classes).mean()))
        for W, b, (gradient_W, gradient_b) in zip(weights, biases, gradients, strict=True):
            W -= LEARNING_RATE * gradient_W
            b -= LEARNING_RATE * gradient_b
    return weights, biases, history


# --- the work, by all candidates --------------------------------------------------------------------


def one_flower(config: MLPConfig, params: Params, x: np.ndarray, y: np.ndarray) -> Candidates:
    return {
        "plain NumPy": lambda: plain_gradient(params.weights, params.biases, x, y),
        "training_step, all recorded": lambda: training_step(config, params, x, y, LEARNING_RATE),
        **libraries(params, x, y, "gradient"),
    }


def all_flowers(config: MLPConfig, params: Params, X: np.ndarray, Y: np.ndarray) -> Candidates:
    return {
        "plain NumPy": lambda: plain_batch_gradient(params.weights, params.biases, X, Y),
        "loss_and_gradients": lambda: loss_and_gradients(config, params, X, Y),
        **libraries(params, X, Y, "gradient"),
    }


def training(config: MLPConfig, params: Params, X: np.ndarray, Y: np.ndarray) -> Candidates:
    return {
        "plain NumPy": lambda: plain_train(params.weights, params.biases, X, Y),
        "train": lambda: train(config, params, X, Y, epochs=EPOCHS, learning_rate=LEARNING_RATE),
        **libraries(params, X, Y, "train"),
        **(sklearn_training(config, X, Y) if installed("sklearn") else {}),
    }


def installed(package: str) -> bool:
    return importlib.util.find_spec(package) is not None


def libraries(params: Params, X: np.ndarray, Y: np.ndarray, work: str) -> Candidates:
    """`work` ("gradient" or "train") by every autodiff library that is installed."""
    makers = {
        "PyTorch": ("torch", with_torch),
        "JAX, jitted": ("jax", with_jax),
        "autograd": ("autograd", with_autograd),
    }
    return {name: make(params, X, Y)[work] for name, (package, make) in makers.items() if installed(package)}


def network_cost(library, logsumexp, layers, X, Y):
    """Mean softmax cross-entropy of the network, in the library's own operations."""
    *hidden, (W_last, b_last) = layers
    A = X
    for W, b in hidden:
        A = library.maximum(A @ W.T + b, library.zeros_like(b))
    Z = A @ W_last.T + b_last
    return (logsumexp(Z) - (Y * Z).sum(-1)).mean()


def descend(gradient, layers):
    """The training loop that all libraries share; gradient returns (cost, gradients)."""
    for _ in range(EPOCHS):
        _, gradients = gradient(layers)
        layers = [
            (W - LEARNING_RATE * dW, b - LEARNING_RATE * db)
            for (W, b), (dW, db) in zip(layers, gradients, strict=True)
        ]
    return layers


def with_torch(params: Params, X: np.ndarray, Y: np.ndarray) -> Candidates:
    import torch

    torch.set_num_threads(1)  # its threads cost more than they bring on work as small as this

    def tensors(arrays):
        return [torch.tensor(array, requires_grad=True) for array in arrays]

    X, Y = torch.tensor(X), torch.tensor(Y)
    layers = list(zip(tensors(params.weights), tensors(params.biases), strict=True))

    def gradient(layers=layers):
        cost = network_cost(torch, lambda Z: torch.logsumexp(Z, -1), layers, X, Y)
        gradients = torch.autograd.grad(cost, [tensor for layer in layers for tensor in layer])
        return cost, list(zip(gradients[::2], gradients[1::2], strict=True))

    def train():
        own = list(zip(tensors(params.weights), tensors(params.biases), strict=True))
        for _ in range(EPOCHS):
            _, gradients = gradient(own)
            with torch.no_grad():
                for (W, b), (dW, db) in zip(own, gradients, strict=True):
                    W -= LEARNING_RATE * dW
                    b -= LEARNING_RATE * db

    return {"gradient": gradient, "train": train}


def with_jax(params: Params, X: np.ndarray, Y: np.ndarray) -> Candidates:
    import jax

    jax.config.update("jax_enable_x64", True)
    X, Y = jax.numpy.asarray(X), jax.numpy.asarray(Y)
    layers = zip(params.weights, params.biases, strict=True)
    start = [tuple(map(jax.numpy.asarray, layer)) for layer in layers]

    def cost(layers):
        return network_cost(jax.numpy, lambda Z: jax.nn.logsumexp(Z, axis=-1), layers, X, Y)

    gradient = jax.jit(jax.value_and_grad(cost))

    @jax.jit
    def update(layers):
        gradients = jax.grad(cost)(layers)
        return jax.tree.map(lambda parameter, g: parameter - LEARNING_RATE * g, layers, gradients)

    def train():
        layers = start
        for _ in range(EPOCHS):
            layers = update(layers)
        return jax.block_until_ready(layers)

    return {"gradient": lambda: jax.block_until_ready(gradient(start)), "train": train}


def with_autograd(params: Params, X: np.ndarray, Y: np.ndarray) -> Candidates:
    import autograd
    import autograd.numpy
    from autograd.scipy.special import logsumexp

    start = list(zip(params.weights, params.biases, strict=True))
    gradient = autograd.value_and_grad(
        lambda layers: network_cost(autograd.numpy, lambda Z: logsumexp(Z, axis=-1), layers, X, Y)
    )
    return {"gradient": lambda: gradient(start), "train": lambda: descend(gradient, start)}


def sklearn_training(config: MLPConfig, X: np.ndarray, Y: np.ndarray) -> Candidates:
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.neural_network import MLPClassifier

    warnings.simplefilter("ignore", ConvergenceWarning)  # it stops after EPOCHS, as it was told
    classifier = MLPClassifier(
        config.layer_sizes[1:-1],
        solver="sgd",
        alpha=0,
        batch_size=len(X),
        learning_rate_init=LEARNING_RATE,
        max_iter=EPOCHS,
        tol=0,
        n_iter_no_change=EPOCHS,
        momentum=0,
        nesterovs_momentum=False,
        random_state=0,
    )
    classes = Y.argmax(axis=1)
    return {"MLPClassifier": lambda: classifier.fit(X, classes)}


# --- measuring --------------------------------------------------------------------------------------


def show(work: str, candidates: Candidates) -> None:
    """Measure and print one block of the table."""
    samples = measure(candidates)
    median, best = statistics.median(samples["plain NumPy"]), min(samples["plain NumPy"])
    for name, times in samples.items():
        microseconds, ratio = statistics.median(times) * 1e6, statistics.median(times) / median
        print(f"{work:44}{name:28}{microseconds:10.1f}{ratio:8.2f}{min(times) / best:9.2f}", flush=True)
    print()


def measure(candidates: Candidates) -> dict[str, list[float]]:
    """Seconds a call, REPEATS times; the candidates take turns."""
    calls = {name: calls_per_sample(candidate) for name, candidate in candidates.items()}
    samples: dict[str, list[float]] = {name: [] for name in candidates}
    for _ in range(REPEATS):
        for name, candidate in candidates.items():
            samples[name].append(seconds_for(candidate, calls[name]) / calls[name])
    return samples


def calls_per_sample(candidate: Callable[[], object]) -> int:
    """As many calls as make a sample long enough; the first call is left out, for it may compile."""
    candidate()
    return max(1, round(SECONDS_PER_SAMPLE / (seconds_for(candidate, 3) / 3)))


def seconds_for(candidate: Callable[[], object], calls: int) -> float:
    start = perf_counter()
    for _ in range(calls):
        candidate()
    return perf_counter() - start


if __name__ == "__main__":
    main()
