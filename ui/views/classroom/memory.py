"""What browsers in a room keep, and bring along when their server has gone. See memory.js."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import streamlit as st

from ui.draw.bundle import bundle
from ui.questions.polls import is_readable, poll_of
from ui.state.rooms.brought import read_rounds
from ui.state.rooms.codes import new_name
from ui.state.rooms.room import Round
from ui.state.settings import Settings, settings_of

_MEMORY = st.components.v2.component("backprop.room", js=bundle(Path(__file__).with_name("memory.js")))


MOST_TRAINING = 330_000
"""As long may be all trainings that a host's page brings (TrainingPlan.size): as the longest of one link."""


def own_name() -> str:
    """The name under which this session begins: a browser that has been here has another one."""
    name: str = st.session_state.setdefault("room_name", new_name())
    return name


def remember(room: str, **news: Any) -> Any:
    """Tell the browser what to keep of a room, and get what it had kept before, once it has told: else None.

    Args:
        room: its code.
        news: `mine` of somebody who answers, `rounds` of the host.
    """
    session = own_name()
    data = {"room": room, "session": session, **news}
    told = _MEMORY(key="room_memory", data=data, default={"kept": None}, on_kept_change=_heard).get("kept")
    # What is left from before the server went away is older than what the browser tells this session.
    return told if isinstance(told, dict) and told.get("session") == session else None


def _heard() -> None:
    """Nothing to do but to run again."""


def brought_rounds(value: Any) -> dict[str, Round]:
    """What a host's page has kept and tells, by key; what our pages cannot have kept is left out."""
    try:
        rounds = read_rounds(value)
    except ValueError:
        return {}
    found: dict[str, Round] = {}
    trained: dict[Settings, int] = {}
    for key, each in sorted(rounds.items(), key=lambda item: item[1].number, reverse=True):
        try:
            settings = settings_of(each.asked.partition("?")[2])
            if settings.is_trained and settings not in trained:
                trained[settings] = settings.plan.size(settings.epoch)
            if sum(trained.values()) > MOST_TRAINING:
                continue  # a link trains once, and this would forty times
            poll = poll_of(each.asked)
        except ValueError:
            continue
        answers = {who: text for who, text in each.answers.items() if is_readable(poll, text)}
        found[key] = replace(each, asked=poll.text, answers=answers)
    return found
