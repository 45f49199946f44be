"""“Ask the class”: wherever a page asks something, its link leads to a lobby that names it."""

import json
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest

from tests.markup import elements
from tests.pages.helpers import component_data, markup_of, open_app
from ui.draw.svg import scripts
from ui.names.timeline import timeline
from ui.questions.catalogue import KINDS
from ui.questions.polls import codes_of, poll_at, poll_of
from ui.questions.questions import question_for
from ui.state.recording import recorded_step
from ui.state.settings import settings_of
from ui.views.classroom import words

OTHER = {"hidden": "6-5", "act": "tanh", "flower": 3, "seed": 4}


def links_to_class(app) -> list[str]:
    links = [each.attributes.get("href") or "" for each in elements(markup_of(app)) if each.tag == "a"]
    return [href for href in links if href.startswith("class?")]


def prompt_of(app) -> str:
    (prompt,) = [each for each in elements(markup_of(app)) if each.classes == {"bp-prompt"}]
    return prompt.text


def parameters(link: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(link).query))


def lobby_of(link: str):
    return open_app("class", **parameters(link))


def first_in_lobby(app) -> str:
    """The question that the lobby names."""
    html = "".join(each.proto.body for each in app.get("html"))
    (first,) = [each for each in elements(html) if each.tag == "strong"]
    return first.text


def shared(app) -> str:
    """The link of the dialog "Share" that asks a class."""
    app.sidebar.button(key="open_share").click().run()
    assert not app.exception
    (proto,) = [e.proto for e in app.get("bidi_component") if e.proto.id.endswith("links_to_copy")]
    links = [each["link"] for each in json.loads(proto.json)["links"]]
    (found,) = [link for link in links if urlsplit(link).path.endswith("/class")]
    return found


def check(app, prompt: str) -> None:
    """One link to the class, in the page and in Share, and both begin with what is on the page."""
    (link,) = {*links_to_class(app)}
    assert first_in_lobby(lobby_of(link)) == prompt
    assert parameters(shared(app)) == parameters(link)
    query = parameters(link)
    code = query.pop("ask").split("-")[0]
    poll = poll_at(settings_of(urlencode(query)), code)
    assert poll_of(poll.text).asked.prompt == poll.asked.prompt


@pytest.mark.parametrize("link", [{}, OTHER, {"present": 1}], ids=str)
def test_every_stop_of_the_lesson_is_asked_but_what_is_put_in_order(link):
    for stop in range(1, 11):
        app = open_app("lesson", stop=stop, **link)
        if stop == 4 and not links_to_class(app):
            assert app.multiselect or "present" in link
            assert "ask" not in parameters(shared(app))
        else:
            check(app, prompt_of(app))


@pytest.mark.parametrize(
    "place", [{"kind": kind, "q": 2} for kind in KINDS] + [{"mix": "2" * n} for n in (0, 5, 11)], ids=str
)
def test_every_question_of_practice_is_asked_with_its_own_settings(place):
    app = open_app("practice", **place)
    check(app, prompt_of(app))
    if len(place.get("mix", "")) == 11:
        assert "hidden" in parameters(links_to_class(app)[0])


def test_a_set_is_asked_as_a_whole_from_where_one_is():
    app = open_app("practice", set="sum.2-forward.1-rule.2-gradient.1", mix="2")
    check(app, prompt_of(app))
    assert parameters(links_to_class(app)[0])["ask"] == "forward.1-rule.2-gradient.1-sum.2"
    app = open_app("practice", kind="sum", set="sum.2-forward.1")
    assert [parameters(link)["ask"] for link in links_to_class(app)] == ["sum.2-forward.1", "sum.1"]


def test_every_step_of_the_quiz_is_asked_whose_number_can_be():
    settings = settings_of(urlencode(OTHER))
    step = recorded_step(settings)
    app = open_app("walkthrough", quiz=1, **OTHER)
    told = component_data(app, "stage", "stage")
    asked = [question_for(step, stop) for stop in timeline(step.config)]
    assert [bool(each) for each in told["questions"]] == [bool(each) for each in asked]
    for place, (question, shown) in enumerate(zip(asked, told["payload"]["steps"], strict=True)):
        link = f"{told['toClass']['href']}.{shown['id']}"
        if question:
            assert poll_at(settings, parameters(link)["ask"]).asked.prompt == question.prompt
        if place % 7 == 3:
            assert question is None or first_in_lobby(lobby_of(link)) == text_of(question.prompt)
            there = parameters(shared(open_app("walkthrough", step=place, **OTHER)))
            assert there.get("ask") == (f"step.{shown['id']}" if question else None)


def test_other_pages_share_the_whole_offer():
    assert parameters(shared(open_app("paths", flower=3))) == {"flower": "3"}


def test_the_lobby_says_how_many_follow_and_what_is_left_out():
    html = "".join(each.proto.body for each in open_app("class", ask="sum.1-sum.2-sum.99").get("html"))
    assert words.then_asked(1, 1) in html
    html = "".join(each.proto.body for each in open_app("class", ask="sum.99").get("html"))
    assert words.NONE_OF_THEM in html


def test_the_whole_offer_can_be_asked():
    for link in ({}, OTHER):
        settings = settings_of(urlencode(link))
        for code in codes_of(settings):
            assert poll_of(poll_at(settings, code).text).code == code


def text_of(sentence: str) -> str:
    return elements(f"<p>{scripts(sentence)}</p>")[0].text
