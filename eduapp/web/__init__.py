"""The shell of every page: layout, components, languages, headers, cookies, errors, static files.

Doors build on it. No tables, no rules of a lesson and nothing of the classroom here; `register`
wires it into an app.
"""

from __future__ import annotations

from eduapp.web.shell import register

__all__ = ["register"]
