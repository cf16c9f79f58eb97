"""From the plain values of a YAML file to raw models that know their lines.

What pydantic finds becomes a problem with the line of the key and what to write instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from eduapp.content.problems import meant

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from eduapp.content.problems import Problems
    from eduapp.content.yaml_files import Tree, Where

R = TypeVar("R", bound=BaseModel)

_SHOULD_BE = {
    "string_type": "a text; put it in quotes if it looks like a number or yes/no",
    "int_type": "a whole number",
    "float_type": "a number",
    "bool_type": "`true` or `false`",
    "list_type": "a list, like [a, b]",
    "date_type": "a date like 2026-11-22",
    "model_type": "keys with values",
}


@dataclass(frozen=True, slots=True)
class Entry(Generic[R]):
    """A raw model, with the file and lines it was read from."""

    raw: R
    tree: Tree
    prefix: Where = ()

    @property
    def file(self) -> str:
        """Return the file as problems name it."""
        return self.tree.file

    def line(self, *path: str | int) -> int:
        """Return the line of a key of this entry, or of the entry itself."""
        return self.tree.line(*self.prefix, *path)


def read_entry(
    model: type[R], tree: Tree, problems: Problems, prefix: Where = ()
) -> Entry[R] | None:
    """Return the entry that stands at `prefix` in a file, or None with its problems."""
    data: Any = tree.data
    for step in prefix:
        data = data[step]
    try:
        return Entry(model.model_validate(data), tree, prefix)
    except ValidationError as error:
        for detail in error.errors():
            what, do = _explain(model, detail)
            problems.error(tree.file, tree.line(*prefix, *detail["loc"]), what, do)
        return None


def read_list(model: type[R], tree: Tree, problems: Problems) -> tuple[Entry[R], ...]:
    """Return the entries of a file that is a list; one bad entry hides no other."""
    if tree.data is None:
        return ()
    if not isinstance(tree.data, list):
        problems.error(
            tree.file, 1, "this file should be a list", "begin each entry with `- id: …`"
        )
        return ()
    found = (read_entry(model, tree, problems, (i,)) for i in range(len(tree.data)))
    return tuple(entry for entry in found if entry is not None)


def _explain(model: type[BaseModel], detail: ErrorDetails) -> tuple[str, str]:
    kind, where = detail["type"], detail["loc"]
    key = next((str(step) for step in reversed(where) if isinstance(step, str)), "entry")
    given = _short(detail["input"])
    if kind == "missing":
        return f"the key `{key}` is missing", f"add `{key}: …`"
    if kind == "extra_forbidden":
        known = _fields(model, where[:-1])
        return (
            f"the key `{key}` is not known here",
            f"{meant(key, known)}take it out; known are: {', '.join(sorted(known))}",
        )
    if kind in _SHOULD_BE:
        return f"`{key}` is {given}", f"make it {_SHOULD_BE[kind]}"
    if kind in {"enum", "literal_error"}:
        return f"`{key}` is {given}", f"write one of: {detail['ctx']['expected']}"
    if kind == "string_pattern_mismatch":
        return f"`{key}` is {given}", _pattern_help(key)
    return f"`{key}` is {given}", _limit_help(detail)


def _limit_help(detail: ErrorDetails) -> str:
    limits = detail.get("ctx", {})
    if "ge" in limits:
        return f"write {limits['ge']} or more"
    if "le" in limits:
        return f"write {limits['le']} or less"
    if "min_length" in limits:
        return "write something here"
    return detail["msg"][0].lower() + detail["msg"][1:]


def _short(value: object) -> str:
    if value is None:
        return "empty"
    text = repr(value)
    return text if len(text) <= 40 else f"{text[:39]}…"  # noqa: PLR2004 - half a terminal line


def _pattern_help(key: str) -> str:
    if key in {"source", "url"}:
        return "write a whole address that begins with https:// and has no spaces"
    if key == "phone":
        return "write digits and spaces only, like 116 000"
    if key == "hashed":
        return "write the 64 small hexadecimal characters of a SHA-256"
    return (
        "use letters and digits with single dashes: m4, quiz-1; "
        "questions and facts in capitals: K12"
    )


def _fields(model: type[BaseModel], where: Where) -> set[str]:
    """Return the known keys of the model that stands at a place inside `model`."""
    for step in where:
        if isinstance(step, str) and step in model.model_fields:
            inner = _model_in(model.model_fields[step].annotation)
            model = inner or model
    return set(model.model_fields)


def _model_in(annotation: object) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model_in(part))), None)
