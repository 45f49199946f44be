"""What the host's page has on it: the question, then the votes, first without and then with what is right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ui.draw.prose import paragraph
from ui.draw.svg import scripts, tag
from ui.names.numbers import exact, percent, short
from ui.questions.polls import (
    OTHER,
    RIGHT,
    Answered,
    Poll,
    however_answered,
    kinds_of_answers,
    most_telling,
    poll_of,
    tally,
)
from ui.questions.tasks import Sentence
from ui.questions.words import polls as poll_words
from ui.state.rooms.rooms import Board, Vote
from ui.views.classroom import words
from ui.views.classroom.fitting import fitted_markup
from ui.views.classroom.reveal import answer_markup

MOST_BARS = 8
"""Kinds of answers; those of the fewest are counted with the others."""

HEIGHT, PROMPT, CONTEXT, OPTION, MARGIN = 48.7, 3.8, 2.5, 4.3, 1.2
"""Of the board, of a line of its parts, and between them, in hundredths of a wide screen's width."""

LETTERS, SMALL_LETTERS, NUMBERS = 46, 76, 4
"""In a line of the question, and of what must be known to understand it; numbers to choose from in a line."""

_OTHERS = Answered(OTHER, poll_words.OTHER)


@dataclass(frozen=True, slots=True)
class Row:
    """One bar for each vote.

    Attributes:
        kind: what these answers are.
        counts: one for each vote.
    """

    kind: Answered
    counts: tuple[int, ...]


def first_vote(board: Board, vote: Vote) -> Vote | None:
    """The first of the votes on the same question just before this one, if there were any."""
    found = None
    for each in reversed([each for each in board.votes if each.number < vote.number]):
        if however_answered(each.asked) != however_answered(vote.asked):
            break
        found = each
    return found


