"""Made-up examples for the pattern page: every component once, in the reader's language.

Nothing here is content: no question of a lesson, no result of a class.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import gettext as _
from wtforms import RadioField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired

from eduapp.web.current import current_content
from eduapp.web.forms import BaseForm
from eduapp.web.results import WEAVES, ResultRow

if TYPE_CHECKING:
    from eduapp.content.models import Fact, Scenario


class ExampleForm(BaseForm):
    """A form with one field of each sort, sent empty so that its errors show."""

    example = StringField(validators=[InputRequired()])
    choice = RadioField(validators=[InputRequired()])


@dataclass(frozen=True, slots=True)
class PatternPage:
    """What the pattern page shows."""

    audience: str
    title: str
    weaves: tuple[str, ...]
    care: tuple[str, ...]
    steps: tuple[str, ...]
    first: tuple[ResultRow, ...]
    second: tuple[ResultRow, ...]
    form: ExampleForm
    fact: Fact | None
    story: Scenario | None
    sentence: str


def pattern_page() -> PatternPage:
    """Return one example of everything."""
    content = current_content()
    form = ExampleForm()
    form.example.label.text = _("Class code")
    form.choice.label.text = _("Language")
    form.choice.choices = [SelectChoice(str(i), word) for i, word in enumerate(_words())]
    form.validate()
    stories = (a.scenario for m in content.modules.values() for a in m.activities if a.scenario)
    return PatternPage(
        audience="staff",
        title=_("Patterns"),
        weaves=WEAVES,
        care=(_("text"), "45 min", "12–14"),
        steps=(_("text"), _("fact"), _("quiz question"), _("talk")),
        first=_rows(((40, 60), (20, 40), (20, 40), (0, 20), (0, 20), (0, 20), (80, 100))),
        second=_rows(((60, 80), (20, 40), (0, 20), (0, 20)), right=0),
        form=form,
        fact=next(iter(content.facts.values()), None),
        story=next(stories, None),
        sentence=f"<p>{_('It is not your fault.')}</p>",
    )


def _words() -> tuple[str, ...]:
    return (_("few or nobody"), _("a part"), _("about half"), _("most"))


def _rows(bands: tuple[tuple[int, int], ...], right: int | None = None) -> tuple[ResultRow, ...]:
    words = (*_words(), _("almost everybody, maybe everybody"))
    fractions = (
        _("fewer than 1 in 5"),
        _("1 to 2 in 5"),
        _("2 to 3 in 5"),
        _("3 to 4 in 5"),
        _("more than 4 in 5"),
    )
    return tuple(
        ResultRow(
            text=f"{chr(65 + i)}",
            weave=WEAVES[i],
            lower=low,
            upper=high,
            words=words[low // 20],
            fraction=fractions[low // 20],
            is_right=i == right,
        )
        for i, (low, high) in enumerate(bands)
    )
