"""The addresses of the door of school staff; who may call each stands in `accounts/who_may.py`."""

from __future__ import annotations

from flask import Blueprint

from eduapp.school import account, invitations, lessons, overview, people, planning, signing_in

_BOTH = ["GET", "POST"]
_COLLEAGUE = "/<lang>/school/people/<int(max=2147483647):staff_id>"

blueprint = Blueprint("school", __name__, template_folder="templates")
_route = blueprint.add_url_rule
_route("/<lang>/sign-in", "sign_in", signing_in.sign_in, methods=_BOTH)
_route("/<lang>/sign-in/code", "code", signing_in.code, methods=_BOTH)
_route("/sign-in/code.svg", "code_qr", signing_in.code_qr)
_route("/<lang>/sign-out", "sign_out", signing_in.sign_out, methods=["POST"])
_route("/<lang>/invitation/<token>", "invitation", invitations.invitation, methods=_BOTH)
_route("/<lang>/invitation/<token>/join", "join", invitations.join, methods=_BOTH)
_route("/<lang>/account", "account", account.account)
_route("/<lang>/account/password", "password", account.password, methods=_BOTH)
_route(
    "/<lang>/account/sign-out",
    "sign_out_everywhere",
    account.sign_out_everywhere,
    methods=["POST"],
)
_route("/<lang>/account/leave", "leave", account.leave, methods=_BOTH)
_route("/<lang>/account/delete", "delete", account.delete, methods=_BOTH)
_route("/<lang>/lessons", "lessons", lessons.lessons)
_route("/<lang>/lessons/<public_id>/open", "open_own", lessons.open_own, methods=_BOTH)
_route("/<lang>/lessons/plan", "plan", planning.plan, methods=_BOTH)
_route("/<lang>/lessons/plan.ics", "plan_file", planning.plan_file)
_route("/<lang>/school", "school", overview.school)
_route("/<lang>/school/print", "print_school", overview.print_school)
_route("/<lang>/school/results.csv", "export_csv", overview.export_csv)
_route("/<lang>/school/results.xlsx", "export_xlsx", overview.export_xlsx)
_route("/<lang>/network", "network", overview.network)
_route("/<lang>/school/people", "people", people.people)
_route("/<lang>/school/people/invite", "invite", people.invite, methods=_BOTH)
_route("/<lang>/school/people/withdraw", "withdraw", people.withdraw, methods=["POST"])
_route(f"{_COLLEAGUE}/reset", "reset", people.reset, methods=_BOTH)
_route(f"{_COLLEAGUE}/remove", "remove", people.remove, methods=_BOTH)
