"""Markup as strings, piece by piece."""

import pytest

from ui.draw import prose
from ui.draw.svg import drawing, label, one_element, scripts, sign_class, tag


def test_an_element_has_what_it_is_given_escaped_and_its_numbers_short():
    made = tag("a", tag("b"), "x", class_="y", data_value='"<2', x=1.0, y=-0.126, dy=10, title=None)
    assert made == '<a class="y" data-value="&quot;&lt;2" x="1" y="-0.13" dy="10"><b></b>x</a>'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("∂C/∂a¹₂ < 1", "∂C/∂a<sup>1</sup><sub>2</sub> &lt; 1"),
        ("w²₁₂,ₖ", "w<sup>2</sup><sub>12</sub>,<sub>k</sub>"),
        ("(11) z", '<span class="bp-circle"><span>(</span>11<span>)</span></span> z'),
        ("(10) (17)", "(10) (17)"),
    ],
)
def test_digits_are_raised_and_lowered_and_marks_stand_in_circles(text, html):
    assert scripts(text) == html


def test_for_widgets_what_markdown_reads_is_escaped():
    assert prose.widget_text("∂C/∂a¹₂ = 1. x_1*") == r"∂C/∂a¹₂ = 1\. x\_1\*"


def test_in_pictures_a_raised_digit_stands_higher_and_the_next_one_back_on_its_line():
    assert label(3, 4.5, "a¹₂ <b", "strong", "start", data_row=2) == (
        '<text x="3" y="4.5" dy="0.35em" text-anchor="start" class="strong" data-row="2">a'
        '<tspan dy="-5" font-size="12">1</tspan><tspan dy="8.5" font-size="12">2</tspan>'
        '<tspan dy="-3.5"> &lt;b</tspan></text>'
    )
    assert label(0, 0, "a") == '<text x="0" y="0" dy="0.35em" text-anchor="middle">a</text>'


def test_signs_have_their_colour_however_small():
    signs = [sign_class(value) for value in (-2.0, -1e-9, 0.0, 1e-9, 1.0, 2.0)]
    assert signs == ["bp-neg", "bp-neg", "bp-zero", "bp-pos", "bp-pos", "bp-pos"]


def test_a_drawing_is_one_image():
    assert drawing(30, 4.5, "a & b", tag("g"), class_="small") == (
        '<svg viewBox="0 0 30 4.5" fill="none" role="img" aria-label="a &amp; b" class="bp-drawing small">'
        "<g></g></svg>"
    )
    assert 'class="bp-drawing"' in drawing(1, 1, "")


def test_sections_of_one_element_stand_below_each_other():
    block = '<div style="display:flow-root">'
    assert one_element("a", "b") == f"{block}a</div>{block}b</div>"


def test_cells_of_tables_hold_texts_counts_and_numbers_with_all_their_digits():
    assert prose.row_head("a¹ & b") == '<th scope="row">a<sup>1</sup> &amp; b</th>'
    assert prose.text_cell("w₂") == "<td>w<sub>2</sub></td>"
    assert prose.count_cells([3, 12288]) == ["<td>3</td>", "<td>12,288</td>"]
    start = '<td data-cell="k:1" data-value="0.1234">'
    assert prose.number_cell(0.1234, "k:1") == f"{start}+0.123</td>"
    assert prose.number_cell(0.1234, "k:1", "bp-sum", "0.12") == f"{start}0.12</td>".replace(
        "<td", '<td class="bp-sum"'
    )


def test_a_table_scrolls_in_a_box_of_its_own_and_one_row_stands_out():
    head = '<thead><tr><th scope="col">a<sup>1</sup></th><th scope="col">b</th></tr></thead>'
    rows = [[prose.text_cell("0"), prose.text_cell("1")], [prose.text_cell("2"), prose.text_cell("3")]]
    plain, marked = prose.table(("a¹", "b"), rows), prose.table(("a¹", "b"), rows, "narrow", marked=1)
    body = "<tbody><tr><td>0</td><td>1</td></tr><tr><td>2</td><td>3</td></tr></tbody>"
    assert plain == f'<div class="bp-scroll"><table class="bp-table">{head}{body}</table></div>'
    assert marked == plain.replace("bp-table", "bp-table narrow").replace(
        "<tr><td>2", '<tr class="bp-marked-row"><td>2'
    )


def test_headings_paragraphs_and_links():
    assert prose.heading("z¹") == '<h2 class="bp-heading">z<sup>1</sup></h2>'
    assert prose.paragraph("z¹", "bp-note") == '<p class="bp-note">z<sup>1</sup></p>'
    assert prose.paragraph("<") == "<p>&lt;</p>"
    link = '<a data-app-link="" href="/?a=1&amp;b=2" target="_self" class="x"><b></b></a>'
    assert prose.link(tag("b"), "/?a=1&b=2", class_="x") == link
    page = '<a class="bp-button" data-app-link href="/?a=1&amp;b=2" target="_self">A &amp; B</a>'
    assert prose.page_link("A & B", "/?a=1&b=2") == page
    assert prose.page_link("A & B", "/?a=1&b=2", primary=True) == page.replace("button", "button bp-primary")
