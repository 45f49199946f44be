"""What pages draw with in the browser: their components get their code by a library, which is sent once."""

import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import streamlit as st

from ui.draw.bundle import bundle

_UI = Path(__file__).parents[1]
TOKENS = _UI / "draw/css/tokens.css"
"""The palette, for the document as well as for components."""
_SCRIPT = bundle(_UI / "draw/js/component.js")
VERSION = sha256(b"".join(path.read_bytes() for path in sorted(_UI.rglob("*.[cj]s*")))).hexdigest()[:12]
"""Of all scripts and styles: a page that has outlived its server needs the new ones."""


def component(name: str, in_shadow: bool = True) -> Any:
    """A Streamlit component that the library draws: ui/shell/library.js has it by this name.

    It is called with a key, what `packed` makes as its data, and what any component may be called with.

    Args:
        name: of the component.
        in_shadow: whether the page's styles, which other pictures share, do not hold in it.
    """
    return st.components.v2.component(f"backprop.{name}", js=_SCRIPT, isolate_styles=in_shadow)


def packed(data: Mapping[str, Any], **texts: str) -> bytes:
    """What such a component is sent: `data`, and what is JSON already, or nothing for null; both by names.

    As bytes, since JSON in Streamlit's JSON is a tenth longer.
    """
    named = texts | {name: json.dumps(value) for name, value in data.items()}
    return "\n".join((VERSION, *(f"{name} {text}" for name, text in named.items()))).encode()
