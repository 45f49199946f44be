"""What one's own answer was: right, or which mistake, and the rule behind it."""

from ui.draw.given import given_tables
from ui.draw.prose import paragraph
from ui.draw.svg import scripts, tag
from ui.names.typed import parse_number
from ui.questions.answers import read_answer
from ui.questions.polls import NEARLY, OTHER, RIGHT, Poll, kind_of_answer
from ui.questions.questions import Question
from ui.questions.tasks import Sentence
from ui.questions.words import tasks as task_words
from ui.views.classroom import words


def as_read(poll: Poll, answer: str) -> str:
    """An answer as the room has understood it: "0.276", "1/3 = 0.333", or a sentence in quotes."""
    if not answer or not isinstance(poll.asked, Question):
        return answer and task_words.chosen(answer)
    return answer if poll.options else read_answer(poll.asked, answer).shown


def given_markup(poll: Poll) -> str:
    """The tables from which an answer can be worked out; empty where there is nothing to work out."""
    return given_tables(poll.given, poll.note, is_focusable=True) if poll.given else ""  # phones are narrow


def reveal_markup(poll: Poll, answer: str) -> str:
    """The diagnosis of an answer, empty for none, and the right one."""
    return _own(poll, answer) + answer_markup(poll)


def _own(poll: Poll, answer: str) -> str:
    if not answer:
        return paragraph(words.NO_ANSWER)
    if isinstance(poll.asked, Sentence):
        return paragraph(task_words.yours(answer))
    found, shown = kind_of_answer(poll, answer), as_read(poll, answer)
    if found.key == RIGHT:
        return _box("right", task_words.right(shown))
    if found.key == NEARLY:
        return _box("wrong", task_words.nearly(shown))
    said = [task_words.wrong(shown), task_words.NOT_RECOGNISED if found.key == OTHER else found.remark]
    if isinstance(poll.asked, Question) and poll.measured is not None:
        said.append(task_words.measured(parse_number(answer), poll.measured))
    return _box("wrong", *said)


def answer_markup(poll: Poll) -> str:
    """The right answer, and the rule behind it."""
    asked = poll.asked
    if isinstance(asked, Sentence):
        points = tag("ul", *(tag("li", scripts(point)) for point in asked.points))
        return paragraph(words.model(asked.model)) + paragraph(words.POINTS) + points
    if isinstance(asked, Question):
        said = task_words.answer(asked.wording.name, asked.problem.right)
        return paragraph(f"{said} {asked.wording.principle}")
    return paragraph(f"{task_words.the_answer(asked.right)} {asked.principle}")


def _box(kind: str, verdict: str, *more: str) -> str:
    body = paragraph(verdict, "bp-verdict") + "".join(paragraph(each) for each in more)
    return tag("div", body, class_=f"bp-answer bp-is-{kind}")
