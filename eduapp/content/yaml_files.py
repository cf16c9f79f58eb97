"""Reading one YAML file into plain values that know their line.

YAML 1.2 by ruamel.yaml, composed to nodes so that every key has a line and doubled keys are all
found. What the values should be is said in `raw.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

if TYPE_CHECKING:
    from pathlib import Path

    from eduapp.content.problems import Problems

Where = tuple[str | int, ...]
"""The way to a value: keys of mappings, positions in lists."""


@dataclass(slots=True)
class Tree:
    """The values of one file, with the line of each."""

    file: str
    data: object = None
    lines: dict[Where, int] = field(default_factory=dict)

    def line(self, *path: str | int) -> int:
        """Return the line of the value at a path, or of the nearest value around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def read_text(path: Path, file: str, problems: Problems) -> str | None:
    """Return the text of a file, or None with a problem."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        problems.error(file, 1, "the file is not UTF-8", "save it again as UTF-8")
    except OSError as error:
        problems.error(file, 1, f"the file cannot be read ({error.strerror})", "make it readable")
    return None


def read_yaml(path: Path, file: str, problems: Problems) -> Tree | None:
    """Return the values of a YAML file, or None with a problem where it is no YAML."""
    text = read_text(path, file, problems)
    return None if text is None else parse_yaml(text, file, problems)


def parse_yaml(text: str, file: str, problems: Problems) -> Tree | None:
    """Return the values of YAML text, or None with a problem where it is no YAML."""
    yaml = YAML(typ="safe", pure=True)
    try:
        node = yaml.compose(text)
        tree = Tree(file)
        tree.data = _Reader(yaml, tree, problems).value(node, ()) if node is not None else None
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problems.error(
            file,
            mark.line + 1 if mark else 1,
            f"this is not YAML: {error.problem or error.context}",
            "look at the spaces, colons and quotes around this line",
        )
    except (YAMLError, RecursionError) as error:
        problems.error(
            file,
            1,
            f"this is not YAML: {str(error).splitlines()[0] if str(error) else 'nested too deep'}",
            "look for odd characters and unclosed brackets",
        )
    else:
        return tree
    return None


@dataclass(slots=True)
class _Reader:
    yaml: YAML
    tree: Tree
    problems: Problems
    seen: set[int] = field(default_factory=set)

    def value(self, node: Node, path: Where) -> object:
        line = node.start_mark.line + 1
        self.tree.lines.setdefault(path, line)
        if id(node) in self.seen:
            self.problems.error(
                self.tree.file, line, "this is a YAML alias (`*name`)", "write the value out"
            )
            return None
        self.seen.add(id(node))
        if isinstance(node, MappingNode):
            return self._mapping(node, path)
        if isinstance(node, SequenceNode):
            return [self.value(item, (*path, i)) for i, item in enumerate(node.value)]
        assert isinstance(node, ScalarNode)  # noqa: S101 - YAML knows three kinds of node
        try:
            value: object = self.yaml.constructor.construct_object(node)
        except ValueError:
            # Looks like a date and is none: as text it will be refused where a date belongs.
            return str(node.value)
        return value

    def _mapping(self, node: MappingNode, path: Where) -> dict[str, object]:
        values: dict[str, object] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            key = str(key_node.value) if isinstance(key_node, ScalarNode) else "?"
            if key in values:
                self.problems.error(
                    self.tree.file,
                    line,
                    f"the key `{key}` stands here twice",
                    "keep one of the two",
                )
                continue
            self.tree.lines[*path, key] = line
            values[key] = self.value(value_node, (*path, key))
        return values
