"""Texts that have broken programs before, and the marks by which an injected script is known."""

import random
import re

MARK = "bpinjected"
SCRIPTS = (
    f"<script>{MARK}=1</script>",
    f"</style></svg></math></code><script>{MARK}=1</script>",
    f"<img src=x onerror={MARK}=1>",
    f'"><img src=x onerror="{MARK}=1">',
    f"' onmouseover='{MARK}=1",
    f"<svg/onload={MARK}=1>",
    f"`<script>{MARK}=1</script>`",
    f"``` <script>{MARK}=1</script>",
    f"![{MARK}](https://example.invalid/{MARK}.png)",
    f"[{MARK}](javascript:{MARK}=1)",
    f"<iframe srcdoc='<script>parent.{MARK}=1</script>'>",
    f"$$\\href{{javascript:{MARK}=1}}{{x}}$$",
)
NUMBERS = (
    *(
        "nan",
        "NaN",
        "inf",
        "-inf",
        "Infinity",
        "1e999",
        "-1e999",
        "1e-999",
        "-0",
        "0x10",
        "1_000",
        "٣",
        "１２",
    ),
    *(
        "1e400",
        "9" * 400,
        "-" + "9" * 5000,
        "1" + "0" * 20000,
        "0.1" + "0" * 9999,
        "2147483648",
        "-2147483649",
    ),
    *(
        "9223372036854775808",
        "18446744073709551616",
        "9007199254740993",
        "1.5",
        "1,5",
        "+1",
        " 1 ",
        "1\n",
        "½",
    ),
    *("True", "None", "null", "[]", "{}", "1/0", "0.1e-320", "1e3", "1j", "-1", "-0.0"),
)
ODD = (
    *(
        "",
        " ",
        "\x00",
        "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
        "\u202eabc",
        "\ufeff",
        "\u200b",
    ),
    *(
        "🌸" * 50,
        "é",
        "e\u0301" * 30,
        "a" * 100_000,
        "%" * 3000,
        "-".join(["16"] * 500),
        "~".join(["W1_1_1_1"] * 300),
    ),
    *(
        "../../../etc/passwd",
        "{{7*7}}",
        "${7*7}",
        "__class__",
        "'; DROP TABLE x; --",
        "%s%n",
        "\r\nSet-Cookie: a=b",
    ),
    *(
        ":material/home:",
        ":red[x]",
        "# x\n\n---",
        "| a |\n|---|",
        "auto",
        "full",
        "skip",
        "1",
        "0",
        "5",
        "16-16-16-16",
    ),
)
SHAPES = (
    *(
        "W1_1_1_1e999",
        "W1_1_1_nan",
        "W9_1_1_1",
        "x_1_1e3",
        "y_1_1~y_2_1",
        "b1_99_1",
        "W1_99_99_0",
        "x_1_1000.1",
    ),
    *(
        "a1/z1",
        "C/a2",
        "z2/W2",
        "z1/W1",
        "5-0",
        "5--5",
        "-5",
        "17",
        "1-1-1-1-1",
        "softmax",
        "identity",
        "sigmoid-squared",
    ),
    *(
        "full-single-total",
        "single-total-last-diagonal-biases",
        "sum",
        "rule",
        "last term",
        "2xy3",
        "sin",
        "nothing",
    ),
)
_CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)", re.DOTALL)
_MARKUP = re.compile(rf"<[a-z/][^<>]*{MARK}|<(?:script|iframe)[^>]*>[^<]*{MARK}", re.IGNORECASE)
_MARKDOWN_LINK = re.compile(rf"\]\([^)]*{MARK}|href\{{[^}}]*{MARK}")


def odd_text(rng: random.Random) -> str:
    """One of the texts above, some characters at random, or two of these in a row."""
    kind = rng.randrange(8)
    if kind == 0:
        return "".join(chr(_code_point(rng)) for _ in range(rng.randrange(1, 40)))
    if kind == 1:
        return odd_text(rng)[:200] + odd_text(rng)[:200]
    return rng.choice(rng.choice((SCRIPTS, SCRIPTS, NUMBERS, ODD, SHAPES)))


def _code_point(rng: random.Random) -> int:
    top = rng.choice((0x7F, 0x7FF, 0xD7FF, 0x10FFFF))
    code = rng.randrange(top + 1)
    return code if not 0xD800 <= code <= 0xDFFF else 0xFFFD


def injected(text: str, is_html: bool, is_markdown: bool = True) -> bool:
    """Whether this Markdown (with HTML in it, or without) or this HTML has the mark where it would act."""
    if not is_markdown:
        return bool(_MARKUP.search(text))
    outside = _CODE.sub("", text)
    return bool(_MARKDOWN_LINK.search(outside) or (is_html and _MARKUP.search(outside)))
