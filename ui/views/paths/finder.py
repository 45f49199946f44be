"""Which flower shows it best: a dead unit, or paths that cancel."""

from dataclasses import replace

import numpy as np

from backprop.arrays import FloatArray
from backprop.study.paths import PathSurvey, survey_paths
from ui.draw.prose import page_link, paragraph
from ui.draw.svg import tag
from ui.state.cache import kept
from ui.state.edits import format_edits, parse_edits
from ui.state.parameters import IRIS
from ui.state.recording import all_observations, current_params
from ui.state.settings import Settings
from ui.views.paths.choice import PathChoice
from ui.views.paths.words import further as words

ENOUGH = 0.9
"""Paths are worth a visit where nine tenths of them cancel."""


def survey(settings: Settings, layer: int) -> PathSurvey:
    """The paths into one hidden layer for all flowers; `settings` without a flower or steps taken."""
    return survey_paths(settings.config, current_params(settings), *all_observations(settings), layer)


def find_flower(choice: PathChoice, what: str) -> tuple[int, int] | None:
    """Another flower and a unit, both 0-based: the largest ∂C/∂a of a dead unit, or the largest paths that
    cancel; None if there is none.

    Args:
        choice: what is shown now.
        what: "dead" or "cancel".
    """  # noqa: D205 - one sentence
    if choice.settings.data != IRIS:
        return None
    # Steps taken belong to one flower; another flower is looked at with the weights of the seed.
    found = kept(survey, replace(choice.settings, flower=0, taken=0), choice.layer)
    score = _score(found, what)
    score[choice.settings.flower] = 0.0
    if score.max() <= 0:
        return None
    flower, unit = np.unravel_index(score.argmax(), score.shape)
    return int(flower), int(unit)


def _score(found: PathSurvey, what: str) -> FloatArray:
    """How much every unit of every flower shows it, 0 where it does not."""
    if what == "dead":
        return np.where(found.blocked, np.abs(found.cotangents), 0.0)
    return np.where(found.cancelled >= ENOUGH, np.abs(found.terms).sum(axis=1), 0.0)


def finder_link(choice: PathChoice, what: str) -> str:
    """A link to that flower, all other settings kept."""
    if choice.settings.data != IRIS:
        return ""
    found = find_flower(choice, what)
    if found is None and what == "dead" and not choice.settings.config.rule(choice.layer).switches:
        return ""  # none of these can be off
    if found is None:
        return paragraph(words.NOT_FOUND[what], "bp-note")
    flower, unit = found
    # Inputs and targets that were edited belong to one flower, too; edited weights stay.
    edit = format_edits(edit for edit in parse_edits(choice.settings.edit) if edit.name not in "xy")
    settings = replace(choice.settings, flower=flower, taken=0, edit=edit)
    there = replace(choice, settings=settings, unit=unit)
    text = words.find(what, flower, there.name, choice.settings.taken)
    return tag("p", page_link(text, there.link()), data_finder=what)
