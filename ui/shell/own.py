"""The dialog for numbers of one's own: typed or pasted as text, read at once, shown on every page."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import streamlit as st

from backprop.noise import MET
from backprop.primitives import activation_rule, cost_rule, output_options
from ui.shell import words
from ui.shell.sentences import as_markdown
from ui.shell.share.escape import escape_closes
from ui.state.address import put
from ui.state.edits import LARGEST
from ui.state.own import OwnNetwork, network_text, read_network, write_network
from ui.state.parameters import IRIS, OWN, PARAMETERS
from ui.state.parsing import format_hidden
from ui.state.presets import START
from ui.state.recording import misfit_of_targets
from ui.state.rows import Choice, number_text
from ui.state.settings import Settings

MOST_PROBLEMS = 6
USUAL = {"act": "sigmoid", "out": "sigmoid-squared", "err": "half", "bias": "learned", "lr": "0.5"}
"""What most worked examples have."""

_WIDTH = {"act": 140, "out": 170, "err": 140, "bias": 140}
"""Of the menus, as wide as their longest option: three to a row."""

Asked = dict[str, str | None]
"""Parameters of the address, None for their defaults."""


@st.dialog(words.OWN_NUMBERS, width="large", icon=":material/calculate:")
def own_dialog(settings: Settings) -> None:
    """Open the text above the page."""
    escape_closes()
    own_form(settings)


def own_form(settings: Settings) -> None:
    """The text, the settings beside it, and what was read."""
    st.caption(words.OWN_LINES)
    left, right = st.columns([3, 2])
    with left:
        # What was typed belongs to this view, so the key holds it.
        key = f"own_text {settings.link('')}"
        text = st.text_area(
            words.OWN_TEXT, _text(settings), height=240, placeholder=words.OWN_EXAMPLE, key=key
        )
        is_transposed = st.toggle(words.OWN_TRANSPOSED, key="own_transposed")
    with right, st.container(horizontal=True):
        chosen = {key: _menu(key, settings) for key in ("act", "out", "err", "bias")}
        chosen["lr"] = st.text_input(words.RATE, _begin("lr", settings), key="own_lr", width=140)
        st.caption(words.OWN_SETTINGS)
    _show(text, is_transposed, chosen)


def _text(settings: Settings) -> str:
    return network_text(settings.given) if settings.given else ""


def _begin(key: str, settings: Settings) -> str:
    """What the menu of a setting begins with."""
    now = {
        "act": settings.activation,
        "out": settings.output,
        "err": settings.scale,
        "bias": settings.bias,
        "lr": number_text(settings.learning_rate),
    }
    return USUAL[key] if settings.data == IRIS else now[key]


def _menu(key: str, settings: Settings) -> str:
    row, begin = PARAMETERS[key], _begin(key, settings)
    assert isinstance(row, Choice)
    options = list(dict.fromkeys((*row.offered, begin)))
    return st.selectbox(
        row.label, options, options.index(begin), format_func=row.text_of, key=f"own_{key}", width=_WIDTH[key]
    )


def _show(text: str, is_transposed: bool, chosen: Mapping[str, str]) -> None:
    """The buttons, and what was read, or what is wrong with it."""
    with st.container(horizontal=True, vertical_alignment="center"):
        # Never disabled, and nothing above them comes and goes: the click that leaves the text counts.
        is_asked = st.button(words.OWN_SHOW, type="primary")
        is_read = is_asked or text.strip()
        network, asked, problems = read_own(text, is_transposed, chosen) if is_read else (None, {}, ())
        if network:
            st.download_button(
                words.OWN_FILE,
                network_text(replace(network, settings=_stated(network, chosen))),
                file_name=words.OWN_FILE_NAME,
                mime="text/plain",
                on_click="ignore",
            )
    if is_asked and asked:
        for key, value in asked.items():
            put(key, value)
        st.rerun()
    if problems:
        lines = [*problems[:MOST_PROBLEMS]]
        if len(problems) > MOST_PROBLEMS:
            lines.append(words.more_problems(len(problems) - MOST_PROBLEMS))
        st.error("  \n".join(map(as_markdown, lines)), icon=":material/edit_off:")
    elif network:
        said = " ".join((words.own_network(network, _outputs(asked)), *_out_of_reach(network, asked)))
        st.success(as_markdown(said), icon=":material/check:")


def _outputs(asked: Asked) -> str:
    """What was understood of the outputs and the cost: a book's sigmoid may go with either of two."""
    activation, loss = _output(asked)
    return words.outputs_and_cost(activation, cost_rule(loss).label)


def _output(asked: Asked) -> tuple[str, str]:
    """The activation and the cost."""
    options = output_options(asked["err"] or PARAMETERS["err"].default)
    return options[asked["out"] or PARAMETERS["out"].default]


def _out_of_reach(network: OwnNetwork, asked: Asked) -> list[str]:
    """That no z gives a target: the output that the menu begins with is often not the book's."""
    activation, _ = _output(asked)
    a = activation_rule(activation).forward(np.array([-LARGEST, LARGEST]))
    nearest = np.clip(network.Y, a.min(), a.max())
    beyond = network.Y[np.abs(network.Y - nearest) > MET]
    return [words.out_of_reach(activation, float(beyond[0]))] if beyond.size else []


def _stated(network: OwnNetwork, chosen: Mapping[str, str]) -> dict[str, str]:
    """The settings that count, for a text that can be pasted again."""
    stated = {**chosen, **network.settings}
    if not cost_rule(output_options()[stated["out"]][1]).scale:
        del stated["err"]
    if network.params and not network.params.biases:
        stated["bias"] = "none"
    if network.hidden == ():
        del stated["act"]
    return stated


def read_own(
    text: str, is_transposed: bool, chosen: Mapping[str, str]
) -> tuple[OwnNetwork | None, Asked, tuple[str, ...]]:
    """The network of a text, what the address asks for to show it, and what is wrong: sentences.

    Args:
        text: see `ui.state.own.read_network`.
        is_transposed: whether weights are given as (in, out).
        chosen: act, out, err, bias and lr, where the text does not state them.
    """
    network = None
    try:
        network = read_network(text, is_transposed)
        asked = address_of(network, chosen)
    except ValueError as error:
        return network, {}, tuple(str(error).splitlines())
    return network, asked, ()


def address_of(network: OwnNetwork, chosen: Mapping[str, str]) -> Asked:
    """What the address asks for to show this network.

    Raises:
        ValueError: if it is too long for a link, or a setting does not go with it.
    """
    asked: Asked = {**chosen, **network.settings}
    if "hidden" not in asked and network.hidden is not None:
        asked["hidden"] = format_hidden(network.hidden)
    if network.params and not network.params.biases:
        asked["bias"] = "none"
    for key in ("lr", "act", "out"):
        text = str(asked[key])
        if problem := PARAMETERS[key].problem(text):
            raise ValueError(words.wrong_setting(PARAMETERS[key].label, problem))
        asked[key] = PARAMETERS[key].write(PARAMETERS[key].read(text))
    if problem := misfit_of_targets(str(asked["out"]), network.Y):
        raise ValueError(words.other_targets(problem))
    fresh: Asked = dict.fromkeys(("obs", "taken", "epoch", "edit"))
    asked = {key: None if text == PARAMETERS[key].default_text else text for key, text in asked.items()}
    return {**fresh, **asked, "own": write_network(network), "data": OWN}


def irises(settings: Settings) -> Settings:
    """The way back from numbers that are given: the flower that was shown before, and the usual network."""
    return replace(START, flower=settings.flower, seed=settings.seed)
