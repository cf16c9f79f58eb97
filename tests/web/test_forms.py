"""The base of forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import RadioField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired

from eduapp.web.forms import BaseForm

if TYPE_CHECKING:
    from flask import Flask


class TwoFields(BaseForm):
    name = StringField(validators=[InputRequired()])
    going_on = RadioField(
        choices=[SelectChoice("yes"), SelectChoice("no")], validators=[InputRequired()]
    )


@pytest.mark.parametrize(
    ("language", "message"), [("nl", "Vul dit in."), ("fr", "Ce champ est à remplir.")]
)
def test_messages_follow_the_language_of_the_page(app: Flask, language: str, message: str) -> None:
    with app.test_request_context(f"/{language}/"):
        form = TwoFields(MultiDict({"going_on": "no"}))
        form.validate()

        assert [(field.name, text) for field, text in form.problems()] == [("name", message)]


def test_problems_come_in_the_order_of_the_form(app: Flask) -> None:
    with app.test_request_context("/nl/"):
        form = TwoFields(MultiDict())
        form.validate()

        assert [field.name for field, _text in form.problems()] == ["name", "going_on"]
