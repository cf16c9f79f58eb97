"""Rules of scenarios: every node is there, can be reached, and leads to an end without circles.

Their words are for `prose.py` and `texts.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from eduapp.content.problems import meant

if TYPE_CHECKING:
    from eduapp.content.entries import Entry
    from eduapp.content.problems import Problems
    from eduapp.content.raw import RawNode, RawScenario
    from eduapp.content.sources import Sources


def check_scenarios(sources: Sources, problems: Problems) -> None:
    """Add what is wrong with the scenarios to `problems`."""
    for entry in sources.scenarios.values():
        nodes = {node.id: node for node in reversed(entry.raw.nodes)}
        if entry.raw.start not in nodes:
            problems.error(
                entry.file,
                entry.line("start"),
                f"the start `{entry.raw.start}` is no node",
                f"{meant(entry.raw.start, nodes)}write one of: {', '.join(sorted(nodes))}",
            )
        for position, node in enumerate(entry.raw.nodes):
            _check_node(entry, position, node, nodes, problems)
        _check_paths(entry, nodes, problems)


def _check_node(
    entry: Entry[RawScenario],
    position: int,
    node: RawNode,
    nodes: dict[str, RawNode],
    problems: Problems,
) -> None:
    line = entry.line("nodes", position)
    if nodes[node.id] is not node:
        problems.error(
            entry.file, line, f"the node `{node.id}` stands here twice", "give one another id"
        )
    kinds = sum((bool(node.choices), node.next is not None, node.end))
    if kinds == 0:
        problems.error(
            entry.file,
            line,
            f"the node `{node.id}` is a dead end",
            "add `choices: […]`, one good `next: …`, or `end: true`",
        )
    elif kinds > 1:
        problems.error(
            entry.file,
            line,
            f"the node `{node.id}` goes on in two ways",
            "keep one of `choices`, `next` and `end`",
        )
    _check_ways(entry, position, node, nodes, problems)


def _check_ways(
    entry: Entry[RawScenario],
    position: int,
    node: RawNode,
    nodes: dict[str, RawNode],
    problems: Problems,
) -> None:
    for way in node.ways:
        if way not in nodes:
            problems.error(
                entry.file,
                entry.line("nodes", position, "next" if way == node.next else "choices"),
                f"the node `{node.id}` leads to `{way}`, which is not there",
                f"{meant(way, nodes)}add a node `{way}`",
            )
    if len(set(node.ways)) < len(node.ways):
        problems.error(
            entry.file,
            entry.line("nodes", position, "choices"),
            f"two choices of `{node.id}` lead to the same node",
            "keep one of them",
        )


def _check_paths(entry: Entry[RawScenario], nodes: dict[str, RawNode], problems: Problems) -> None:
    reached: set[str] = set()
    open_path: list[str] = []
    circles: set[str] = set()

    def visit(name: str) -> None:
        if name in open_path:
            circles.add(name)
            return
        if name in reached or name not in nodes:
            return
        reached.add(name)
        open_path.append(name)
        for way in nodes[name].ways:
            visit(way)
        open_path.pop()

    visit(entry.raw.start)
    for position, node in enumerate(entry.raw.nodes):
        if node.id not in reached and entry.raw.start in nodes:
            problems.error(
                entry.file,
                entry.line("nodes", position),
                f"nothing leads to the node `{node.id}`",
                "let a choice or `next` lead to it, or take it out",
            )
        if node.id in circles:
            problems.error(
                entry.file,
                entry.line("nodes", position),
                f"the story comes back to `{node.id}` and goes in circles",
                "lead every way to an end",
            )
