"""What the Notation page prints is true: its lines of code run, its shapes are those of the core."""

import re

import numpy as np
import pytest

from tests.expected import settings_of, step_of
from tests.markup import elements
from ui.names.numbers import short
from ui.names.symbols import circled
from ui.state.own import read_network, write_network
from ui.state.parameters import LAYOUTS
from ui.steps.thesis import thesis_of, why_path
from ui.views.notation.forms import layer_forms
from ui.views.notation.forms_markup import layout_markup
from ui.views.notation.layout import NUMERATOR, derivative_shape
from ui.views.notation.words.differences import differences
from ui.views.notation.words.glossary import derivative_terms, network_terms, sign_terms, training_terms
from ui.views.notation.words.sources import sources

NETWORKS = [
    {},
    {"hidden": "6-5-4", "act": "tanh", "out": "sigmoid", "flower": 3},
    {"hidden": "3", "act": "sigmoid", "out": "sigmoid-squared", "seed": 5},
    {"hidden": "2-1", "act": "identity", "out": "identity", "flower": 60},
    {"hidden": "16-16-16-16", "flower": 20},
]
XOR = write_network(read_network("X = [[0, 0], [0, 1], [1, 0], [1, 1]]\nY = [0, 1, 1, 0]"))
OTHERS = [
    {"hidden": "none", "bias": "none", "out": "relu", "err": "mean"},
    {"hidden": "3-2", "act": "relu-sigmoid", "bias": "fixed", "data": "own", "own": XOR, "out": "tanh"},
    {"hidden": "none", "data": "own", "own": XOR, "out": "sigmoid"},
]
any_network = pytest.mark.parametrize("link", NETWORKS + OTHERS, ids=range(len(NETWORKS + OTHERS)))
every_network = pytest.mark.parametrize("link", NETWORKS, ids=str)
every_layout = pytest.mark.parametrize("layout", LAYOUTS)


def forms_of(step, layout):
    """All forms in the order of the page."""
    return [form for layer in range(step.config.depth, 0, -1) for form in layer_forms(step, layer, layout)]


def in_core(step, output, wrt):
    """The derivative as the core has it."""
    return step.cotangent(wrt) if output == "C" else step.vjp(output, wrt).jacobian


def laid_out(step, output, wrt, layout):
    """The core's derivative with its axes where the layout puts them."""
    array = in_core(step, output, wrt)
    if output == "C":
        return array if array.ndim == 2 else array.reshape((1, -1) if layout == NUMERATOR else (-1, 1))
    above = step.tape[output].ndim
    return array if layout == NUMERATOR else np.moveaxis(array, range(above), range(-above, 0))


@any_network
@every_layout
def test_numpy_lines_compute_what_the_core_has(link, layout):
    step = step_of(settings_of(**link))
    names = {"np": np} | {variable.name: variable.value for variable in step.tape.variables}
    for form in forms_of(step, layout):
        exec(form.numpy, names)
        result, expected = (
            names[f"d{form.output}_d{form.wrt}"],
            laid_out(step, form.output, form.wrt, layout),
        )
        assert result.shape == expected.shape == form.shape, form.numpy
        np.testing.assert_allclose(result, expected, rtol=1e-9, atol=1e-12, err_msg=form.numpy)


@any_network
@every_layout
def test_shapes_of_factors_multiply_to_the_shape_of_the_product(link, layout):
    step = step_of(settings_of(**link))
    products = [form for form in forms_of(step, layout) if form.factors]
    assert len(products) == 3 * step.config.depth - 1
    for form in products:
        left, right = form.factors
        assert (np.zeros(left) @ np.zeros(right)).shape == form.shape


@any_network
def test_the_switch_transposes_every_shape(link):
    step = step_of(settings_of(**link))
    for one, other in zip(*(forms_of(step, layout) for layout in LAYOUTS), strict=True):
        assert (one.output, one.wrt, one.index) == (other.output, other.wrt, other.index)
        if one.wrt[0] == "W":
            expected = one.shape if one.output == "C" else (*one.shape[1:], one.shape[0])
        else:
            expected = one.shape[::-1]
        assert other.shape == expected
        if one.wrt[0] != "W" or one.output != "C":
            assert other.factors == tuple(shape[::-1] for shape in one.factors[::-1])


