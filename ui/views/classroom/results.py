"""What the host can take along: the counts as a file, and a link that asks the same questions again."""

import csv
from io import StringIO

import streamlit as st

from ui.questions.polls import RIGHT, TO_CHOOSE, Poll, however_answered, kinds_of_answers, poll_of, tally
from ui.questions.tasks import Sentence
from ui.state.address import app_address
from ui.state.rooms.rooms import Board, Vote
from ui.state.settings import Settings
from ui.views.classroom import words

FORMULA = ("=", "+", "-", "@")
"""What a sentence begins with that a spreadsheet would compute."""


def results(room: str, settings: Settings, board: Board) -> None:
    """A popover, so that the board has the room."""
    with st.popover(words.TAKE_ALONG, disabled=not board.votes):
        st.download_button(
            words.AS_CSV,
            lambda: counts_csv(board),
            file_name=f"class-{room}.csv",
            mime="text/csv",
            on_click="ignore",
        )
        link, others = set_link(settings, board)
        st.caption(words.set_link(others))
        st.code(f"{app_address(st.context.url, 'class')}/{link}", language=None, wrap_lines=True)


def counts_csv(board: Board) -> str:
    """A line for each kind of answer of each vote; of sentences one for each."""
    text = StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(words.CSV_HEAD)
    for vote in board.votes:
        poll = poll_of(vote.asked)
        for answer, kind, remark, count in _counted(poll, vote):
            rows.writerow([vote.number, poll.code, poll.asked.prompt, answer, kind, remark, count])
    return text.getvalue()


def _counted(poll: Poll, vote: Vote) -> list[tuple[str, str, str, int]]:
    """Each answer, what it is, what is wrong with it, and how many gave it."""
    if isinstance(poll.asked, Sentence):
        return [
            (f"'{text}" if text.startswith(FORMULA) else text, "", "", n) for text, n in vote.answers.items()
        ]
    counts = tally(poll, vote.answers)
    found = []
    for kind in kinds_of_answers(poll):
        answer, _, name = kind.name.partition(": ") if kind.value is not None else (kind.name, "", "")
        found.append((answer, kind.key if kind.key == RIGHT else name, kind.remark, counts[kind.key]))
    return found


def set_link(settings: Settings, board: Board) -> tuple[str, int]:
    """A link with the questions asked of this view, in their order, and how many were of another one."""
    codes: dict[str, str] = {}
    others = set()
    for vote in board.votes:
        poll = poll_of(vote.asked)
        if poll.settings == settings:
            codes.setdefault(poll.code.removesuffix(TO_CHOOSE), poll.code)
        else:
            others.add(however_answered(poll.text))
    return settings.link("class", ask="-".join(codes.values())), len(others)
