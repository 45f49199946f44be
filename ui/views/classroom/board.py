"""The bars: right, each named mistake, other; a second vote beside the first. No Streamlit."""

from ui.draw.prose import paragraph
from ui.draw.svg import scripts, tag
from ui.names.numbers import percent
from ui.questions.polls import RIGHT, TO_CHOOSE, Answered, Poll, kinds_of_answers, most_telling, tally
from ui.questions.tasks import Sentence
from ui.questions.words import tasks as task_words
from ui.state.rooms.rooms import Board, Vote
from ui.views.classroom import words
from ui.views.classroom.reveal import answer_markup

MOST_BARS = 8
"""Mistakes of fewer than the others are counted together."""

MOST_SENTENCES = 12


def first_vote(board: Board, vote: Vote) -> Vote | None:
    """The vote before this one, if it was on the same question."""
    before = next((each for each in board.votes if each.number == vote.number - 1), None)
    return before if before and _plain(before) == _plain(vote) else None


def _plain(vote: Vote) -> str:
    return vote.asked.replace(f"{TO_CHOOSE}?", "?")


def shown_markup(poll: Poll, vote: Vote, first: Vote | None) -> str:
    """What the room thinks."""
    if isinstance(poll.asked, Sentence):
        said = [tag("li", scripts(text)) for text in [*vote.answers][:MOST_SENTENCES]]
        return tag("ul", *said, class_="bp-sentences") + answer_markup(poll)
    votes = [each for each in (first, vote) if each]
    counts = [tally(poll, each.answers) for each in votes]
    rows = [
        each for each in kinds_of_answers(poll) if each.key == RIGHT or any(c.get(each.key) for c in counts)
    ]
    rows.sort(key=lambda each: (each.key != RIGHT, -counts[-1].get(each.key, 0)))
    head = [paragraph(words.votes([each.count for each in votes]), "bp-counted")]
    bars = [_row(each, counts, votes) for each in rows[:MOST_BARS]]
    return (
        "".join(head)
        + tag("div", *bars, class_="bp-votes")
        + _refuted(poll, counts[-1])
        + answer_markup(poll)
    )


def _row(kind: Answered, counts: list[dict[str, int]], votes: list[Vote]) -> str:
    bars = [
        tag(
            "div",
            tag("span", style=f"--share:{_share(count[kind.key], vote.count):.4f}", class_="bp-vote-bar"),
            tag("span", words.bar(count[kind.key], percent(_share(count[kind.key], vote.count)))),
            class_="bp-vote",
            data_vote=str(vote.number),
            data_count=str(count[kind.key]),
        )
        for count, vote in zip(counts, votes, strict=True)
    ]
    look = "bp-votes-row bp-is-right" if kind.key == RIGHT else "bp-votes-row"
    name = tag("p", scripts(("✓ " if kind.key == RIGHT else "") + kind.name))
    return tag("div", name, *bars, class_=look, data_kind=kind.key)


def _share(count: int, all_of_them: int) -> float:
    return count / all_of_them if all_of_them else 0.0


def _refuted(poll: Poll, counts: dict[str, int]) -> str:
    """The mistake that most have made, and what shows that it is one."""
    found = most_telling(poll, counts)
    if found is None:
        return ""
    said = [words.most_told(counts[found.key]), found.remark]
    if poll.measured is not None and found.value is not None:
        said.append(task_words.measured(found.value, poll.measured))
    return tag("div", *map(paragraph, said), class_="bp-answer bp-is-wrong")
