"""The film as a Streamlit component: every epoch, without asking the server."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from ui.draw.library import component, packed
from ui.state.address import is_on_screen, put
from ui.state.parameters import MAX_EPOCHS
from ui.state.settings import Settings
from ui.state.training_runs import TrainingPlan
from ui.state.turns import turn_of_script
from ui.views.training import words
from ui.views.training.controls import Scene
from ui.views.training.payload import film_payload, kept_film

_FILM = component("film")


def film(settings: Settings, scene: Scene) -> None:
    """Draw the film of this training, at the epoch in the URL."""
    if scene.is_about_to_change and st.session_state.get("film") is None:
        return  # new data during a component's first load can be lost, so the first is the final one
    payload = _payload(settings.plan, scene)
    _FILM(
        key="film",
        data=packed({"links": film_links(settings), "start": _start(settings)}, payload=payload),
        default={"epoch": None},
        on_epoch_change=_on_epoch_change,
    )


def film_links(settings: Settings) -> list[tuple[str, str]]:
    """Labels and addresses of the links in which the film puts its epoch."""
    # Steps taken on one flower, or edits, would lead away from the weights that the film shows.
    trained = replace(settings, epoch=0, taken=0, edit="")
    return [(label, trained.link(page)) for label, page in words.LINKS]


def _payload(plan: TrainingPlan, scene: Scene) -> str:
    kept = kept_film(plan, scene.epochs, scene.plane)
    if kept is not None:
        return kept
    with turn_of_script(plan, plan.size(scene.epochs), words.EVALUATING) as turn:
        return film_payload(plan, scene.epochs, scene.plane, lambda _: turn.share())


def _start(settings: Settings) -> int | None:
    """The epoch the film is told to show: only one that it was not moved to, as the walkthrough does."""
    state = st.session_state
    mounted = state.get("film")
    if is_on_screen():
        state["film_start"] = None
    elif mounted is None or reported_epoch(mounted) != settings.epoch:
        state["film_start"] = max(0, settings.epoch)
    start: int | None = state["film_start"]
    return start


def _on_epoch_change() -> None:
    epoch = reported_epoch(st.session_state["film"])
    if epoch is not None:
        put("epoch", epoch)
        put("taken", None)


def reported_epoch(state: Mapping[str, Any]) -> int | None:
    """The epoch that the film was moved to; None if it was not, or what came is not an epoch."""
    match state.get("epoch"):
        case [int(epoch), int()] if 0 <= epoch <= MAX_EPOCHS:
            return epoch
    return None
