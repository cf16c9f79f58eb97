"""Every shipped language has every message, whole and up to date with the code."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

if TYPE_CHECKING:
    from collections.abc import Iterator

    from babel.messages.catalog import Catalog, Message

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = sorted(path.parents[1].name for path in ROOT.glob("translations/*/LC_MESSAGES/*.po"))
KEYWORDS = {
    "_": None,
    "_l": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "lazy_ngettext": (1, 2),
}
PLACEHOLDER = re.compile(r"%(?:\((\w+)\))?[a-z]")
MARKUP = re.compile(r"</?\w+[^<>]*>|&\w+;")
FRENCH_TIGHT = re.compile(r"[^\W\d_][:;!?»](?:\s|$)|«\S|[ ][:;!?»]|«[ ]")
"""French keeps a space before : ; ! ? » and after «, and that space may not break."""


def catalogue(language: str) -> Catalog:
    with (ROOT / "translations" / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=language)


def messages(language: str) -> Iterator[Message]:
    return (message for message in catalogue(language) if message.id)


def texts(value: object) -> list[str]:
    return [value] if isinstance(value, str) else list(value) if isinstance(value, tuple) else []


def placeholders(value: object) -> set[str]:
    return {found.group() for text in texts(value) for found in PLACEHOLDER.finditer(text)}


def messages_of_the_code() -> set[object]:
    with (ROOT / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]
    return {
        message
        for _, _, message, _, _ in extract_from_dir(ROOT, methods, options, keywords=KEYWORDS)
    }


@pytest.fixture(scope="module")
def wanted() -> set[object]:
    return messages_of_the_code()


def test_dutch_and_french_are_shipped() -> None:
    assert {"nl", "fr"} <= set(SHIPPED)


@pytest.mark.parametrize("language", SHIPPED)
def test_a_catalogue_holds_exactly_the_messages_of_the_code(
    language: str, wanted: set[object]
) -> None:
    held = {message.id for message in messages(language)}

    assert not wanted - held, "run `make messages` and translate what is new"
    assert not held - wanted, "run `make messages`: the code no longer says this"


@pytest.mark.parametrize("language", SHIPPED)
def test_every_message_is_translated(language: str) -> None:
    untranslated = [
        message.id for message in messages(language) if not all(texts(message.string) or [""])
    ]
    unsure = [message.id for message in messages(language) if message.fuzzy]

    assert not untranslated
    assert not unsure


@pytest.mark.parametrize("language", SHIPPED)
def test_every_plural_has_all_forms_of_its_language(language: str) -> None:
    forms = catalogue(language).num_plurals

    few = [m.id for m in messages(language) if m.pluralizable and len(texts(m.string)) != forms]

    assert not few


@pytest.mark.parametrize("language", SHIPPED)
def test_a_translation_keeps_the_placeholders(language: str) -> None:
    differing = [
        (message.id, message.string)
        for message in messages(language)
        # "One device" may leave the number out; nothing may come in.
        if not placeholders(message.string) <= placeholders(message.id)
        or (not message.pluralizable and placeholders(message.string) != placeholders(message.id))
    ]

    assert not differing


@pytest.mark.parametrize("language", SHIPPED)
def test_no_message_holds_markup(language: str) -> None:
    marked = [
        text
        for message in messages(language)
        for text in [*texts(message.id), *texts(message.string)]
        if MARKUP.search(text)
    ]

    assert not marked


def test_french_signs_keep_their_space() -> None:
    wrong = [
        text
        for message in messages("fr")
        for text in texts(message.string)
        if FRENCH_TIGHT.search(text)
    ]

    assert not wrong