@every_network
def test_every_step_of_the_backward_pass_is_there(link):
    step = step_of(settings_of(**link))
    forms = forms_of(step, NUMERATOR)
    for layer in range(step.config.depth, 0, -1):
        numerals = [form.stop.numeral for form in forms if form.stop.layer == layer]
        assert list(dict.fromkeys(numerals)) == ["I", "II", "III", "IV", "V", "VI"]
    parameters = {f"{letter}{layer}" for letter in "Wb" for layer in range(1, step.config.depth + 1)}
    assert parameters <= {form.wrt for form in forms if form.output == "C"}


def test_vector_forms_of_the_total_derivative_turn_around():
    step = step_of(settings_of())
    numerator, denominator = (layer_forms(step, 1, layout)[1].vector for layout in LAYOUTS)
    assert numerator.endswith(r"\frac{\partial C}{\partial \mathbf{z}^{2}} \, W^{2}")
    assert denominator.endswith(
        r"\left(W^{2}\right)^{\mathrm{T}} \, \frac{\partial C}{\partial \mathbf{z}^{2}}"
    )


@any_network
def test_expressions_of_the_glossary_have_the_shapes_shown(link):
    step = step_of(settings_of(**link))
    terms = [*network_terms(step), *derivative_terms(step), *training_terms(step), *sign_terms(step)]
    expressions = [expression for term in terms for expression in term.expressions]
    assert len(expressions) > 20
    for text, shape in expressions:
        assert np.shape(eval(text, {"np": np, "step": step})) == shape, text
    names = [term.name for term in terms]
    assert len(set(names)) == len(names)


@any_network
def test_the_glossary_names_every_variable(link):
    step = step_of(settings_of(**link))
    shown = {text for term in network_terms(step) for text, _ in term.expressions}
    assert {f'step.tape["{variable.name}"]' for variable in step.tape.variables} <= shown


def test_strict_shapes():
    config = settings_of().config
    shapes = {
        layout: [
            derivative_shape(config, *pair, layout) for pair in (("z2", "a1"), ("C", "b2"), ("z1", "W1"))
        ]
        for layout in LAYOUTS
    }
    assert shapes == {
        "numerator": [(3, 5), (1, 3), (5, 5, 4)],
        "denominator": [(5, 3), (3, 1), (5, 4, 5)],
    }


@every_network
def test_sources_cover_the_sections_of_the_article(link):
    settings = settings_of(**link)
    cited = set(re.findall(r"\d(?:\.\d)+", " ".join(source.article for source in sources(settings))))
    assert cited == {"2.0.1", "2.0.2", "2.1", "2.2", "3.1", "3.2.1", "3.2.2", "3.2.3"}
    for source in sources(settings):
        assert not re.search(r"\d", " ".join(source.parr_howard)), "titles only"
    sections = {source.what: source.article for source in sources(settings)}
    assert list(sections.values()) == [
        *("2.0.1", "2.0.2", "2.1", "2.1", "2.1"),
        *("2.2, 3.1", "2.2, 3.1"),
        *("3.2.1, 3.2.2", "3.2.1, 3.2.2", "3.2.1, 3.2.2", ""),
        *("3.2.3", "3.2.3, eq. 5", "3.2.3", "3.2.3"),
        *("", "2.2", "3.2.2"),
    ]
    assert sections["gradient of the bias"] == ""
    assert sections["eq. 5: the total derivative"] == "3.2.3, eq. 5"
    assert [section for what, section in sections.items() if what.startswith("mean over a batch")] == [
        "3.2.2"
    ]


def test_softmax_is_not_ascribed_to_parr_and_howard():
    def activation(settings):
        return next(source for source in sources(settings) if source.what == "the output activation")

    assert activation(settings_of()).parr_howard == ()
    assert activation(settings_of(out="sigmoid")).parr_howard == (
        "Derivatives of vector element-wise binary operators",
    )


