"""What the page says to an answer. No Streamlit."""

from dataclasses import dataclass
from html import escape

from backprop.practice import Verdict, is_taken_for, judge
from ui.draw.prose import paragraph
from ui.draw.svg import scripts, tag
from ui.names.numbers import as_typed
from ui.names.typed import Typed, read_number, reading
from ui.questions.questions import Question
from ui.questions.words.choices import Choice
from ui.views.practice import words


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
            return Reading(None, error=words.NOT_CHOSEN)
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


def remarks(asked: Question | Choice, answer: Typed | str) -> list[str]:
    """What is wrong with a wrong answer: a sentence for every mistake that gives it."""
    if isinstance(asked, Choice):
        return [asked.remark(str(answer))]
    assert isinstance(answer, Typed)
    number = (answer.value, answer.digits, answer.unit)
    return [each.sentence for each in asked.wrong if is_taken_for(each.range, *number)]


def verdict_markup(asked: Question | Choice, given: Reading, is_spoilt: bool = False) -> str:
    """The verdict on an answer.

    Args:
        asked: the question.
        given: the answer.
        is_spoilt: whether the answer was shown before it was right.
    """
    answer, shown = given.answer, given.shown
    if answer is None:
        return ""
    verdict = verdict_of(asked, answer)
    if verdict.right:
        note = paragraph(words.SPOILT) if is_spoilt else ""
        return _box("bp-is-right", paragraph(f"✓ Right: {shown}", "bp-verdict") + note)
    if verdict.nearly:
        return _box("bp-is-nearly", paragraph(words.nearly(shown), "bp-verdict"))
    said = remarks(asked, answer)
    body = paragraph(f"✗ Not {shown}", "bp-verdict")
    if len(said) > 1:
        body += paragraph(words.several_mistakes(len(said)))
        body += tag("ul", *(tag("li", scripts(each)) for each in said))
    else:
        is_one_digit = isinstance(answer, Typed) and answer.digits == 1
        body += paragraph(said[0] if said else words.NOT_IT if is_one_digit else words.NOT_RECOGNISED)
    return _box("bp-is-wrong", body)


def hints_markup(hints: tuple[str, ...], count: int) -> str:
    """The first `count` hints."""
    items = [tag("li", scripts(hint)) for hint in hints[:count]]
    return tag("ol", *items, class_="bp-hints", aria_label="Hints") if items else ""


def error_markup(message: str) -> str:
    """What is wrong with the text in the field."""
    return tag("p", escape(message), class_="bp-field-error", role="alert")


def _box(class_: str, body: str) -> str:
    return tag("div", body, class_=f"bp-answer {class_}")
