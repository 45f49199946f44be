"""The page's HTML: dots, verdicts, sentences, the end."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from ui.draw.prose import link, page_link, paragraph, table, text_cell
from ui.draw.svg import scripts, tag
from ui.questions.lesson.building import next_seed
from ui.questions.questions import Question
from ui.questions.repairs import STOPS_REPAIRED_BY
from ui.questions.results.lesson import NO_MEANING, RESULTS, result_code
from ui.questions.tasks import Course, Judged, Order, Sentence
from ui.questions.words import lesson as stop_words
from ui.questions.words import tasks as task_words
from ui.questions.words.choices import Choice
from ui.state.given_answers import write_answers
from ui.state.pages import TITLES
from ui.state.settings import Settings
from ui.state.words import KIND_TITLES
from ui.views.lesson import words
from ui.views.lesson.progress import Progress


def dots(settings: Settings, progress: Progress, here: int, present: bool) -> str:
    """The ten stops as links, each with what became of it."""
    items = []
    for number, title in enumerate(stop_words.TITLES, start=1):
        state = progress.result(number, here)
        href = lesson_link(settings, progress, number, present)
        found = link(
            str(number),
            href,
            class_=f"bp-dot bp-is-{state or 'open'}",
            data_stop=str(number),
            data_state=state or "open",
            aria_label=words.dot(number, title, state, number == here),
            aria_current="step" if number == here else None,
        )
        items.append(tag("li", found))
    shown = progress.shown(here, present)
    look = "bp-dots bp-is-begun" if shown and shown.is_begun else "bp-dots"
    return tag("ol", *items, class_=look, aria_label=words.PROGRESS)


def lesson_link(settings: Settings, progress: Progress, number: int, present: bool = False) -> str:
    """A stop with all answers given so far."""
    more: dict[str, str | int] = {"stop": number} if number > 1 else {}
    if answers := write_answers(progress.answers):
        more["given"] = answers
    return settings.link("lesson", **more, **({"present": 1} if present else {}))


def verdict(course: Course) -> str:
    """What is said to the last try, and once it is over, the answer and why."""
    said = ""
    if course.tries:
        said += _try(course.exercise.asked, course.tries[-1], course)
    if course.is_over:
        said += _answer(course)
    return said


def _try(asked: object, last: Judged, course: Course) -> str:
    if isinstance(asked, Sentence) and last.status == "right":
        return _box("right", paragraph(task_words.yours(last.shown)))
    if last.status == "right":
        return _box("right", paragraph(task_words.right(last.shown), "bp-verdict"))
    if last.status == "unread":
        return tag("p", scripts(last.shown), class_="bp-field-error", role="alert")
    if last.status == "nearly":
        return _box("nearly", paragraph(task_words.nearly(last.shown), "bp-verdict"))
    shown = last.shown if isinstance(asked, Question) else task_words.chosen(last.shown)
    body = paragraph(task_words.wrong(shown), "bp-verdict")
    if len(last.remarks) > 1:
        body += paragraph(task_words.MORE_MISTAKES)
        body += tag("ul", *(tag("li", scripts(each)) for each in last.remarks))
    elif isinstance(asked, Question):
        body += paragraph(last.remarks[0] if last.remarks else task_words.NOT_RECOGNISED)
    else:
        body += paragraph(last.remarks[0])
    measured = course.exercise.measured
    if measured is not None and last.value is not None and not course.is_over:
        body += paragraph(f"{task_words.measured_differs(last.value, measured)} {task_words.TRY_AGAIN}")
    elif not course.is_over:
        body += paragraph(task_words.TRY_AGAIN)
    return _box("wrong", body)


def _answer(course: Course) -> str:
    asked, measured = course.exercise.asked, course.exercise.measured
    if isinstance(asked, Question):
        said = "" if course.is_solved else task_words.answer(asked.wording.name, asked.problem.right)
        body = paragraph(f"{said} {asked.wording.principle}".strip())
        if measured is not None:
            body += paragraph(task_words.measured(course.wrong_value, measured))
        return body
    if isinstance(asked, Choice):
        said = "" if course.is_solved else task_words.the_answer(asked.right)
        return paragraph(f"{said} {asked.principle}".strip())
    if isinstance(asked, Order):
        said = "" if course.is_solved else task_words.the_answer(task_words.in_order(asked.items))
        return paragraph(f"{said} {asked.principle}".strip())
    return tag("p", tag("strong", words.MODEL), ": ", scripts(asked.model))


def earlier(course: Course) -> str:
    """An exercise of this stop that is over, in a line."""
    asked = course.exercise.asked
    said = ""
    if course.is_solved:
        said = task_words.right(course.tries[-1].shown)
    elif isinstance(asked, Question):
        said = task_words.answer(asked.wording.name, asked.problem.right)
    elif isinstance(asked, Choice):
        said = task_words.the_answer(asked.right)
    parts = (tag("span", scripts(asked.prompt)), " ", tag("strong", scripts(said)))
    return tag("p", *parts, class_="bp-earlier")


def just_over(course: Course) -> str:
    """The exercise before the open one, with all that is said to it."""
    prompt = paragraph(course.exercise.asked.prompt, "bp-note")
    return tag("div", prompt, verdict(course), class_="bp-earlier bp-said")


def says(sentence: str) -> str:
    """The sentence at the end of a stop."""
    return tag("div", paragraph(words.SAY, "bp-note"), paragraph(sentence), class_="bp-say")


def ways_on(settings: Settings, courses: Sequence[Course]) -> str:
    """The pages that show more of these exercises."""
    labels = {"paths": words.KNOCK_OUT}
    found = [
        page_link(labels.get(page, words.more_on(TITLES[page])), settings.link(page, **dict(more)))
        for course in courses
        if course.is_over and course.exercise.link
        for page, more in [course.exercise.link]
    ]
    return tag("p", " ".join(found), class_="bp-ways-on") if found else ""


def end(settings: Settings, progress: Progress) -> str:
    """What became of every stop, the pages that repair it, the code, and the link for next week."""
    results = progress.results
    counts = Counter(results)
    rows = []
    for number, (result, title) in enumerate(zip(results, stop_words.TITLES, strict=True), start=1):
        page, kind = STOPS_REPAIRED_BY[number - 1]
        stop = tag("th", link(f"{number}. {title}", lesson_link(settings, progress, number)), scope="row")
        said = tag("td", words.RESULTS[result], data_result=f"{number}:{result}")
        repaired = (
            tag("td", link(TITLES[page], settings.link(page))) if result != NO_MEANING else text_cell("")
        )
        practised = tag("td", link(KIND_TITLES[kind], settings.link("practice", kind=kind)))
        rows.append([stop, said, repaired, practised if result != NO_MEANING else text_cell("")])
    head = (words.STOP, words.RESULT_HEAD, words.PAGE, words.PRACTICE)
    code = result_code(results, len(progress.points), progress.mistakes)
    week = replace(settings, seed=next_seed(settings)).link("lesson")
    return "".join(
        (
            paragraph(words.summary([(result, counts[result]) for result in RESULTS])),
            table(head, rows, "bp-results"),
            tag("p", scripts(words.code(code, len(progress.mistakes))), data_code=code),
            tag(
                "p",
                page_link(words.AGAIN_IN_A_WEEK, week),
                " ",
                page_link(words.BEGIN_ANEW, settings.link("lesson")),
            ),
            paragraph(words.WEEK, "bp-note"),
        )
    )


def _box(kind: str, body: str) -> str:
    return tag("div", body, class_=f"bp-answer bp-is-{kind}")
