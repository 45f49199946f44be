"""Links of all pages open what they opened when the contract was recorded; see link_contract."""

import json

import pytest

from tests.state.link_contract import FILE, OF_PAGE, SHARED, opened, some_links, widgets_of

CONTRACT = json.loads(FILE.read_text(encoding="utf-8"))
PAGES = sorted({link["page"] for link in CONTRACT["links"]})


def as_read(found):
    return json.loads(json.dumps(found))


@pytest.mark.parametrize("page", PAGES)
def test_a_link_opens_what_it_always_did(page):
    for link in (link for link in CONTRACT["links"] if link["page"] == page):
        assert {"page": page, "query": link["query"]} | as_read(opened(page, link["query"])) == link


@pytest.mark.parametrize("view", CONTRACT["widgets"])
def test_a_widget_is_what_it_always_was(view):
    contract = CONTRACT["widgets"][view]
    assert as_read(widgets_of(contract["page"], contract["query"])) == contract["drawn"]


def test_the_contract_knows_every_parameter_and_page():
    asked = {(link["page"], key) for link in CONTRACT["links"] for key, _ in link["query"]}
    assert {key for _, key in asked} >= {*SHARED}
    assert asked >= {(page, key) for page, keys in OF_PAGE.items() for key in keys}
    assert as_read([*some_links()]) == [[link["page"], link["query"]] for link in CONTRACT["links"]]
