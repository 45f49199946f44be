"""The paths of a unit or of t as a ledger, on whatever page."""

from collections.abc import Sequence
from dataclasses import dataclass

from ui.draw import words
from ui.draw.scenes import Following, Ledger, Number, Said, Sum, Term


@dataclass(frozen=True, slots=True)
class Path:
    """What a path of a ledger is the product of.

    Attributes:
        name: with its mark.
        upstream, weight: its two factors.
        link: what it belongs to and lights.
        note: beside the name, where there is room.
        edge: data-edge of the line that leads to it.
    """

    name: str
    upstream: Following[float]
    weight: Following[float]
    link: str
    note: str = ""
    edge: Following[str] = ""


def ledger(
    paths: Sequence[Path],
    total: Sum,
    said: Said,
    truth: Number,
    *,
    alt: Following[str],
    unit: Following[str],
    heads: tuple[Following[str], Following[str]],
    legend: Sequence[str],
    unit_link: Following[str] = "",
    out: str = words.OUT,
) -> Ledger:
    """Both factors of each path, its product, the total so far, and the measured slope.

    Args:
        paths: in the order of the terms of `total`.
        total: their products.
        said: what the sum is called.
        truth: the measured slope.
        alt: {terms} and {sum} are filled in.
        unit: where they begin.
        unit_link: what that belongs to.
        heads: of the factors.
        legend: of positive and negative.
        out: what stands in place of the total where a path is out.
    """
    terms = [
        Term(
            path.name,
            Number(path.upstream, "ledger", f"upstream:{k}"),
            Number(path.weight, "ledger", f"weight:{k}"),
            Number(product, "ledger", f"product:{k}"),
            path.note,
            path.edge,
            path.link,
        )
        for k, (path, product) in enumerate(zip(paths, total.terms, strict=True))
    ]
    return Ledger(
        "",
        alt,
        total,
        terms,
        said,
        truth,
        each=words.EACH_PATH,
        each_out=words.EACH_OUT,
        out=out,
        unit=unit,
        unit_link=unit_link,
        heads=(*heads, words.PRODUCT, words.SO_FAR, words.ADDED),
        legend=legend,
    )
