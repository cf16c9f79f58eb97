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
            *("teacher_id", "school_id", "label"),
        }
    ),
    "lesson_revision": frozenset({"module_id", "revision", "text"}),
    "round": frozenset({"class_session_id", "question_id", "round_no", "revision", "state", "n"}),
    "release": frozenset({"class_session_id", "question_id", "round_no", "option_id", "noisy"}),
    "school_sum": frozenset(
        {
            *("school_id", "year", "question_id", "form", "moment", "option_id"),
            *("pending", "published", "network"),
        }
    ),
    "school_count": frozenset(
        {
            *("school_id", "year", "question_id", "form", "moment"),
            *("pending_n", "pending_c", "published_n", "published_c"),
            *("network_n", "network_c", "entered_on"),
        }
    ),
    "school_reach": frozenset({"school_id", "year", "grade", "module_id", "lessons"}),
    "plan": frozenset({"staff_id", "module_id", "week"}),
    "school": frozenset({"id", "name"}),
    "staff": frozenset(
        {
            *("id", "school_id", "role", "name", "sign_in_name", "password_hash"),
            *("second_seed", "has_second_step"),
        }
    ),
    "invitation": frozenset({"link_hash", "school_id", "role", "staff_id", "expires_on"}),
    "sign_in": frozenset({"browser_hash", "staff_id", "stage", "ends_on"}),
}
