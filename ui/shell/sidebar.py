"""The sidebar: examples, the table editor, the settings, and what had to be put right in them."""

from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from typing import Any

import streamlit as st

from backprop.primitives import cost_rule, output_options
from ui.draw.prose import link
from ui.draw.svg import tag
from ui.shell import words
from ui.shell.editor import edit_dialog, edits_summary
from ui.shell.examples import preset_menu, preset_note
from ui.shell.own import irises, own_dialog
from ui.state.address import asked, is_of_link, put
from ui.state.captions import describe_inputs, is_measured, name_observation, standardised, word_for
from ui.state.choices import ask, repair
from ui.state.edits import parse_edits
from ui.state.own import OwnNetwork
from ui.state.parameters import BATCH_SIZES, FULL_BATCH, IRIS, OWN, PARAMETERS, UNTRAINED, rows_of
from ui.state.parsing import NO_HIDDEN, format_hidden
from ui.state.place import keep_place
from ui.state.presets import START
from ui.state.recording import ANY_TARGETS, fitting_edit, misfit_of_targets, possible_epoch, possible_taken
from ui.state.settings import Settings, current_settings


def sidebar(page: str) -> None:
    """Draw the settings, in the sidebar, and tell what had to be put right.

    Args:
        page: URL path of the page that follows.
    """
    given = None
    with suppress(ValueError):  # numbers of one's own that cannot be read are told of below
        given = _given()
    notices = repair(**({} if given is None else {"obs": _of_given("obs", len(given.X))}))
    _fit_given(notices)
    with st.sidebar:
        top = st.container(horizontal=True, key="top")
        _settings(page)
    settings = _possible(current_settings(), notices)
    keep_place(settings.config)
    for notice in dict.fromkeys(notices):
        st.warning(notice, icon=":material/info:")
    with top:
        _examples_and_edits(page, settings)
        _weights(settings)
    preset_note(page, settings)


def _settings(page: str) -> None:
    """The settings that have a field on this page, its own first; the address keeps the others."""
    fields = [row for row in rows_of("") if row.widget and row.sidebar_of in ("", page)]
    with st.container(key="settings", horizontal=True):  # two beside each other: app.css
        left_out, given = _meaningless(), _given()
        for row in sorted(fields, key=lambda row: not row.sidebar_of):
            if row.key not in left_out:
                ask(row.key, **(_of_given(row.key, len(given.X)) if given else {}))
                if row.key == "seed" and given is None:  # below the flower, which stands beside the seed
                    st.caption(_flower_caption(int(_held("flower")), asked("edit") or ""))
        scale = st.session_state["err"] if "err" not in left_out else ""
        activation, loss = output_options(scale)[st.session_state["out"]]
        st.caption(words.outputs_and_cost(activation, cost_rule(loss).label))


def _fit_given(notices: list[str]) -> None:
    """Put right what does not go with numbers that are given: an output, an observation, or none of them."""
    if asked("data") == OWN and not asked("own"):
        put("data", None)
        notices += [] if notices else [words.NO_OWN]
    given = _given()
    if given is None:
        return
    problem = misfit_of_targets(_held("out"), given.Y)
    if problem:
        notices.append(words.other_output(problem, ANY_TARGETS))
        put("out", ANY_TARGETS)
    if int(_held("obs")) > len(given.X):
        if is_of_link("obs"):
            notices.append(words.no_observation(len(given.X), _held("obs")))
        put("obs", None)


def _given() -> OwnNetwork | None:
    data = asked("data") or IRIS
    return None if data == IRIS else replace(START, data=data, own=asked("own") or "").given


def _of_given(key: str, count: int) -> dict[str, Any]:
    """What the row of a setting is with so many observations that are given."""
    if key == "obs":
        return {"high": count}
    if key == "seed":
        return {"help": words.SEED_OF_GIVEN}
    if key == "batch":
        smaller = [size for size in BATCH_SIZES if size != FULL_BATCH and int(size) < count]
        return {"options": (FULL_BATCH, *smaller), "default": FULL_BATCH, "help": words.batch_of_given(count)}
    return {}


def _meaningless() -> tuple[str, ...]:
    """The settings without a meaning: numbers that are given have no flower, and may have their weights."""
    hidden, out = _held("hidden"), _held("out")
    found = [] if cost_rule(output_options()[out][1]).scale else ["err"]
    if hidden == NO_HIDDEN:
        found.append("act")
    given = _given()
    if given is None or len(given.X) == 1:
        found += ["obs"] if given is None else ["obs", "batch"]
    if given is not None:
        found += ["flower", "split"]
        if given.hidden is not None and hidden == format_hidden(given.hidden):
            found.append("seed")
    return tuple(found)


