"""What a person may be at a school, and what the roles have in common."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What a person is at their school."""

    TEACHER = "teacher"
    HEAD = "head"
    CARE = "care"
    """The care team reads what the head reads, and changes nothing."""

    @property
    def gives_lessons(self) -> bool:
        """Return whether lessons of this role belong to the school."""
        return self is not Role.CARE

    @property
    def sees_school(self) -> bool:
        """Return whether this role reads the school page."""
        return self is not Role.TEACHER

    @property
    def needs_second_step(self) -> bool:
        """Return whether a password alone does not sign this role in."""
        return self is Role.HEAD
