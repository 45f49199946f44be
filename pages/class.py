"""Class: ask the room a question, see what it answers and which mistake it makes."""

from ui.state.choices import ask
from ui.state.settings import require_app
from ui.views.classroom.host import host_page
from ui.views.classroom.lobby import lobby
from ui.views.classroom.participant import participant_page

require_app()
room, host = ask("room"), ask("host")
if room and host:
    host_page(room, host)
elif room:
    participant_page(room)
else:
    lobby()
