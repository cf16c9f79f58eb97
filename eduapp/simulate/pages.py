"""What a program needs to know of a page: its forms, its heading and the results it shows.

Reads HTML text into frozen values. No network, and no knowledge of how a page is styled beyond the
names that `docs/http.md` lists.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track"}
)
_BETWEEN = {"result__words": " – ", "result__fraction": ", ", "result__when": " · "}
"""What stands between the parts of one row of results."""
_STATE = re.compile(r"/state/([A-Za-z0-9_-]{12})(?![A-Za-z0-9_-])")
_VERSION = re.compile(r"""\bdata-version=["']?(\d+)""")
_CODE = re.compile(r"/(?:class|board|j)/([A-Z]{9})(?![A-Za-z])")


@dataclass(frozen=True, slots=True)
class Form:
    """One form as a browser would send it when nothing is touched, and what it offers to choose."""

    action: str
    method: str
    fields: tuple[tuple[str, str], ...]
    choices: tuple[tuple[str, str], ...]
    """Radio buttons, as (name, value) in page order."""
    required_ticks: tuple[tuple[str, str], ...]
    """Boxes that must be ticked."""
    buttons: tuple[tuple[str, str], ...]
    """Named submit buttons, in page order."""

    def has(self, name: str) -> bool:
        """Say whether the form has a field, a radio button or a button of this name."""
        return any(name == known for known, _ in (*self.fields, *self.choices, *self.buttons))

    def value(self, name: str) -> str:
        """Return what stands in a field. Raises `KeyError` when there is none of this name."""
        return dict(self.fields)[name]

    def values(self, name: str) -> tuple[str, ...]:
        """Return the values that radio buttons of this name offer, in page order."""
        return tuple(value for known, value in self.choices if known == name)

    def filled(self, **values: str) -> dict[str, str]:
        """Return what is sent when these fields are filled and every required box is ticked."""
        return {**dict(self.fields), **dict(self.required_ticks), **values}


@dataclass(frozen=True, slots=True)
class Page:
    """What was found on one page."""

    heading: str
    forms: tuple[Form, ...]
    results: tuple[str, ...]
    """The rows of the results on show, as words."""
    public_id: str | None
    """Of the class session whose state document the page follows."""
    version: int | None
    """Of the state that the page was made from."""
    code: str | None
    """The first join code that an address on the page contains."""

    def form_to(self, ending: str) -> Form | None:
        """Return the first form whose address ends so, or None."""
        return next((form for form in self.forms if _path(form.action).endswith(ending)), None)

    def forms_to(self, ending: str) -> tuple[Form, ...]:
        """Return every form whose address ends so."""
        return tuple(form for form in self.forms if _path(form.action).endswith(ending))


def read_page(html: str, address: str) -> Page:
    """Return what a page says; `address` is where it was found, for forms that name none."""
    reader = _Reader(address)
    reader.feed(html)
    reader.close()
    state, version, code = (known.search(html) for known in (_STATE, _VERSION, _CODE))
    return Page(
        heading=_tidy(reader.heading),
        forms=tuple(form.done() for form in reader.forms),
        results=tuple(filter(None, map(_tidy, reader.rows))),
        public_id=state.group(1) if state else None,
        version=int(version.group(1)) if version else None,
        code=code.group(1) if code else None,
    )


def _tidy(text: str) -> str:
    return " ".join(text.split()).replace(" ,", ",")


def _path(action: str) -> str:
    return action.split("?", 1)[0].split("#", 1)[0]


@dataclass(slots=True)
class _OpenForm:
    action: str
    method: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    choices: list[tuple[str, str]] = field(default_factory=list)
    ticks: list[tuple[str, str]] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    def add(self, tag: str, at: dict[str, str]) -> None:
        name, value, kind = at.get("name", ""), at.get("value", ""), at.get("type", "").lower()
        if not name or "disabled" in at:
            return
        if tag == "button" or kind in {"submit", "image"}:
            self.buttons.append((name, value))
        elif kind == "radio":
            self.choices.append((name, value))
            if "checked" in at:
                self.fields.append((name, value))
        elif kind == "checkbox":
            if "checked" in at:
                self.fields.append((name, value or "on"))
            elif "required" in at:
                self.ticks.append((name, value or "on"))
        elif tag == "input":
            self.fields.append((name, value))

    def done(self) -> Form:
        return Form(
            self.action,
            self.method,
            tuple(self.fields),
            tuple(self.choices),
            tuple(self.ticks),
            tuple(self.buttons),
        )


class _Reader(HTMLParser):
    """Walks once through a page; keeps the depth to know where a results block ends."""

    def __init__(self, address: str) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[_OpenForm] = []
        self.heading = ""
        self.rows: list[str] = []
        self._address = address
        self._by_id: dict[str, _OpenForm] = {}
        self._form: _OpenForm | None = None
        self._in_heading = False
        self._depth = 0
        self._results_depth = 0
        self._row_depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = {name: value or "" for name, value in attrs}
        if tag not in _VOID:
            self._depth += 1
        if tag == "form":
            self._form = _OpenForm(
                at.get("action") or self._address, at.get("method", "get").lower()
            )
            self.forms.append(self._form)
            if "id" in at:
                self._by_id[at["id"]] = self._form
        elif tag in {"input", "button"}:
            form = self._by_id.get(at["form"]) if "form" in at else self._form
            if form is not None:
                form.add(tag, at)
        elif tag == "h1":
            self._in_heading = True
        self._watch_results(tag, at.get("class", "").split())

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        if tag == "form":
            self._form = None
        elif tag == "h1":
            self._in_heading = False
        if self._depth == self._row_depth:
            self._row_depth = 0
        if self._depth == self._results_depth:
            self._results_depth = 0
        self._depth -= 1

    def handle_data(self, data: str) -> None:
        if self._in_heading:
            self.heading += data
        if self._row_depth:
            self.rows[-1] += data

    def _watch_results(self, tag: str, classes: list[str]) -> None:
        if not self._results_depth and "result" in classes:
            self._results_depth = self._depth
        elif (
            self._results_depth
            and not self._row_depth
            and (tag in {"tr", "li"} or "result__row" in classes)
        ):
            self._row_depth = self._depth
            self.rows.append("")
        elif self._row_depth:
            self.rows[-1] += next((_BETWEEN[name] for name in classes if name in _BETWEEN), " ")
