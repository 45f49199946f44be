"""Markup as strings, piece by piece."""

import pytest

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
