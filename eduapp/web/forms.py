"""The base of every form: plain WTForms, its messages in the reader's language.

No token and no session: forms from elsewhere are refused by `headers` (privacy, decision 10).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import gettext, ngettext
from wtforms import Form

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wtforms import Field


def _(message: str) -> str:
    """Mark a message for the catalogue without translating it yet."""
    return message


WTFORMS_MESSAGES = (
    _("This field is required."),
    _("Not a valid choice."),
    _("Not a valid integer value."),
    _("Invalid input."),
)
"""Messages of the library that our forms can show; here so that the catalogue holds them."""


class _Messages:
    """The two calls that WTForms makes, answered from our own catalogue."""

    def gettext(self, string: str) -> str:
        """Return a message in the reader's language."""
        return str(gettext(string))

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        """Return the form of a message that fits a number."""
        return str(ngettext(singular, plural, n))


class BaseForm(Form):
    """A form whose messages follow the page; `problems` is what the error summary lists."""

    class Meta:
        """How WTForms finds its messages."""

        def get_translations(self, _form: Any) -> _Messages:  # noqa: ANN401 - WTForms hands in any form
            """Return the messages in the reader's language."""
            return _Messages()

    def problems(self) -> Iterator[tuple[Field, str]]:
        """Return each field in error with its first message, in the order of the form."""
        for field in self:
            if field.errors:
                yield field, str(field.errors[0])
