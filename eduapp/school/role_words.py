"""Roles in words, in the language of the page."""

from __future__ import annotations

from flask_babel import gettext as _

from eduapp.accounts.roles import Role


def role_words(role: Role) -> str:
    """Return what a role is called."""
    return str({Role.TEACHER: _("teacher"), Role.HEAD: _("head"), Role.CARE: _("care team")}[role])