def _held(key: str) -> str:
    """What the widget of a setting holds, or will begin with."""
    return str(st.session_state.get(key, asked(key) or PARAMETERS[key].default_text))


@lru_cache(maxsize=256)
def _flower_caption(flower: int, edit: str) -> str:
    """The species, and the measurements if the network gets them."""
    settings = replace(START, flower=flower, edit=edit)
    settings = replace(settings, edit=fitting_edit(settings)[0])
    said = describe_inputs if is_measured(settings) else name_observation
    return said(settings).split(", ", 1)[1]


def _examples_and_edits(page: str, settings: Settings) -> None:
    """Above the settings: prepared views, the table editor, and the ways back from both."""
    preset_menu(page, settings)
    for name, key in ((words.OWN_BUTTON, "own"), (words.EDIT_BUTTON, "edit")):
        st.button(name, key=f"{key}_numbers", width="stretch", on_click=_open, args=(key,))
    if settings.given is not None:
        back = link(words.TO_IRISES, irises(settings).link(page))
        said = tag("p", f"{describe_inputs(settings)}. ", back, class_="bp-given")
        hidden = settings.given.hidden
        if hidden is not None and hidden != settings.hidden:
            sizes = settings.config.layer_sizes[0], *hidden, settings.config.layer_sizes[-1]
            back = link(words.TO_GIVEN, replace(settings, hidden=hidden).link(page))
            said += tag("p", f"{words.other_weights(sizes)} ", back, class_="bp-given")
        st.markdown(said, unsafe_allow_html=True)
    if settings.edit:
        st.markdown(f"{edits_summary(settings)}.")
        label = words.put_back(len(parse_edits(settings.edit)))
        st.button(label, key="reset_edits", on_click=put, args=("edit", None))
    # Not the button's own value: that is gone where a notice made the script run twice.
    dialog = {"edit": edit_dialog, "own": own_dialog}.get(st.session_state.get("wanted_dialog", ""))
    if dialog:
        del st.session_state["wanted_dialog"]
        dialog(settings)


def _open(dialog: str) -> None:
    st.session_state["wanted_dialog"] = dialog  # see ui.shell.take_along


def _weights(settings: Settings) -> None:
    """Say that the view is not that of the initial weights any more, with the way back."""
    if settings.is_trained or settings.taken:
        st.markdown(weights_note(settings))
        st.button(words.TO_INITIAL, key="reset_weights", on_click=_reset_weights)


def weights_note(settings: Settings) -> str:
    """What lies between the initial weights and those shown; Markdown.

    The rule: epochs and steps change weights unless there are none of them or η = 0.
    """
    came = []
    if settings.is_trained:
        scaled = standardised(settings)
        of_split = None if settings.given else settings.split
        came.append(words.trained(settings.epoch, settings.plan.batch_size, of_split, scaled))
    if settings.taken:
        came.append(words.taken(settings.taken, word_for(settings)))
    if settings.learning_rate == 0:
        head = words.STAY
    elif settings.epoch > 0 or settings.taken:
        head = words.CHANGED
    else:
        head = words.INITIAL
    return f"**{head}**: {'; then '.join(came)}."


def _reset_weights() -> None:
    put("epoch", None)
    put("taken", None)


def _possible(settings: Settings, notices: list[str]) -> Settings:
    """The settings, or what can be shown of them where an edit does not fit, or training or steps diverge."""
    edit, problem = fitting_edit(settings)
    if problem:
        put("edit", edit or None)
        notices.append(misfit_notice(problem, settings.edit, edit))
        settings = replace(settings, edit=edit)
    epoch = possible_epoch(settings)
    taken = possible_taken(settings) if epoch == settings.epoch else settings.taken
    if (epoch, taken) != (settings.epoch, settings.taken):
        notices.append(limit_notice(settings, epoch, taken))
        put("epoch", epoch if epoch != UNTRAINED else None)
        put("taken", taken or None)
        settings = _possible(replace(settings, epoch=epoch, taken=taken), notices)
    return settings


def limit_notice(settings: Settings, epoch: int, taken: int) -> str:
    """Why fewer epochs of training, or fewer steps taken, are shown than asked for."""
    if epoch == settings.epoch:
        return words.too_many_steps(settings.learning_rate, settings.taken, taken)
    return words.too_many_epochs(settings.learning_rate, settings.epoch, epoch)


def misfit_notice(problem: str, asked: str, kept: str) -> str:
    """Why some edits are not made, and how many."""
    return words.misfit(problem, len(parse_edits(asked)) - len(parse_edits(kept)))
