"""Every text of every page and file, for random settings: how it is written, and what it claims."""

import json
import os
import random
import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest

from tests.questions.polls import answers_to, polls_of
from tests.texts.arithmetic import sums_in, wrong_sums
from tests.texts.checks import all_problems
from tests.texts.claims import claims_in, wrong_claims
from tests.texts.links import random_link
from tests.texts.markup import texts_of_html
from tests.texts.reader import PAGES, Page, read_answers, read_codes, read_files, read_page, settings_of_link
from ui.draw.prose import paragraph
from ui.draw.svg import scripts, tag
from ui.questions.catalogue import KINDS
from ui.questions.polls import Poll
from ui.questions.questions import Question
from ui.questions.results.lesson import RESULTS, STOPS, result_code
from ui.questions.results.mistakes import CODED
from ui.questions.results.practice import practice_code
from ui.state.marks import MARKS
from ui.state.recording import possible_epoch, possible_taken, recorded_step
from ui.state.settings import Settings
from ui.steps.payload import stage_payload
from ui.views.classroom import words
from ui.views.classroom.reveal import as_read, given_markup, reveal_markup

LINKS_A_PAGE = 400 if os.environ.get("LONG_TESTS") else 12
OTHER_STEPS = ("batch", "training", "total_derivative", "chain_rule_lab", "lesson")
"""Pages whose names stand for numbers of other flowers or networks, of a training, of no network."""


KNOWN = {}
"""What is being mended; to be empty."""


def pages_and(*more: str) -> list[Any]:
    """The pages, those that are known to fail marked."""
    marks = {page: pytest.mark.xfail(strict=True, reason=reason) for page, reason in KNOWN.items()}
    return [pytest.param(page, marks=marks.get(page, ())) for page in (*PAGES, *more)]


def links_of(page: str, count: int = LINKS_A_PAGE) -> list[dict]:
    rng = random.Random(f"{page} 1")
    return [random_link(rng, page) for _ in range(count)]


def shown(link: dict) -> Settings:
    """The settings that the app shows: with as many epochs and steps taken as do not diverge."""
    settings = settings_of_link(link)
    settings = replace(settings, epoch=possible_epoch(settings))
    return replace(settings, taken=possible_taken(settings))


def require_none(faults: Iterable[tuple[str, str]]) -> None:
    """Fail with one example of each kind of fault, and where it was."""
    kinds: dict[str, list[str]] = {}
    for where, fault in faults:
        kinds.setdefault(re.sub(r"[^a-zA-Z]+", " ", fault)[:80], []).append(f"{fault}\n    {where}")
    said = (f"{len(examples)} × {examples[0]}" for examples in kinds.values())
    assert not kinds, "\n".join(said)


def faults_of(page: str, link: dict, read: Page | None = None) -> list[tuple[str, str]]:
    read = read or read_page(page, **link)
    faults = [*all_problems(read.texts), *wrong_sums(read.texts)]
    if page not in OTHER_STEPS:
        faults += wrong_claims(recorded_step(read.settings), read.texts)
    return [(f"{page} {link}", fault) for fault in faults]


@pytest.mark.parametrize("page", pages_and())
def test_every_text_of_a_page(page):
    """And the patterns find its sentences: if the wording changes, so must they."""
    reads = [(link, read_page(page, **link)) for link in links_of(page)]
    require_none(fault for link, read in reads for fault in faults_of(page, link, read))
    if page not in OTHER_STEPS:
        claims = sum(claims_in(recorded_step(read.settings), read.texts) for _, read in reads)
        assert claims >= len(reads) // 5
    if page in ("overview", "paths", "total_derivative", "update", "walkthrough"):
        assert sum(1 for _, read in reads for text in read.texts for _ in sums_in(text.text)) > 3