def question_markup(poll: Poll) -> str:
    """What is asked, what is known, and what there is to choose from."""
    height = HEIGHT - _lines(poll.asked.prompt, LETTERS) * PROMPT - 2 * MARGIN
    if poll.context:
        height -= _lines(poll.context, SMALL_LETTERS) * CONTEXT + MARGIN
    if poll.options:
        height -= -(-len(poll.options) // NUMBERS) * OPTION + MARGIN
    offered = [
        tag("li", tag("b", letter), tag("span", scripts(text))) for letter, text in poll.lettered.items()
    ]
    is_long = any(len(each) > 16 for each in poll.options)
    return tag(
        "div",
        tag("h1", scripts(poll.asked.prompt), class_="bp-prompt"),
        paragraph(poll.context, "bp-context") if poll.context else "",
        fitted_markup(poll, height),
        tag("ol", *offered, class_="bp-offered bp-is-long" if is_long else "bp-offered") if offered else "",
        class_="bp-board bp-asks",
    )


def _lines(text: str, letters: int) -> int:
    return 1 + len(text) // letters


def votes_markup(poll: Poll, votes: Sequence[Vote], is_shown: bool) -> str:
    """How many have answered what, in the last vote and in the first; what is right only once it is shown."""
    head = tag("h1", scripts(poll.asked.prompt), class_="bp-prompt")
    if isinstance(poll.asked, Sentence):
        said = [tag("li", scripts(text)) for text in reversed([*votes[-1].answers])]
        sentences = [
            paragraph(words.sentences(len(said)), "bp-legend"),
            tag("ul", *said, class_="bp-sentences"),
        ]
        return tag("div", head, *sentences, class_="bp-board bp-is-votes")
    counts = [tally(poll_of(each.asked), each.answers) for each in votes]
    rows = rows_of(poll, counts) if is_shown else unmarked(rows_of(poll, counts), poll)
    totals = [each.count for each in votes]
    told = most_telling(poll, counts[-1]) if is_shown else None
    largest = max(
        (_share(n, of) for row in rows for n, of in zip(row.counts, totals, strict=True)), default=0
    )
    bars = [_row_markup(poll, each, totals, largest or 1.0, told, is_shown) for each in rows]
    body = tag("div", *bars, class_="bp-votes", style=f"--rows:{len(rows)}")
    return tag("div", head, _legend(votes), body, class_="bp-board bp-is-votes")


def rows_of(poll: Poll, counts: Sequence[Mapping[str, int]]) -> list[Row]:
    """The right answer, then each mistake by how many made it last, then all others together."""
    right, *rest = (
        Row(each, tuple(count.get(each.key, 0) for count in counts)) for each in kinds_of_answers(poll)
    )
    offered = {*poll.options}
    named = [
        each for each in rest if each.kind.key != OTHER and (any(each.counts) or _text(each.kind) in offered)
    ]
    named.sort(key=lambda each: (-each.counts[-1], -sum(each.counts)))
    rows = [right, *named]
    if len(rows) + any(_left(rows, counts)) > MOST_BARS:
        rows = rows[: MOST_BARS - 1]
    left = _left(rows, counts)
    return [*rows, Row(_OTHERS, left)] if any(left) else rows


def _left(rows: Sequence[Row], counts: Sequence[Mapping[str, int]]) -> tuple[int, ...]:
    """How many answers are in none of the rows: also what was typed where there is a choice now."""
    return tuple(sum(count.values()) - sum(each.counts[n] for each in rows) for n, count in enumerate(counts))


def unmarked(rows: Sequence[Row], poll: Poll) -> list[Row]:
    """The same by number, or as they were offered, without what tells the right one; nearly is another."""
    if poll.options:
        place = {each: n for n, each in enumerate(poll.options)}
        return sorted(rows, key=lambda each: place.get(_text(each.kind), len(place)))
    taken = [each for each in rows if any(each.counts)]
    numbers = [each for each in taken if each.kind.value is not None]
    rest = [each for each in taken if each.kind.value is None]
    numbers.sort(key=lambda each: each.kind.value or 0.0)
    left = tuple(sum(n) for n in zip(*(each.counts for each in rest), strict=True))
    return [*numbers, *([Row(_OTHERS, left)] if rest else [])]


def _text(kind: Answered) -> str:
    """As it was offered."""
    return kind.name if kind.value is None else short(kind.value)


def _row_markup(
    poll: Poll, row: Row, totals: Sequence[int], largest: float, told: Answered | None, is_shown: bool
) -> str:
    bars = [
        tag(
            "div",
            tag("span", style=f"--share:{_share(count, total) / largest:.4f}", class_="bp-vote-bar"),
            tag("span", tag("b", f"{count:,}"), f" {percent(_share(count, total))}", class_="bp-vote-count"),
            class_=f"bp-vote bp-is-{'last' if place == len(totals) - 1 else 'first'}",
            data_count=str(count),
            data_value=exact(_share(count, total)),
        )
        for place, (count, total) in enumerate(zip(row.counts, totals, strict=True))
    ]
    look = "bp-votes-row"
    if is_shown and row.kind.key == RIGHT:
        look += " bp-is-right"
    elif told and row.kind.key == told.key:
        look += " bp-is-told"
    return tag(
        "div",
        _name(row.kind, poll.letter_of(_text(row.kind)), is_shown),
        tag("div", *bars, class_="bp-vote-bars"),
        class_=look,
        data_kind=row.kind.key,
    )


def _name(kind: Answered, letter: str, is_shown: bool) -> str:
    text = _text(kind)
    parts = [tag("b", letter, class_="bp-letter")] if letter else []
    if is_shown and kind.key == RIGHT:
        parts.append(tag("b", words.RIGHT, class_="bp-tick"))
    parts.append(tag("span" if kind.value is None else "strong", scripts(text)))
    if is_shown and kind.value is not None and kind.key != RIGHT:
        parts.append(tag("span", scripts(kind.name.removeprefix(f"{text}: "))))
    return tag("p", " ".join(parts))


def _legend(votes: Sequence[Vote]) -> str:
    keys = [
        tag(
            "span",
            tag("i", class_=f"bp-vote-key bp-is-{'last' if each is votes[-1] else 'first'}")
            if len(votes) > 1
            else "",
            words.vote_of(each.number - votes[0].number + 1 if len(votes) > 1 else 0, each.count),
            data_vote=str(each.number),
            data_count=str(each.count),
        )
        for each in votes
    ]
    return tag("p", *keys, class_="bp-legend")


def _share(count: int, all_of_them: int) -> float:
    return count / all_of_them if all_of_them else 0.0


def count_markup(answers: int, present: int) -> str:
    """How many of those here have answered; somebody may have left after it."""
    people = max(answers, present)
    return tag(
        "p",
        tag("strong", f"{answers:,}", data_count=str(answers)),
        words.have_answered(answers, people),
        class_="bp-counted",
        data_present=str(people),
    )


def told_markup(poll: Poll, vote: Vote) -> str:
    """The mistake that most have made and what shows that it is one; then the answer and its rule."""
    counts = {} if isinstance(poll.asked, Sentence) else tally(poll, vote.answers)
    found = most_telling(poll, counts)
    refuted = ""
    if found:
        said = [words.most_told(counts[found.key], _text(found)), found.remark]
        if poll.measured is not None and found.value is not None:
            said.append(words.measured(found.value, poll.measured))
        refuted = tag("div", *map(paragraph, said), class_="bp-answer bp-is-wrong")
    return tag(
        "div", refuted, tag("div", answer_markup(poll), class_="bp-answer bp-is-right"), class_="bp-told"
    )
