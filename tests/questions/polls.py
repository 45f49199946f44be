"""Every question that a class can be asked of a view."""

from collections.abc import Iterator

from ui.questions.polls import TO_CHOOSE, Poll, codes_of, poll_at
from ui.questions.questions import Question
from ui.questions.tasks import Sentence
from ui.state.settings import Settings


def polls_of(settings: Settings) -> Iterator[Poll]:
    """Each as it is, and those where numbers can be offered to choose from in that way, too."""
    for code in codes_of(settings):
        poll = poll_at(settings, code)
        yield poll
        if isinstance(poll.asked, Question):
            try:
                yield poll_at(settings, code + TO_CHOOSE)
            except ValueError:
                continue


def answers_to(poll: Poll) -> list[str]:
    """What a class may answer: each option; or what is right, each mistake, another number, an expression."""
    asked = poll.asked
    if isinstance(asked, Sentence):
        return ["Since they add up.", "Because!"]
    if poll.options:
        return [*poll.options]
    assert isinstance(asked, Question)
    numbers = [asked.problem.right, *(each.value for each in asked.wrong)]
    return [*map(repr, numbers), "0.123456", "1/3", "0,3"]
