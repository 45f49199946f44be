"""Sections of the page "Derivative paths"."""

from dataclasses import replace

import streamlit as st

from ui.draw.page import show
from ui.draw.prose import heading, page_link, paragraph
from ui.draw.svg import one_element, tag
from ui.state.cache import kept
from ui.state.choices import ask
from ui.state.parameters import PARAMETERS, real
from ui.state.recording import all_observations, misfit_of_targets
from ui.state.settings import Settings
from ui.views.paths.choice import PathChoice
from ui.views.paths.enumeration import enumeration_markup
from ui.views.paths.nudge import nudge_scene
from ui.views.paths.scenes import paths_scene
from ui.views.paths.special_units import cancelling_markup, dead_unit_markup
from ui.views.paths.update import update_scene
from ui.views.paths.words import further
from ui.views.paths.words import page as words


def lead(settings: Settings) -> str:
    """What the page shows of this network."""
    return words.lead(bool(settings.hidden), _adds_up(settings))


def has_sum(settings: Settings) -> bool:
    """Whether there are paths to add up; a way to some if not."""
    if _adds_up(settings):
        return True
    st.markdown(kept(_no_sum_markup, settings), unsafe_allow_html=True)
    return False


def _adds_up(settings: Settings) -> bool:
    """Whether there is a hidden layer, or each of several outputs reads every z."""
    config = settings.config
    return bool(settings.hidden) or (config.is_dense(config.depth) and config.layer_sizes[-1] > 1)


def _no_sum_markup(settings: Settings) -> str:
    outputs = settings.config.layer_sizes[-1]
    step = settings.step_link(f"{settings.config.depth}.IV")
    links = [_with_hidden(settings), page_link(words.TO_STEP, step)]
    if outputs > 1:
        dense = replace(settings, output=PARAMETERS["out"].default, taken=0)
        if not misfit_of_targets(dense.output, all_observations(settings)[1]):
            links.append(page_link(words.TO_SOFTMAX, dense.link("paths")))
    return paragraph(words.no_sum(outputs)) + tag("div", *links, class_="bp-conclusion")


def _with_hidden(settings: Settings) -> str:
    """A link to the same page with as many hidden layers as it takes to have several paths."""
    sizes = (5,) if settings.config.layer_sizes[-1] > 1 else (5, 4)
    return page_link(words.to_hidden(sizes), replace(settings, hidden=sizes, taken=0).link("paths"))


def paths_section(choice: PathChoice) -> None:
    """The ledger of the unit, the rules side by side, and all units: what follows the reader at once."""
    show(kept(paths_scene, choice.settings, choice.layer), "unit", "drop", key="paths")


def update_section(choice: PathChoice) -> None:
    """What the knock-out does to the gradients and to the cost after one update."""
    show(kept(update_scene, choice), key="update")


def nudge_section(choice: PathChoice) -> None:
    """Move the activation and measure; a z of the output has no such table, since softmax bends its paths."""
    if choice.is_output:
        return
    st.markdown(kept(_nudge_heading, choice.name), unsafe_allow_html=True)
    eps = real("eps").place(ask("eps"))
    between = None if eps in real("eps").positions else eps
    show(kept(nudge_scene, _whole(choice), between), "eps", key="nudge")


def other_units_section(choice: PathChoice) -> None:
    """Paths that cancel beside dead units, and every full path."""
    st.markdown(kept(_other_units_markup, _whole(choice)), unsafe_allow_html=True)


def _whole(choice: PathChoice) -> PathChoice:
    """The choice without the knock-outs, for sections that do not depend on them."""
    return PathChoice(choice.settings, choice.layer, choice.unit)


def _nudge_heading(name: str) -> str:
    return heading(further.nudge_heading(name)) + paragraph(further.NUDGE_OPENING)


def _other_units_markup(choice: PathChoice) -> str:
    if choice.is_output:
        return tag("p", _with_hidden(choice.settings))
    cancel = heading(further.CANCEL_HEADING) + cancelling_markup(choice)
    dead = heading(further.OFF_HEADING) + dead_unit_markup(choice)
    beside = tag("div", tag("div", dead), tag("div", cancel), class_="bp-two")
    return one_element(beside, enumeration_markup(choice), _deeper(choice))


def _deeper(choice: PathChoice) -> str:
    """Where there is one hidden layer, a network in which the paths share their ends."""
    if len(choice.settings.hidden) > 1:
        return ""
    deeper = replace(choice.settings, hidden=(5, 4, 3), taken=0)
    return tag("p", page_link(further.DEEPER, deeper.link("paths", layer=1)))
