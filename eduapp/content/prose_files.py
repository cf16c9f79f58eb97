"""Reading one prose file: `## id` begins a block, `### part` a part, the text below is its text.

Every part knows its line. What the texts may say, and which blocks belong in a file, is checked
elsewhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from eduapp.content.yaml_files import read_text

if TYPE_CHECKING:
    from pathlib import Path

    from eduapp.content.problems import Problems

_HEADING = re.compile(r"(#{1,3})(?!#)(.*)")
_ITEM = re.compile(r"(?:[-*]|\d{1,2}\.)\s+(.*)")
_HEAD = re.compile(r"#{4,}[ ].+|\*\*[^*]+(?:\*\*|[.?!:”»]\*\*.*)")


@dataclass(frozen=True, slots=True)
class Part:
    """The text of a part without blank lines around it; `first` is the line where it begins."""

    name: str
    line: int
    text: str
    first: int

    def line_at(self, position: int) -> int:
        """Return the line of a character of the text."""
        return self.first + self.text.count("\n", 0, max(position, 0))

    def line_of(self, piece: str) -> int:
        """Return the line where a piece of the text stands first."""
        return self.line_at(self.text.find(piece))

    @property
    def lead(self) -> str:
        """Return the first paragraph on one line."""
        return " ".join(re.split(r"\n[ \t]*\n", self.text, maxsplit=1)[0].split())

    @property
    def rest(self) -> str:
        """Return what follows the first paragraph."""
        pieces = re.split(r"\n[ \t]*\n", self.text, maxsplit=1)
        return pieces[1].strip() if len(pieces) > 1 else ""

    @property
    def items(self) -> tuple[str, ...] | None:
        """Return the items of a part that is one list, each on one line; None for anything else."""
        items: list[str] = []
        for line in self.text.split("\n"):
            if start := _ITEM.fullmatch(line.rstrip()):
                items.append(start[1].strip())
            elif line.strip() and line[0] in " \t" and items:
                items[-1] = f"{items[-1]} {line.strip()}"
            elif line.strip():
                return None
        return tuple(items)

    @property
    def outline(self) -> tuple[int, int]:
        """Return how many headings (or bold sentences at the start of a line) and list items."""
        lines = [line.strip() for line in self.text.split("\n")]
        return (
            sum(_HEAD.fullmatch(line) is not None for line in lines),
            sum(_ITEM.fullmatch(line) is not None for line in lines),
        )


@dataclass(slots=True)
class Block:
    """The parts below one `## id`, by name."""

    id: str
    line: int
    parts: dict[str, Part] = field(default_factory=dict)


@dataclass(slots=True)
class ProseFile:
    """The blocks of one file, by id."""

    file: str
    blocks: dict[str, Block] = field(default_factory=dict)

    def part(self, block: str, part: str) -> Part | None:
        """Return a part, or None where the file has no such block or part."""
        found = self.blocks.get(block)
        return found.parts.get(part) if found else None

    def text(self, block: str, part: str) -> str:
        """Return the text of a part that the check has found to be there."""
        return self.blocks[block].parts[part].text


def read_prose(path: Path, file: str, problems: Problems) -> ProseFile | None:
    """Return the blocks of a prose file, or None where it cannot be read."""
    text = read_text(path, file, problems)
    return None if text is None else parse_prose(text, file, problems)


def parse_prose(text: str, file: str, problems: Problems) -> ProseFile:
    """Return the blocks of a prose text; what stands outside a part or comes twice is a problem."""
    parser = _Parser(ProseFile(file), problems)
    for number, line in enumerate(text.split("\n"), start=1):
        parser.take(number, line)
    parser.finish_part()
    return parser.prose


@dataclass(slots=True)
class _Parser:
    prose: ProseFile
    problems: Problems
    block: Block | None = None
    name: str | None = None
    name_line: int = 0
    lines: list[str] = field(default_factory=list)

    def take(self, number: int, line: str) -> None:
        heading = _HEADING.fullmatch(line.rstrip())
        if heading is None:
            self._text(number, line)
            return
        level, title = len(heading[1]), " ".join(heading[2].split())
        if level == 1 or not heading[2].startswith((" ", "\t")) or not title:
            self.problems.error(
                self.prose.file,
                number,
                f"`{line.strip()}` is no heading that this file knows",
                "write `## id` for a block, `### part` for a part, "
                "`#### words` for a heading in a text",
            )
        elif level == 2:  # noqa: PLR2004 - the number of signs in `## id`
            self._open_block(number, title)
        else:
            self._open_part(number, title)

    def _text(self, number: int, line: str) -> None:
        if self.name is not None:
            self.lines.append(line)
        elif line.strip():
            self.problems.error(
                self.prose.file,
                number,
                "this text belongs to no part",
                "put `### part` above it, or take it out",
            )

    def _open_block(self, number: int, title: str) -> None:
        self.finish_part()
        self.block = Block(title, number)
        first = self.prose.blocks.setdefault(title, self.block)
        if first is not self.block:
            self.problems.error(
                self.prose.file,
                number,
                f"the block `{title}` stands here twice",
                f"join it with the one on line {first.line}",
            )

    def _open_part(self, number: int, title: str) -> None:
        self.finish_part()
        if self.block is None:
            self.problems.error(
                self.prose.file,
                number,
                f"the part `{title}` is in no block",
                "put `## id` above it",
            )
        self.name, self.name_line = title, number

    def finish_part(self) -> None:
        """Close the part that is being read."""
        name, lines = self.name, self.lines
        self.name, self.lines = None, []
        if name is None or self.block is None:
            return
        blank = next((i for i, line in enumerate(lines) if line.strip()), len(lines))
        part = Part(
            name, self.name_line, "\n".join(lines[blank:]).strip(), self.name_line + 1 + blank
        )
        first = self.block.parts.setdefault(name, part)
        if first is not part:
            self.problems.error(
                self.prose.file,
                part.line,
                f"the part `{name}` stands in `{self.block.id}` twice",
                f"join it with the one on line {first.line}",
            )