def point(link, key):
    settings = settings_of(**link)
    return next(each for each in differences(settings, step_of(settings)) if each.key == key)


def test_the_numbers_of_the_differences_are_the_cores():
    step = step_of(settings_of(hidden="6"))
    softmax = step.vjp("a2", "z2")
    wrong = np.abs(softmax.cotangent - softmax.path_terms.diagonal()).argmax()
    said = point({"hidden": "6"}, "off-diagonal").why.replace("−", "-")
    numbers = [float(text) for text in re.findall(r"(?:= |paths is )(-?\d[\d.e-]*)(?=[;.])", said)]
    expected = [softmax.path_terms[wrong, wrong], softmax.cotangent[wrong]]
    np.testing.assert_allclose(numbers, expected, rtol=0.006)
    assert "(3, 6) here, not square" in point({"hidden": "6"}, "square").ours
    assert "square by chance" in point({"hidden": "3"}, "square").ours
    assert "(3, 3, 6)" in point({"hidden": "6"}, "three-indices").ours
    assert "Of its 54 entries only 18" in point({"hidden": "6"}, "three-indices").why
    off = int((step.tape["z1"] <= 0).sum())
    assert f"(z ≤ 0): {off} of 6; exactly at 0: none." in point({"hidden": "6"}, "kink").why
    assert "9 of them" in point({"hidden": "6"}, "biases").ours
    assert "(6, 3)" in point({"hidden": "6"}, "layout").why


def test_what_the_differences_say_of_element_wise_outputs_and_smooth_units():
    link = {"out": "identity", "act": "tanh"}
    off_diagonal, kink = point(link, "off-diagonal"), point(link, "kink")
    assert "element-wise" in off_diagonal.why
    assert any("out=" not in href for _, href in off_diagonal.links)
    assert "no kink" in kink.why
    assert all("act=" not in href for _, href in kink.links)


def test_units_at_the_kink_count_as_off():
    link = {"hidden": "3", "edit": "~".join(f"W1_2_{j}_0" for j in (1, 2, 3, 4)) + "~b1_2_0"}
    assert step_of(settings_of(**link)).tape["z1"][1] == 0
    off = int((step_of(settings_of(**link)).tape["z1"] <= 0).sum())
    assert point(link, "kink").why.endswith(f"(z ≤ 0): {off} of 3; exactly at 0: 1.")


def test_what_the_article_says_of_the_last_layer_holds_where_it_holds():
    assert point({}, "last-layer").why == (
        "Here each entry of z² moves all 3 outputs, so each entry of ∂C/∂z² is a sum over 3 paths. For "
        "softmax with cross-entropy a² − y is what is left of that sum."
    )
    assert point({"out": "sigmoid"}, "last-layer").why == (
        "This network's sigmoid outputs are element-wise: each entry of z² moves one output, so nothing is "
        "summed, and the claim holds here."
    )
    assert "(section 3.1.1)" in point({}, "last-layer").article


def test_which_way_round_w_is():
    rows = point({"hidden": "6"}, "rows")
    assert (
        rows.article
        == r"Writes $\mathbf{z} = \mathbf{x} W^{\mathrm{T}} + \mathbf{b}$ for a row $\mathbf{x}$."
    )
    assert rows.why == (
        "W is (out, in) in both, as in PyTorch's `nn.Linear`; Keras keeps the transpose. Here W¹ is (6, 4), "
        "and Keras would keep (4, 6)."
    )
    assert point({"hidden": "4"}, "rows").why.endswith("Here W¹ is (4, 4), and so is its transpose.")


def test_saturated_outputs_leave_no_entry_to_show():
    why = point({"edit": "b2_3_1000"}, "off-diagonal").why
    assert "Here the outputs are saturated: no float can tell an off-diagonal entry from 0." in why
    assert why.endswith("the sum over all 3 paths is 0 as well.")


