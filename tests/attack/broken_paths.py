"""Builds whose pages and ballots are broken on purpose: what a page, reply or form gives away.

Each patches the running code and names the attacks that must catch it. Builds broken on disk, at
the desk and at the door are in `broken_storage.py` and `broken_desk.py`.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from unittest.mock import patch

from flask import after_this_request, render_template

from eduapp.classroom.classroom import Classroom
from eduapp.classroom.phases import Phase
from eduapp.participate import screens
from eduapp.participate import views as student_views
from eduapp.participate.finding import current_classroom, own_seat
from tests.attack.builds import broken
from tests.builders import in_process

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from flask import Response

    from eduapp.classroom.phases import Receipt
    from eduapp.classroom.roster import Seat
    from eduapp.classroom.views import ClassView
    from eduapp.participate.forms import Ballot
    from eduapp.participate.pages import Screen

_state_document = Classroom.state_document
_screen = screens.class_screen
_put = student_views._put


@broken(
    "live-bars",
    "the state document carries the counts of the open round",
    "non-interference",
    "non-interference-everywhere",
)
def live_bars() -> AbstractContextManager[object]:
    """Show bars that grow while the class answers, as other tools do."""

    def document(self: Classroom, public_id: str) -> tuple[bytes, str]:
        body, tag = _state_document(self, public_id)
        open_round = self._registry.by_id(public_id).open_round
        counts = in_process(open_round.urn)._counts if open_round else []
        return json.dumps(json.loads(body) | {"counts": counts}).encode(), tag

    return patch.object(Classroom, "state_document", document)


@broken(
    "etag-of-ballots",
    "the tag of the state document changes with every ballot",
    "non-interference",
)
def etag_of_ballots() -> AbstractContextManager[object]:
    """Let a tag tell when somebody answered, though the document itself does not."""

    def document(self: Classroom, public_id: str) -> tuple[bytes, str]:
        body, tag = _state_document(self, public_id)
        open_round = self._registry.by_id(public_id).open_round
        return body, f"{tag}-{len(in_process(open_round.urn)) if open_round else 0}"

    return patch.object(Classroom, "state_document", document)


@broken(
    "first-round-early",
    "the state document tells the result of the first round while the class discusses",
    "non-interference",
)
def first_round_early() -> AbstractContextManager[object]:
    """Let a device learn the first result before the class votes again."""

    def document(self: Classroom, public_id: str) -> tuple[bytes, str]:
        body, tag = _state_document(self, public_id)
        live = self._registry.by_id(public_id)
        if live.position.phase is Phase.DISCUSS:
            noisy = [release.noisy for release in live.releases.values()]
            body = json.dumps(json.loads(body) | {"first": noisy}).encode()
        return body, tag

    return patch.object(Classroom, "state_document", document)


@broken(
    "answered-mark",
    "the page of the open question says that this device has answered",
    "non-interference",
)
def answered_mark() -> AbstractContextManager[object]:
    """Mark the page of a device that has answered, for whoever looks over a shoulder."""

    def screen(view: ClassView, screen: Screen) -> Response:
        response = _screen(view, screen)
        open_round = current_classroom()._registry.by_id(view.public_id).open_round
        seat = own_seat()
        if open_round is not None and seat is not None:
            urn = in_process(open_round.urn)
            if urn._hash(seat, b"mark") in urn._seals:
                response.set_data(response.get_data() + b"<!-- answered -->")
        return response

    return patch.object(student_views, "class_screen", screen)


@broken("reply-names-option", "the reply to a ballot names the option", "ballot-lengths")
def reply_names_option() -> AbstractContextManager[object]:
    """Thank for the answer by name: the network then reads it from the size."""

    def put(code: str, seat: Seat | None, ballot: Ballot | None) -> Receipt:
        receipt = _put(code, seat, ballot)
        question = current_classroom().by_code(code).question
        assert question is not None
        assert ballot is not None
        option = question.options[ballot.position].id

        @after_this_request
        def thank(response: Response) -> Response:
            response.headers["X-Thanks"] = option
            return response

        return receipt

    return patch.object(student_views, "_put", put)


@broken("form-sends-words", "a form sends the name of the option, not its place", "ballot-lengths")
def form_sends_words() -> AbstractContextManager[object]:
    """Send `choice=fine` and `choice=depends`: an encrypted request then has a telling length."""

    def render(template: str, **context: object) -> str:
        page = render_template(template, **context)
        for position, word in enumerate(("fine", "depends", "not-ok", "skip", "unsure")):
            page = page.replace(
                f'name="choice" value="{position}"', f'name="choice" value="{word}"'
            )
        return page

    return patch.object(screens, "render_template", render)
