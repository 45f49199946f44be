"""An answer as it was typed or chosen: read, judged, and the mistakes that give it."""

from dataclasses import dataclass

from backprop.practice import Verdict, is_taken_for, judge
from ui.names.numbers import as_typed
from ui.names.typed import Typed, read_number, reading
from ui.questions.questions import Question
from ui.questions.words.choices import NOT_CHOSEN, Choice


@dataclass(frozen=True, slots=True)
class Reading:
    """An answer, read.

    Attributes:
        answer: the number, or the option; None where it cannot be read.
        shown: how it was read: "0.5*0.578 = 0.289".
        error: why it could not be read, else "".
    """

    answer: Typed | str | None
    shown: str = ""
    error: str = ""


def read_answer(asked: Question | Choice, text: str) -> Reading:
    """Read what was typed or chosen."""
    if isinstance(asked, Choice):
        if text not in asked.options:
            return Reading(None, error=NOT_CHOSEN)
        return Reading(text, text)
    try:
        answer = read_number(text)
    except ValueError as error:
        return Reading(None, error=str(error))
    return Reading(answer, reading(text, answer.value) if answer.is_expression else as_typed(answer.value))


def verdict_of(asked: Question | Choice, answer: Typed | str) -> Verdict:
    """Whether an answer is right, or nearly."""
    if isinstance(asked, Choice):
        return Verdict(right=answer == asked.right)
    assert isinstance(answer, Typed)
    return judge(asked.problem, answer.value, answer.digits, answer.unit)


def mistakes_of(asked: Question | Choice, answer: Typed | str) -> list[str]:
    """The names of the mistakes that give a wrong number; of a wrong option none has one."""
    if isinstance(asked, Choice) or not isinstance(answer, Typed):
        return []
    number = (answer.value, answer.digits, answer.unit)
    return [*dict.fromkeys(each.mistake for each in asked.wrong if is_taken_for(each.range, *number))]


def remarks(asked: Question | Choice, answer: Typed | str) -> list[str]:
    """What is wrong with a wrong answer: a sentence for every mistake that gives it."""
    if isinstance(asked, Choice):
        return [asked.remark(str(answer))]
    assert isinstance(answer, Typed)
    number = (answer.value, answer.digits, answer.unit)
    return [each.sentence for each in asked.wrong if is_taken_for(each.range, *number)]
