"""Every lesson file of a folder, read but not yet joined: YAML by id, prose by language.

Doubled ids and files in the wrong place are found here, because only here the files are still
apart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from babel import Locale, UnknownLocaleError

from eduapp.content.entries import Entry, read_entry, read_list
from eduapp.content.prose_files import ProseFile, read_prose
from eduapp.content.raw import (
    Raw,
    RawBlocked,
    RawFact,
    RawHelpLine,
    RawModule,
    RawQuestion,
    RawScenario,
    RawTheme,
)
from eduapp.content.yaml_files import read_yaml

if TYPE_CHECKING:
    from pathlib import Path

    from eduapp.content.problems import Problems
    from eduapp.content.yaml_files import Tree

R = TypeVar("R", bound=Raw)
Entries = dict[str, Entry[R]]

_STRUCTURE_FOLDERS = {"modules", "scenarios"}
_STRUCTURE_FILES = {
    "questions.yaml",
    "facts.yaml",
    "help.yaml",
    "themes.yaml",
    "blocked.yaml",
}


@dataclass(slots=True)
class Sources:
    """What the files say; a path in `prose[language]` is like `questions.md` or `modules/m4.md`."""

    name: str
    languages: tuple[str, ...]
    modules: Entries[RawModule] = field(default_factory=dict)
    questions: Entries[RawQuestion] = field(default_factory=dict)
    scenarios: Entries[RawScenario] = field(default_factory=dict)
    facts: Entries[RawFact] = field(default_factory=dict)
    help_lines: Entries[RawHelpLine] = field(default_factory=dict)
    themes: Entries[RawTheme] = field(default_factory=dict)
    blocked: Entry[RawBlocked] | None = None
    prose: dict[str, dict[str, ProseFile]] = field(default_factory=dict)
    files: tuple[str, ...] = ()
    """Every file below the folder, as paths from the folder."""
    unread: set[str] = field(default_factory=set)
    """The YAML files of which something could not be read; what they lack proves nothing."""

    def file(self, language: str, path: str) -> str:
        """Return the name of a prose file as problems say it."""
        return f"{self.name}/{language}/{path}"

    def speaks(self, line: str, language: str) -> bool:
        """Say whether a help line is there in a language: by its YAML, or by having words in it."""
        entry, words = self.help_lines.get(line), self.prose[language].get("help.md")
        has_words = words is not None and line in words.blocks
        return entry is not None and (language in entry.raw.languages or has_words)

    def is_whole(self, path: str) -> bool:
        """Say whether all of a YAML file, or of a folder of them, could be read."""
        return not any(unread.startswith(path) for unread in self.unread)


def read_sources(folder: Path, problems: Problems) -> Sources:
    """Return what the files of a folder say, as far as it can be read; the rest are problems."""
    name = folder.resolve().name
    if not folder.is_dir():
        problems.error(name, 1, f"{folder} is no folder", "name the folder with the lesson files")
        return Sources(name, (), unread={"modules/", "help.yaml"})
    sources = Sources(name, _languages(folder, name, problems))
    sources.files = tuple(
        sorted(
            path.relative_to(folder).as_posix()
            for path in folder.rglob("*")
            if path.is_file() and not path.name.startswith(".") and not path.name.endswith("~")
        )
    )
    reading = _Reading(folder, sources, problems)
    sources.modules = reading.one_per_file(RawModule, "modules")
    sources.scenarios = reading.one_per_file(RawScenario, "scenarios")
    sources.questions = reading.many(RawQuestion, "questions.yaml")
    sources.facts = reading.many(RawFact, "facts.yaml")
    sources.help_lines = reading.many(RawHelpLine, "help.yaml")
    sources.themes = reading.many(RawTheme, "themes.yaml")
    tree = reading.tree("blocked.yaml")
    sources.blocked = read_entry(RawBlocked, tree, problems) if tree else None
    for language in sources.languages:
        sources.prose[language] = reading.prose(language)
    _refuse_strays(sources, problems)
    return sources


def _languages(folder: Path, name: str, problems: Problems) -> tuple[str, ...]:
    """Return the languages that have a folder; any other folder is a problem."""
    found: list[str] = []
    for path in sorted(folder.iterdir()):
        if not path.is_dir() or path.name in _STRUCTURE_FOLDERS or path.name.startswith("."):
            continue
        try:
            Locale.parse(path.name if re.fullmatch("[a-z]{2}", path.name) else "?")
        except (UnknownLocaleError, ValueError):
            problems.error(
                f"{name}/{path.name}",
                1,
                "this folder is no language",
                "name it like nl or fr, or move it",
            )
        else:
            found.append(path.name)
    if not found:
        problems.error(name, 1, "there is no language", "make a folder like nl with prose files")
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Reading:
    folder: Path
    sources: Sources
    problems: Problems

    def tree(self, path: str) -> Tree | None:
        file = f"{self.sources.name}/{path}"
        if (self.folder / path).is_file():
            tree = read_yaml(self.folder / path, file, self.problems)
        else:
            tree = None
            do = "make it (`docs/authoring.md` shows how)"
            self.problems.error(file, 1, "the file is missing", do)
        if tree is None:
            self.sources.unread.add(path)
        return tree

    def one_per_file(self, model: type[R], where: str) -> Entries[R]:
        entries: Entries[R] = {}
        paths = (self.folder / where).glob("*.yaml")
        for path in sorted(paths, key=lambda path: _natural(path.name)):
            tree = self.tree(f"{where}/{path.name}")
            entry = read_entry(model, tree, self.problems) if tree else None
            if entry is None:
                self.sources.unread.add(f"{where}/{path.name}")
                continue
            if _id(entry) != path.stem:
                self.problems.error(
                    entry.file,
                    entry.line("id"),
                    f"the id `{_id(entry)}` is not the name of the file",
                    f"write `id: {path.stem}`, or rename the file",
                )
            entries.setdefault(_id(entry), entry)
        return entries

    def many(self, model: type[R], file: str) -> Entries[R]:
        tree = self.tree(file)
        found = read_list(model, tree, self.problems) if tree else ()
        if tree and len(found) != (len(tree.data) if isinstance(tree.data, list) else -1):
            self.sources.unread.add(file)
        entries: Entries[R] = {}
        for entry in found:
            first = entries.setdefault(_id(entry), entry)
            if first is not entry:
                self.problems.error(
                    entry.file,
                    entry.line("id"),
                    f"the id `{_id(entry)}` is there twice",
                    f"give one of them another id; the first is on line {first.line('id')}",
                )
        return entries

    def prose(self, language: str) -> dict[str, ProseFile]:
        files: dict[str, ProseFile] = {}
        for path in sorted((self.folder / language).rglob("*.md")):
            relative = path.relative_to(self.folder / language).as_posix()
            prose = read_prose(path, self.sources.file(language, relative), self.problems)
            if prose is None:
                self.sources.unread.add(f"{language}/{relative}")
            else:
                files[relative] = prose
        return files


def _refuse_strays(sources: Sources, problems: Problems) -> None:
    """A file that nobody reads is a file that an author believes in."""
    known = _STRUCTURE_FOLDERS | set(sources.languages)
    for path in sources.files:
        folder, _, rest = path.partition("/")
        is_read = (
            path in _STRUCTURE_FILES
            or (folder in _STRUCTURE_FOLDERS and re.fullmatch(r"[^/]+\.yaml", rest))
            or (folder in sources.languages and rest.endswith(".md"))
        )
        is_readme = not rest and path.endswith(".md")
        is_elsewhere = rest and folder not in known
        if not (is_read or is_readme or is_elsewhere):
            problems.error(
                f"{sources.name}/{path}", 1, "nothing reads this file", "rename it, or take it out"
            )


def _id(entry: Entry[R]) -> str:
    return str(getattr(entry.raw, "id"))  # noqa: B009 - every model that is listed has an id


def _natural(text: str) -> list[tuple[int, str]]:
    """Return a key by which m2 comes before m10."""
    return [(int(piece) if piece.isdigit() else 0, piece) for piece in re.split(r"(\d+)", text)]
