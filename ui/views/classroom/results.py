"""What the host can take along: the counts as a file, and a link that asks the same questions again."""

import csv
from io import StringIO

import streamlit as st

from ui.questions.polls import kinds_of_answers, poll_of, tally
from ui.questions.tasks import Sentence
from ui.state.rooms.rooms import Board
from ui.state.settings import Settings
from ui.views.classroom import words


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
        st.code(link, language=None, wrap_lines=True)


def counts_csv(board: Board) -> str:
    """A line for each kind of answer of each vote."""
    text = StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(words.CSV_HEAD)
    for vote in board.votes:
        poll = poll_of(vote.asked)
        if isinstance(poll.asked, Sentence):
            rows.writerows(
                [vote.number, poll.asked.prompt, answer, "", count] for answer, count in vote.answers.items()
            )
            continue
        counts = tally(poll, vote.answers)
        for kind in kinds_of_answers(poll):
            rows.writerow([vote.number, poll.asked.prompt, kind.name, kind.remark, counts[kind.key]])
    return text.getvalue()


def set_link(settings: Settings, board: Board) -> tuple[str, int]:
    """A link with the questions asked of this view, and how many were asked of another one."""
    codes: list[str] = []
    others = set()
    for vote in board.votes:
        poll = poll_of(vote.asked)
        if poll.settings == settings:
            codes.append(poll.code)
        else:
            others.add(poll.text)
    return settings.link("class", ask="-".join(dict.fromkeys(codes))), len(others)