@pytest.mark.parametrize("count", [0, 1, 2, 400])
def test_every_text_about_so_many_codes(count):
    rng = random.Random(count)
    for _ in range(3 if count < 400 else 1):
        codes = []
        for _ in range(count):
            results = rng.choices(RESULTS, k=STOPS)
            asked = [(rng.choice(tuple(KINDS)), rng.choice(MARKS)) for _ in range(rng.randint(1, 12))]
            made = rng.sample(CODED, rng.randrange(3))
            codes += [result_code(results, 0, made), practice_code(asked, mistakes=made)]
        for text in (
            "\n".join(codes[:count]),
            "\n".join([*codes[: 2 * count], *(f"{c}7" for c in codes[:count])]),
        ):
            read = read_codes(text, flower=rng.randrange(150))
            require_none((text[:80], fault) for fault in all_problems(read.texts))


@pytest.mark.parametrize("page", pages_and("files")[-1:])
def test_every_text_of_a_file(page):
    """Of the worksheet, the notebook, the export dialog, and all questions of the quiz."""
    faults = []
    for link in links_of(page, LINKS_A_PAGE // 2):
        settings = shown(link)
        texts = read_files(settings)
        found = [*all_problems(texts), *wrong_sums(texts), *wrong_claims(recorded_step(settings), texts)]
        faults += [(str(link), fault) for fault in found]
    require_none(faults)


@pytest.mark.parametrize("page", pages_and("answers")[-1:])
def test_what_practice_says_to_answers(page):
    """To a wrong one, to one that cannot be read, to those who ask for hints and for the answer."""
    faults = []
    for link in links_of("practice", LINKS_A_PAGE // 4):
        read = read_answers("0.123", "x", **link)
        found = [*all_problems(read.texts), *wrong_sums(read.texts)]
        if link.get("kind") != "mean":
            found += wrong_claims(recorded_step(read.settings), read.texts)
        faults += [(str(link), fault) for fault in found]
    require_none(faults)


def test_what_a_room_says_to_everybody():
    """The question with its tables, what became of an answer, and at last what was right and what was not."""
    faults, count = [], 0
    for link in links_of("room", LINKS_A_PAGE // 3):
        settings = shown(link)
        said = {poll: texts_of_html(room_markup(poll)) for poll in polls_of(settings)}
        texts = dict.fromkeys(text for poll in said for text in said[poll])
        claims = dict.fromkeys(text for poll in said if is_of_one_step(poll) for text in said[poll])
        step = recorded_step(settings)
        found = [*all_problems([*texts]), *wrong_sums([*texts]), *wrong_claims(step, [*claims])]
        faults += [(str(link), fault) for fault in found]
        count += len(texts)
    assert count > 800
    require_none(faults)


def is_of_one_step(poll: Poll) -> bool:
    """Whether its names stand for numbers of this view: not of a mean, nor of the lesson's last network."""
    of_many = isinstance(poll.asked, Question) and poll.asked.problem.quantity.kind == "mean_gradient"
    return not of_many and not poll.code.startswith(f"stop.{STOPS}")


def room_markup(poll: Poll) -> str:
    """All that participants see of a question, whatever they answer."""
    parts = [tag("h1", scripts(poll.asked.prompt)), *map(paragraph, (poll.context, *poll.options))]
    parts.append(given_markup(poll))
    for text in answers_to(poll):
        answer = as_read(poll, text)
        parts += [
            reveal_markup(poll, text),
            paragraph(words.closed(answer)),
            paragraph(words.answered(answer)),
        ]
    return "".join(dict.fromkeys(parts))


def test_every_text_of_the_dialogs():
    faults = []
    for link in links_of("dialogs", LINKS_A_PAGE // 4):
        faults += [
            (str(link), fault) for fault in all_problems(read_page("overview", dialogs=True, **link).texts)
        ]
    require_none(faults)


def test_a_step_that_sums_does_not_say_that_nothing_is_summed():
    for link in links_of("walkthrough"):
        settings = shown(link)
        for step in json.loads(stage_payload(settings))["steps"]:
            if "nothing is summed" in step["say"] or "no sum" in step["say"]:
                assert step["paths"] == 1, (link, step["say"])
