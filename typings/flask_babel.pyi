# The parts of Flask-Babel that we use; it ships no types of its own.
# A lazy message is typed as the text it stands for: forms take it as a label.

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime

from babel import Locale
from flask import Flask

class Babel:
    def __init__(
        self,
        app: Flask | None = ...,
        *,
        configure_jinja: bool = ...,
        default_domain: str = ...,
        default_locale: str = ...,
        default_timezone: str = ...,
        default_translation_directories: str = ...,
        locale_selector: Callable[[], str | None] | None = ...,
        timezone_selector: Callable[[], str | None] | None = ...,
    ) -> None: ...

def force_locale(locale: str | Locale) -> AbstractContextManager[None]: ...
def format_date(date: date | datetime | None = ..., format: str | None = ...) -> str: ...
def get_locale() -> Locale | None: ...
def gettext(string: str, **variables: object) -> str: ...
def lazy_gettext(string: str, **variables: object) -> str: ...
def lazy_ngettext(singular: str, plural: str, num: int, **variables: object) -> str: ...
def ngettext(singular: str, plural: str, num: int, **variables: object) -> str: ...
