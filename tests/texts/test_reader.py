"""The reader: nothing that a page says escapes it."""

import pytest

from tests.pages.helpers import component_data, open_app
from tests.texts.markup import Text, formula_text, text_of_label, texts_of_html, texts_of_markdown
from tests.texts.reader import PAGES, read_files, read_page
from ui.draw.svg import label, scripts
from ui.names.equations import mathml
from ui.state.pages import TITLES


def pairs(texts: list[Text]) -> list[tuple[str, str]]:
    return [(text.kind, text.text) for text in texts]


def test_html_as_it_is_read():
    markup = (
        f'<div><p title="hint">One <strong>a</strong>  {scripts("z²₃")} is <code>np.sum</code> of</p>'
        f"tail<ul><li>one</li><li>two<br>lines</li></ul><span>a</span><span>b</span></div>"
    )
    assert pairs(texts_of_html(markup)) == [
        *(("title", "hint"), ("p", "One a z²₃ is `np.sum` of"), ("div", "tail"), ("li", "one")),
        *(("li", "two\nlines"), ("div", "a | b")),
    ]


def test_svg_as_it_is_read():
    texts = label(0, 0, "w²₁₃, a¹") + label(1, 2, "+0.500", data_value="0.5", data_edge="W:1")
    markup = f'<svg aria-label="picture"><title>tip</title>{texts}</svg>'
    assert pairs(texts_of_html(markup)) == [
        *(("aria-label", "picture"), ("title", "tip"), ("text", "w²₁₃, a¹"), ("text", "+0.500")),
        ("number", "+0.500"),
    ]
    (found,) = [text for text in texts_of_html(markup) if text.value]
    assert (found.value, found.name) == ("0.5", "edge=W:1")


def test_numbers_within_a_sentence():
    (sentence, found) = texts_of_html('<p>Cost <span data-value="1.5" data-cost="after">1.50</span> now</p>')
    assert sentence.text == "Cost 1.50 now"
    assert found == Text("number", "1.50", "1.5", "cost=after")


def test_markup_that_is_not_closed_is_refused():
    for bad in ("<p>one", "one</p>", "<p><b>one</p></b>"):
        with pytest.raises(AssertionError):
            texts_of_html(bad)


def test_formulas_as_text():
    latex = r"\frac{dC}{dw} = -\sum_k x_k^2 \cdot 10^{-3}"
    assert formula_text(mathml(latex)) == "(dC)/(dw) = −∑_k x_k^2 · 10^−3".replace("∑_k x", "∑_kx")
    inline = texts_of_html(f"<p>where {mathml('a_1')} is</p>")
    assert pairs(inline) == [("p", "where a_1 is")]
    assert pairs(texts_of_html(f"<p>so {mathml('a_1', block=True)}</p>")) == [("p", "so"), ("formula", "a_1")]


def test_labels_and_markdown():
    assert text_of_label(f"<b>{scripts('∂C/∂z²₁')}</b> = 1<br>all &amp; more") == "∂C/∂z²₁ = 1\nall & more"
    said = texts_of_markdown(":material/info: **Bold** and *it*, [a link](page?x=-1)  \nnext `x`", "caption")
    assert pairs(said) == [("caption", "Bold and it, a link"), ("caption", "next `x`")]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_read_from_its_title_to_the_sidebar(page):
    texts = read_page(page).texts
    said = {text.text for text in texts}
    if page in TITLES and page != "walkthrough":
        # The lesson's has its stop behind a colon.
        assert any(text.kind == "h1" and text.text.split(":")[0] == TITLES[page] for text in texts)
    assert {"Flower", "Learning rate η", "Share", "Export", "Edit numbers"} <= said
    assert any("virginica: sepal" in text for text in said)


def test_all_kinds_of_texts_are_found():
    kinds = {
        text.kind
        for page in ("jacobians", "paths", "update", "walkthrough")
        for text in read_page(page, quiz=1).texts
    }
    assert kinds >= {
        *("p", "h2", "td", "th", "aria-label", "title", "alt", "figure", "tick", "hovertext", "number"),
        *("say", "formula", "code", "prompt", "hints", "button", "slider", "number_input", "selectbox"),
    }


def test_dialogs_are_read():
    said = pairs(read_page("paths", dialogs=True).texts)
    dialogs = {text for kind, text in said if kind.startswith("dialog")}
    assert {"For the projector", "Worksheet", "Notebook", "Apply"} <= dialogs


def test_files_are_read():
    kinds = pairs(read_files(read_page("overview", flower=3).settings))
    assert ("h1", "Backpropagation by hand") in kinds
    assert any(kind == "cell" and "Run the cells" in text for kind, text in kinds)
    assert any(kind == "export" and "setosa" in text for kind, text in kinds)
    assert any(kind == "prompt" and text.startswith("What is") for kind, text in kinds)


def test_the_walkthrough_s_payload_is_read_whole():
    app = open_app("walkthrough")
    steps = component_data(app, "stage")["payload"]["steps"]
    said = pairs(read_page("walkthrough").texts)
    for step in steps:
        assert ("say", step["say"]) in said
        assert step["formula"] == "" or ("formula", formula_text(step["formula"])) in said
        assert all(("code", line) in said for line in step["numpy"].splitlines())