@every_network
def test_the_single_path_is_that_of_the_overview(link):
    settings = settings_of(**link)
    thesis, one = thesis_of(step_of(settings)), point(link, "one-path")
    name, products = thesis.name, np.array(thesis.products)
    paths = "both paths" if len(products) == 2 else f"all {len(products)} paths"
    assert one.why == (
        f"For {name} path {circled(thesis.single)} alone, {why_path(products)}, gives "
        f"∂C/∂{name} = {short(products[thesis.single])}; the sum over {paths} is {short(thesis.total)}. "
        "A network often learns even so, which is why the mistake goes unnoticed; a gradient check catches "
        "it at once."
    )
    layer, own = settings.config.depth - 1, {"lab_path": thesis.single + 1}
    if thesis.single >= min(settings.config.layer_sizes[2:]):
        own = {}  # the lab takes the same path above every hidden layer
    assert dict(one.links) == {
        "Derivative paths": settings.link("paths", layer=layer, unit=thesis.unit + 1),
        "Train with one path only": settings.link("chain_rule_lab", **own),
    }


def test_what_is_not_there_is_not_told():
    alone = settings_of(**OTHERS[0])
    said = {point.key: point for point in differences(alone, step_of(alone))}
    assert "one-path" not in said
    assert said["kink"].links[0] == ("Step II of the output layer", alone.step_link("1.II"))
    assert "bias=none" not in said["biases"].links[0][1]
    assert not [source for source in sources(alone) if "bias" in source.what or "hidden" in source.what]
    xor = settings_of(**OTHERS[1] | {"hidden": "3"})
    one = {point.key: point for point in differences(xor, step_of(xor))}
    assert one["one-path"].why.startswith("This network has one output, so one path leads from a¹")
    assert [label for label, _ in one["one-path"].links] == ["Derivative paths"]
    assert [label for label, _ in one["off-diagonal"].links] == [
        "The Jacobian",
        "Step IV of the output layer",
    ]
    assert "flower" not in " ".join(term.meaning for term in network_terms(step_of(xor)))


def test_where_no_path_carries_anything_none_is_compared():
    assert point({"taken": 200, "lr": 0.05, "out": "identity", "act": "identity"}, "one-path").why == (
        "For a¹₁ every path carries 0 here, so one alone says the same as the sum; elsewhere it does not. A "
        "network often learns even so, which is why the mistake goes unnoticed; a gradient check catches it "
        "at once."
    )


def test_a_square_gradient_is_not_told_from_its_transpose_by_shape():
    assert point({}, "layout").why == (
        "Strict numerator layout would give dC/dW² the shape of the transpose, (5, 3); W² − η dC/dW² needs "
        "(3, 5)."
    )
    assert point({"hidden": "3"}, "layout").why == (
        "Strict numerator layout would turn dC/dW² into its transpose. W² is square by chance, (3, 3), so no "
        "shape would tell, but W² − η dC/dW² would subtract the wrong numbers."
    )
    for hidden, said in (("5", "as (5, 3)"), ("3", "transposed, by chance of the same shape, (3, 3)")):
        markup = elements(layout_markup(settings_of(hidden=hidden), NUMERATOR))
        text = " ".join(element.text for element in markup)
        assert f"(Strict numerator layout in books would write dC/dW2 {said}; W2 itself is" in text


@pytest.mark.parametrize("out", ["softmax", "sigmoid", "sigmoid-squared", "identity"])
def test_the_diagonal_only_is_trained_where_it_is_a_rule_of_its_own(out):
    href = dict(point({"out": out}, "off-diagonal").links)["Train with the diagonal only"]
    assert href == settings_of().link("chain_rule_lab")


@pytest.mark.parametrize(
    ("link", "word"), [({}, "flower"), ({"data": "textbook", "hidden": "2"}, "observation")]
)
def test_a_batch_is_of_what_the_network_takes(link, word):
    said = " ".join(term.meaning for term in training_terms(step_of(settings_of(**link))))
    assert f"How many {word}s share" in said
    assert f"sums over {word}s" in said
    assert ("flower" in said) == (word == "flower")
