"""Relative URLs made from one another: Settings.link takes its time, and a page may hold a hundred links."""

from urllib.parse import urlencode


def with_parameters(address: str, **more: str | int) -> str:
    """The URL with these parameters after its own."""
    return f"{address}{'&' if '?' in address else '?'}{urlencode(more)}"
