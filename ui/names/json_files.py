"""A file of the app's own, as lines that can be pasted."""

import json
from contextlib import suppress
from typing import Any


def lines_of_export(text: str) -> str:
    """The lines of a file of the app's own, which has every array with its kind; other text as it is."""
    if text.lstrip()[:1] != "{" or '"arrays"' not in text:
        return text
    with suppress(ValueError, RecursionError, AttributeError, KeyError, TypeError):
        document = json.loads(text, parse_float=str, parse_int=str)
        names = {"value": "{}", "gradient": "d{}", "cotangent": "d{}", "after": "{}_new"}
        lines = [
            f"{names[each['kind']].format(each['array'])} = {_plain(each['values'])}"
            for each in document["arrays"]
            if each["kind"] in names
        ]
        network = document["network"]
        stated = {
            "inputs": document["inputs"],
            "outputs": document["outputs"],
            "activation": network["hidden_activation"],
            "output": network["output_activation"],
            "error": network["loss"],
            "bias": network["bias"],
            "eta": document["settings"]["learning_rate"],
        }
        lines += [f"{name} = {_plain(value)}" for name, value in stated.items()]
        return "\n".join(lines)
    return text


def _plain(values: Any) -> str:
    return f"[{', '.join(map(_plain, values))}]" if isinstance(values, list) else str(values)
