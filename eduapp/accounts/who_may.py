"""Who may call which address: the one table, over every door.

Seats and desks are asked for by their doors, which know the class session. What needs an account
is refused here, before any view runs. An address that is not in the table is refused to everybody.
"""

from __future__ import annotations

from enum import StrEnum

from eduapp.accounts.roles import Role


class Who(StrEnum):
    """Who may call an address."""

    ANYBODY = "anybody"
    SEAT = "seat"
    DESK = "desk"
    HALF = "first step"
    """Somebody whose password was right, also before the second step."""
    STAFF = "staff"
    """Anybody who is signed in, with or without a school."""
    LESSONS = "teacher, head"
    SCHOOL = "head, care team"
    HEAD = "head"

    @property
    def needs_account(self) -> bool:
        """Return whether nobody comes here without signing in."""
        return self not in {Who.ANYBODY, Who.SEAT, Who.DESK}

    def admits(self, role: Role | None) -> bool:
        """Return whether somebody who is signed in may come here."""
        if self in {Who.HALF, Who.STAFF}:
            return True
        return role in _ROLES.get(self, frozenset())


_ROLES = {
    Who.LESSONS: frozenset({Role.TEACHER, Role.HEAD}),
    Who.SCHOOL: frozenset({Role.HEAD, Role.CARE}),
    Who.HEAD: frozenset({Role.HEAD}),
}

_BY_WHO = {
    Who.ANYBODY: """
        learn.root learn.home learn.modules learn.module learn.teacher_page learn.read learn.paper
        learn.questions learn.cards learn.letter learn.poster learn.ict learn.travel learn.article
        learn.accessibility learn.kept learn.help learn.patterns learn.health learn.ready
        participate.short_link participate.qr participate.join_form participate.join
        participate.class_page participate.answer_again participate.share_form participate.share
        participate.next_again participate.state
        teach.gate teach.task teach.key teach.open_desk teach.rehearse teach.wifi_qr teach.board
        school.sign_in school.sign_out school.invitation
    """,
    Who.SEAT: "participate.answer participate.sent participate.next_turn participate.turn",
    Who.DESK: """
        teach.desk teach.open_door teach.amend teach.emergency teach.second teach.second_qr
        teach.rehearsal teach.moment teach.act teach.declare teach.new_pass_code teach.count_slips
        teach.progress teach.kept teach.sheet
    """,
    Who.HALF: "school.code school.code_qr",
    Who.STAFF: """
        school.account school.password school.sign_out_everywhere school.leave school.delete
        school.join
    """,
    Who.LESSONS: "school.lessons school.open_own school.plan school.plan_file",
    Who.SCHOOL: """
        school.school school.print_school school.export_csv school.export_xlsx school.network
    """,
    Who.HEAD: """
        school.people school.invite school.withdraw school.reset school.remove
    """,
}

WHO_MAY: dict[str, Who] = {
    endpoint: who for who, endpoints in _BY_WHO.items() for endpoint in endpoints.split()
}
"""Who may call, by the name of the address."""
