"""What one's own answer was: right, or which mistake, and the rule behind it. No Streamlit."""

from ui.draw.prose import paragraph
from ui.draw.svg import tag
from ui.questions.polls import RIGHT, Poll, kind_of_answer
from ui.questions.questions import Question
from ui.questions.tasks import Sentence
from ui.questions.words import tasks as task_words
from ui.views.classroom import words


def reveal_markup(poll: Poll, answer: str) -> str:
    """The diagnosis of an answer, empty for none, and the right one."""
    return _own(poll, answer) + answer_markup(poll)


def _own(poll: Poll, answer: str) -> str:
    if not answer:
        return paragraph(words.NO_ANSWER)
    if isinstance(poll.asked, Sentence):
        return paragraph(task_words.yours(answer))
    found = kind_of_answer(poll, answer)
    if found.key == RIGHT:
        return _box("right", task_words.right(answer))
    if not found.remark:
        return _box(
            "wrong",
            task_words.wrong(answer),
            task_words.NOT_RECOGNISED if found.key == "other" else found.name,
        )
    said = [task_words.wrong(answer), found.remark]
    if poll.measured is not None and found.value is not None:
        said.append(task_words.measured(found.value, poll.measured))
    return _box("wrong", *said)


def answer_markup(poll: Poll) -> str:
    """The right answer, and the rule behind it."""
    asked = poll.asked
    if isinstance(asked, Sentence):
        points = tag("ul", *(tag("li", point) for point in asked.points))
        return paragraph(words.model(asked.model)) + paragraph(words.POINTS) + points
    if isinstance(asked, Question):
        said = task_words.answer(asked.wording.name, asked.problem.right)
        return paragraph(f"{said} {asked.wording.principle}")
    return paragraph(f"{task_words.the_answer(asked.right)} {asked.principle}")


def _box(kind: str, verdict: str, *more: str) -> str:
    body = paragraph(verdict, "bp-verdict") + "".join(paragraph(each) for each in more)
    return tag("div", body, class_=f"bp-answer bp-is-{kind}")
