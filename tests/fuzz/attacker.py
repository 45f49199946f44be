"""A session that sends what no page could, and notes what the server says to that."""

import asyncio
import random

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from tests.fuzz.texts import MARK, injected
from tests.visitor import Visitor, is_the_end_of_a_run

FRAGMENT_PATIENCE = 2.0
DANGEROUS_FIELDS = ("js_content", "html_content", "css_content", "srcdoc")


class Attacker(Visitor):
    """As a visitor, with the query string as it is sent, and what is wrong with the answers."""

    def __init__(self, socket, query: dict[str, object]):
        super().__init__(socket, query)
        self.query_string = str(query.get("raw", ""))
        self.kinds: dict[str, str] = {}
        self.fragment_ids: set[str] = set()
        self.problems: list[str] = []

    async def run(self, page_name: str = "") -> None:
        await self.ask(self.query_string, [], page_name=page_name)

    async def ask(self, query_string: str, states: list[WidgetState], **more: object) -> None:
        """A run with this query string and these widget states."""
        message = BackMsg()
        rerun = message.rerun_script
        rerun.query_string = self.query_string = query_string
        rerun.page_script_hash = self.page_hash
        rerun.widget_states.widgets.extend(states)
        for name, value in more.items():
            setattr(rerun, name, value)
        await self.send(message)
        if "fragment_id" not in more:
            await self.wait_for(is_the_end_of_a_full_run)
            return
        try:
            async with asyncio.timeout(FRAGMENT_PATIENCE):  # a fragment that is gone gets no answer
                await self.wait_for(is_the_end_of_a_run)
        except TimeoutError:
            pass

    def widgets_of_kinds(self) -> list[tuple[str, str]]:
        """(id, kind) of what the last page had."""
        return list(self.kinds.items())

    def some_page(self, rng: random.Random) -> str:
        return rng.choice([*self.pages.values(), "", "nothing"]) if self.pages else ""

    def _note(self, answer: ForwardMsg) -> None:
        super()._note(answer)
        kind = answer.WhichOneof("type")
        if kind == "new_session" and not answer.metadata.run.fragment_ids:
            self.kinds.clear()
            self.fragment_ids.clear()
        elif kind == "delta" and answer.delta.fragment_id:
            self.fragment_ids.add(answer.delta.fragment_id)

    def _note_element(self, element, fragment: str) -> None:
        super()._note_element(element, fragment)
        kind = element.WhichOneof("type")
        content = getattr(element, kind)
        if kind == "exception":
            self.problems.append(f"exception shown: {content.type}: {content.message[:200]}")
        if getattr(content, "id", ""):
            is_of_texts = kind == "slider" and content.type == content.SELECT_SLIDER
            self.kinds[content.id] = "select_slider" if is_of_texts else kind
        self._look_for_injections(kind, content)

    def _look_for_injections(self, kind: str, content) -> None:
        for field in DANGEROUS_FIELDS:
            if MARK in getattr(content, field, ""):
                self.problems.append(f"mark in {kind}.{field}")
        texts = [getattr(content, field, "") for field in ("body", "label", "help", "code_text")]
        is_html = (
            kind == "html"
            or getattr(content, "allow_html", False)
            or getattr(content, "language", "") == "html"
        )
        for text in texts:
            if (
                isinstance(text, str)
                and MARK in text
                and kind != "code"
                and injected(text, is_html, kind != "html")
            ):
                self.problems.append(f"script in {kind}: {text[:300]}")
            elif kind == "code" and is_html and injected(f"{text}", is_html):
                self.problems.append(f"script in HTML to copy: {text[:300]}")


def is_the_end_of_a_full_run(answer: ForwardMsg) -> bool:
    return (
        answer.WhichOneof("type") == "script_finished"
        and answer.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
    )
