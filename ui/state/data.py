"""Fisher's iris flowers, standardised, and names of inputs and outputs."""

from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from backprop import MLPConfig
from backprop.arrays import FloatArray, read_only
from ui.names.numbers import as_typed
from ui.names.symbols import entries, symbol

FEATURES = ("sepal length", "sepal width", "petal length", "petal width")
SPECIES = ("setosa", "versicolor", "virginica")
FLOWERS = 150


@dataclass(frozen=True, slots=True, eq=False)
class Iris:
    """The data set.

    Attributes:
        centimetres: what was measured, shape (150, 4), in the order of FEATURES.
        X: the same, standardised over all 150 flowers (mean 0, standard deviation 1).
        Y: one-hot species, shape (150, 3), in the order of SPECIES.
        species: number of the species of every flower, shape (150,).
    """

    centimetres: FloatArray
    X: FloatArray
    Y: FloatArray
    species: tuple[int, ...]


@cache
def load_iris() -> Iris:
    """The 150 flowers, from scikit-learn's own copy; read once in a process."""
    table = np.loadtxt(_iris_csv(), delimiter=",", skiprows=1)
    centimetres, species = table[:, :-1], table[:, -1].astype(int)
    return Iris(
        centimetres=read_only(centimetres),
        X=read_only((centimetres - centimetres.mean(axis=0)) / centimetres.std(axis=0)),
        Y=read_only(np.eye(len(SPECIES))[species]),
        species=tuple(int(k) for k in species),
    )


def _iris_csv() -> Path:
    """The file that sklearn.datasets reads; importing scikit-learn takes longer than all the rest."""
    package = find_spec("sklearn")
    if package is None or package.origin is None:
        raise ModuleNotFoundError("scikit-learn is needed for its iris flowers")
    return Path(package.origin).parent / "datasets" / "data" / "iris.csv"


def describe_flower(flower: int) -> str:
    """One line about a flower: "Flower 70, versicolor: sepal 5.9 × 3.2 cm, petal 4.8 × 1.8 cm"."""
    iris = load_iris()
    sepal_length, sepal_width, petal_length, petal_width = iris.centimetres[flower]
    return (
        f"Flower {flower}, {SPECIES[iris.species[flower]]}: sepal {sepal_length:.1f} × {sepal_width:.1f} cm, "
        f"petal {petal_length:.1f} × {petal_width:.1f} cm"
    )


def input_names(config: MLPConfig) -> tuple[str, ...]:
    """What the inputs are: the features of iris, the reader's own names, or mere numbers."""
    return config.inputs or _numbered("input", config.layer_sizes[0])


def output_names(config: MLPConfig) -> tuple[str, ...]:
    """What the outputs stand for: the species of iris, the reader's own names, or mere numbers."""
    return config.outputs or _numbered("output", config.layer_sizes[-1])


def named_entries(config: MLPConfig, name: str) -> list[str]:
    """The names of a variable's entries, with what they stand for where they do: x₂ sepal width, a¹₂."""
    outputs = ("y", *(f"{letter}{config.depth}" for letter in "zab"))
    if name != "x" and name not in outputs:
        return entries(name, config.layer_sizes[int(name[1:])])
    meanings = input_names(config) if name == "x" else output_names(config)
    return [f"{symbol(name, i)} {meaning}" for i, meaning in enumerate(meanings)]


def is_iris(config: MLPConfig) -> bool:
    """Whether this network takes flowers, and not numbers of a book or the reader's own."""
    return (config.inputs, config.outputs) == (FEATURES, SPECIES)


def observation_word(config: MLPConfig) -> str:
    """What one observation is called."""
    return "flower" if is_iris(config) else "example"


def word_of_many(config: MLPConfig) -> str:
    """What each of several observations is called."""
    return "flower" if is_iris(config) else "observation"


def is_one_hot(y: FloatArray) -> bool:
    """Whether the targets name one of several outputs: a single 1 among zeros."""
    return bool(len(y) > 1 and ((y == 0) | (y == 1)).all() and y.sum() == 1)


def describe_target(config: MLPConfig, y: FloatArray) -> str:
    """The target in words: "virginica", or "output 1 0.01, output 2 0.99"."""
    names = output_names(config)
    if is_one_hot(y):
        return names[int(y.argmax())]
    return ", ".join(f"{name} {as_typed(value)}" for name, value in zip(names, y.tolist(), strict=True))


def _numbered(what: str, count: int) -> tuple[str, ...]:
    return tuple(f"{what} {number}" for number in range(1, count + 1))
