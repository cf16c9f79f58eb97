"""The tables and columns that may exist in the database, and nothing else.

There is none for a student, a device, a ballot or a time. Source: privacy 5; `eduapp prove` holds
the database of an installation against this list, and the page *what we keep* explains each one.
"""

from __future__ import annotations

ALLOWED_COLUMNS: dict[str, frozenset[str]] = {
    "alembic_version": frozenset({"version_num"}),
    "class_session": frozenset(
        {
            *("id", "public_id", "module_id", "revision", "step", "version", "state", "join_code"),
            *("desk_key_hash", "helper", "opened_on", "delete_on"),
        }
    ),
    "round": frozenset({"class_session_id", "question_id", "round_no", "revision", "state", "n"}),
    "release": frozenset({"class_session_id", "question_id", "round_no", "option_id", "noisy"}),
}
