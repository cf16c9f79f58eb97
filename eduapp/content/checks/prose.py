"""Every prose file against its shape: nothing missing, nothing over, the same in every language.

What the texts say is for `texts.py`, `links.py` and `words.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from eduapp.content.problems import meant
from eduapp.content.shapes import Form, shapes_of

if TYPE_CHECKING:
    from eduapp.content.problems import Problems
    from eduapp.content.prose_files import Block, Part
    from eduapp.content.shapes import BlockShape, PartShape, Shape
    from eduapp.content.sources import Sources

_WHY = {
    "why": "every knowledge question explains its right answer",
    "closing": "every opinion question closes with the same sentence, whatever the result",
    "discuss": "every question ends in something to talk about",
    "approval": "a benchmark question says what most people approve, without a number",
    "moments": "a poll says what to do if they laugh, ask who, or say a name",
    "screen": "a text step shows something on board and devices",
    "prompts": "a discussion shows what to talk about",
}

_YAML_OF = {
    "questions.md": "questions.yaml",
    "facts.md": "facts.yaml",
    "help.md": "help.yaml",
    "scenarios.md": "scenarios/",
    "themes.md": "themes.yaml",
}
"""Where the ids of a prose file come from."""


def check_prose(sources: Sources, problems: Problems) -> None:
    """Add what the prose files miss or have too much, beside the YAML and beside each other."""
    shapes = shapes_of(sources)
    for language in sources.languages:
        files = sources.prose[language]
        for path, shape in shapes.items():
            if path in files:
                _Comparison(sources, problems, language, path, shape).run()
            elif shape and f"{language}/{path}" not in sources.unread:
                problems.error(
                    sources.file(language, path),
                    1,
                    "the file is missing",
                    f"write it with the blocks {', '.join(shape)}",
                )
        for path in files:
            if path not in shapes and sources.is_whole(path.replace(".md", ".yaml")):
                problems.error(
                    files[path].file,
                    1,
                    "no YAML file goes with this prose",
                    f"{meant(path, shapes)}take it out",
                )


class _Comparison:
    """One prose file of one language against its shape and the other languages."""

    def __init__(
        self, sources: Sources, problems: Problems, language: str, path: str, shape: Shape
    ) -> None:
        self.sources = sources
        self.problems = problems
        self.language = language
        self.path = path
        self.shape = shape
        self.prose = sources.prose[language][path]
        self.others = [other for other in sources.languages if other != language]

    def run(self) -> None:
        is_known = self.sources.is_whole(_YAML_OF.get(self.path, self.path.replace(".md", ".yaml")))
        for name, block in self.prose.blocks.items():
            if name not in self.shape and is_known:
                self.problems.error(
                    self.prose.file,
                    block.line,
                    f"nothing uses the block `{name}`",
                    f"{meant(name, self.shape)}take it out{self._or_elsewhere(name)}",
                )
        for name, shape in self.shape.items():
            block_here = self.prose.blocks.get(name)
            if block_here is not None:
                self._block(block_here, shape)
            elif shape.languages is None or self.language in shape.languages:
                self.problems.error(
                    self.prose.file,
                    1,
                    f"the block `{name}` is missing{self._elsewhere(name, None)}",
                    f"add `## {name}` with {', '.join(f'`### {part}`' for part in shape.parts)}",
                )

    def _or_elsewhere(self, name: str) -> str:
        """Return what else to do with a block that nothing uses; no YAML names the papers."""
        known = f"; the papers are: {', '.join(self.shape)}"
        return known if self.path == "papers.md" else f", or add `{name}` to the YAML"

    def _block(self, block: Block, shape: BlockShape) -> None:
        for name, part in block.parts.items():
            if name not in shape.parts:
                self.problems.error(
                    self.prose.file,
                    part.line,
                    f"nothing uses the part `{name}` of `{block.id}`",
                    f"{meant(name, shape.parts)}take it out; "
                    f"`{block.id}` has: {', '.join(shape.parts)}",
                )
        for name, part_shape in shape.parts.items():
            part_here = block.parts.get(name)
            if part_here is not None and part_here.text:
                self._part(block.id, part_here, part_shape)
            elif part_here is not None:
                self.problems.error(
                    self.prose.file,
                    part_here.line,
                    f"the part `{name}` of `{block.id}` is empty",
                    "write its text",
                )
            elif part_shape.is_required or self._elsewhere(block.id, name):
                reason = f": {_WHY[name]}" if part_shape.is_required and name in _WHY else ""
                self.problems.error(
                    self.prose.file,
                    block.line,
                    f"`{block.id}` has no part `{name}`{self._elsewhere(block.id, name)}",
                    f"add `### {name}`{reason}",
                )

    def _elsewhere(self, block: str, part: str | None) -> str:
        """Return which language has what is missing here, as the end of a sentence."""
        for other in self.others:
            file = self.sources.prose[other].get(self.path)
            there = file.blocks.get(block) if file else None
            if there is not None and (part is None or part in there.parts):
                return f" (the translation: {other} has it)"
        return ""

    def _part(self, block: str, part: Part, shape: PartShape) -> None:
        if shape.form is Form.LIST:
            self._list(block, part, shape)
        elif shape.form is Form.MARKDOWN:
            self._outline(block, part)
        elif shape.form is Form.PLAIN and part.rest:
            self.problems.error(
                self.prose.file,
                part.line_of(part.rest),
                f"the part `{part.name}` of `{block}` is one plain paragraph",
                "join the paragraphs, or say less",
            )
        elif shape.form is Form.OPTION and shape.feedback and not part.rest:
            self.problems.error(
                self.prose.file,
                part.line,
                f"the part `{part.name}` of `{block}` has no feedback",
                "write a paragraph below the answer: kind, and clear about what is so",
            )
        elif shape.form is Form.OPTION and not shape.feedback and part.rest:
            self.problems.error(
                self.prose.file,
                part.line_of(part.rest),
                f"the part `{part.name}` of `{block}` has feedback, and an opinion gets none",
                "take the second paragraph out",
            )

    def _list(self, block: str, part: Part, shape: PartShape) -> None:
        items = part.items
        if items is None:
            self.problems.error(
                self.prose.file,
                part.first,
                f"the part `{part.name}` of `{block}` is a list",
                "begin each line with `- `",
            )
            return
        if shape.exactly is not None and len(items) != shape.exactly:
            self.problems.error(
                self.prose.file,
                part.line,
                f"the part `{part.name}` has {len(items)} sentences",
                f"write exactly {shape.exactly}",
            )
        for other in self.others:
            file = self.sources.prose[other].get(self.path)
            there = file.part(block, part.name) if file else None
            if there is not None and len(there.items or ()) > len(items):
                self.problems.error(
                    self.prose.file,
                    part.line,
                    f"the list `{part.name}` of `{block}` has {len(items)} items, "
                    f"in {other} {len(there.items or ())}",
                    "translate every item",
                )

    def _outline(self, block: str, part: Part) -> None:
        """What stands under a heading or in a list in one language stands there in every one."""
        heads, items = part.outline
        for other in self.others:
            file = self.sources.prose[other].get(self.path)
            there = file.part(block, part.name) if file else None
            heads_there, items_there = there.outline if there else (0, 0)
            if heads_there > heads or items_there > items:
                self.problems.error(
                    self.prose.file,
                    part.line,
                    f"`{part.name}` of `{block}` has {heads} headings and {items} list items, "
                    f"in {other} {heads_there} and {items_there}",
                    "translate what is missing, or take it out there",
                )
