"""The stage's JavaScript and CSS, which the component and the exported file share."""

import re
from pathlib import Path

_FOLDER = Path(__file__).parent / "js"
_MODULES = (
    "text",
    "formula",
    "network",
    "tables",
    "timeline",
    "entries",
    "motion",
    "code",
    "check",
    "light",
    "head",
    "keyboard",
    "judge",
    "quiz",
    "stage",
)


def asset(name: str) -> str:
    """Text of a file of the stage, such as stage.css."""
    return (_FOLDER / name).read_text(encoding="utf-8")


def bundle(entry: str) -> str:
    """The stage's modules as one, since a component and an exported file take one; `entry` comes last."""
    texts = [asset(f"{name}.js") for name in (*_MODULES, entry)]
    without_imports = [
        re.sub(r'^import .*? from "\./.*?";\n', "", text, flags=re.MULTILINE) for text in texts
    ]
    return "\n".join(re.sub(r"^export (?!default)", "", text, flags=re.MULTILINE) for text in without_imports)
