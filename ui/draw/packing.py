"""A scene as the browser gets it: JSON in which nothing stands twice. The browser unpacks it in values.js."""

import json
from base64 import b64encode
from collections.abc import Sequence
from typing import Any

import numpy as np

from ui.draw.scenes import Choice, Combination, Each, Part, Scene, Slider

_NAMED = Part | Slider | Choice | Combination


def written(scene: Scene) -> str:
    """The scene as JSON, every number with all its digits.

    Arrays and what follows the control are in `series`, each once, since they may stand in several places; of
    texts that follow it, what does not change stands there once.
    """
    series: dict[str, int] = {}
    form: dict[str, Any] = {"ensure_ascii": False, "allow_nan": False, "separators": (",", ":")}

    def in_series(value: Any) -> dict[str, int]:
        return {"series": series.setdefault(json.dumps(value, **form), len(series))}

    def record(part: Any) -> dict[str, Any]:
        held: dict[str, Any] = {"part": type(part).__name__} if isinstance(part, _NAMED) else {}
        for name in part.__dataclass_fields__:  # fields() takes a third of the time of all this
            value = getattr(part, name)
            if isinstance(value, np.ndarray):
                held[name] = in_series(_numbers(value))
            elif isinstance(value, Each) or (part is scene.control and isinstance(value, list)):
                held[name] = in_series(_packed(value))
            elif isinstance(value, list | tuple) and any(isinstance(each, Each) for each in value):
                held[name] = [in_series(_packed(each)) if isinstance(each, Each) else each for each in value]
            elif value not in (None, "", ()):
                held[name] = value
        return held

    written = json.dumps(scene, default=record, **form)
    return f'{{"scene":{written},"series":[{",".join(series)}]}}'


def _numbers(array: "np.ndarray[Any, Any]") -> Any:
    """An array as JSON has it: a matrix as base64, in half the bytes; else None for what JSON cannot say."""
    if array.ndim == 2 and np.isfinite(array).all():
        return {"floats": _base64(array), "columns": array.shape[1]}
    values = array.astype(object)
    values[~np.isfinite(array)] = None
    return values.tolist()


def _packed(values: list[Any]) -> Any:
    """What follows the control in fewer bytes: floats as base64, texts as forms."""
    if all(isinstance(value, float) for value in values):
        return _base64(values)
    return _forms(values) if isinstance(values[0], str) else values


def _base64(values: Any) -> str:
    return b64encode(np.array(values, dtype="<f8").tobytes()).decode()


def _forms(texts: Sequence[str]) -> dict[str, list[Any]]:
    """Texts as `forms`, with ¤ for the words that change, and `each` with its form and these words."""
    split = [text.split(" ") for text in texts]
    lengths = list(dict.fromkeys(map(len, split)))
    alike = [[each for each in split if len(each) == length] for length in lengths]
    changing = [
        [place for place, column in enumerate(zip(*members, strict=True)) if len(set(column)) > 1]
        for members in alike
    ]
    forms = [
        " ".join("¤" if place in changed else word for place, word in enumerate(members[0]))
        for changed, members in zip(changing, alike, strict=True)
    ]
    numbers = [lengths.index(len(each)) for each in split]
    each = [
        [number, *(members[place] for place in changing[number])]
        for number, members in zip(numbers, split, strict=True)
    ]
    return {"forms": forms, "each": each}
