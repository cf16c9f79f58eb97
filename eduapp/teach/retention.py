"""When a lesson disappears, in words: the clock that a desk shows from the first step on.

The days are those of the school's own time; what they are is decided in the classroom.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from flask_babel import gettext as _

from eduapp.web.dates import day_words

if TYPE_CHECKING:
    from eduapp.classroom.views import ClassView


def vanishes_words(view: ClassView, today: dt.date) -> str:
    """Return when everything of a class session is gone, as a sentence."""
    if view.is_rehearsal:
        return str(_("A rehearsal is kept nowhere: it disappears by itself."))
    day = day_words(view.last_day)
    if view.grade is not None:
        return str(
            _(
                "After %(day)s no screen shows this lesson. Its shaken numbers stay in the sums "
                "of your school, together with those of other classes.",
                day=day,
            )
        )
    if view.last_day <= today:
        return str(_("This lesson disappears tonight at midnight."))
    if view.last_day == today + dt.timedelta(days=1):
        return str(
            _("This lesson disappears at midnight, at the end of tomorrow, %(day)s.", day=day)
        )
    return str(_("This lesson disappears at midnight, at the end of %(day)s.", day=day))
