"""Which blocks and parts each prose file has, following from the YAML files.

The checks compare every language with these shapes, and the readability test takes from them what
students read. Nothing is read here.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from eduapp.content.models import ActivityKind, QuestionKind, Reveal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from eduapp.content.prose_files import Part
    from eduapp.content.raw import RawActivity, RawModule, RawQuestion, RawScenario
    from eduapp.content.sources import Sources


class Form(StrEnum):
    """How the text of a part is written."""

    PLAIN = "plain"
    MARKDOWN = "markdown"
    LIST = "list"
    OPTION = "option"
    """A plain first paragraph, then feedback in Markdown."""


class Reader(StrEnum):
    """Who reads a part."""

    STUDENT = "student"
    TEACHER = "teacher"


@dataclass(frozen=True, slots=True)
class PartShape:
    """What a part must be: the length of a list (`exactly`), whether an option needs `feedback`."""

    form: Form
    reader: Reader = Reader.TEACHER
    is_required: bool = True
    exactly: int | None = None
    feedback: bool = False
    figures: bool = False
    """Whether the text may have figures of its own."""


@dataclass(frozen=True, slots=True)
class BlockShape:
    """The parts of a block. `bands` are the ages its students may have."""

    parts: dict[str, PartShape]
    bands: tuple[str, ...] = ()
    languages: tuple[str, ...] | None = None
    """The languages in which the block must be; None is all."""
    activities: tuple[str, ...] = field(default=())
    """The places on its page that a `#link` may point at."""


RESERVED = ("module", "curriculum")
"""Blocks that every module has, so that no activity may be called so."""

WITH_CARDS = frozenset({ActivityKind.SORT, ActivityKind.LINE, ActivityKind.REWRITE})

Shape = dict[str, BlockShape]

_PLAIN = PartShape(Form.PLAIN)
_TEACHER = PartShape(Form.MARKDOWN)
_TEACHER_LIST = PartShape(Form.LIST)
_LINE = PartShape(Form.PLAIN, Reader.STUDENT)
_SCREEN = PartShape(Form.MARKDOWN, Reader.STUDENT)
_LIST = PartShape(Form.LIST, Reader.STUDENT)
_CARD = PartShape(Form.OPTION, Reader.STUDENT, feedback=True)

MODULE_PARTS = {
    "title": _LINE,
    "summary": _PLAIN,
    "contains": _TEACHER_LIST,
    "content-line": _LINE,
    "goals": _TEACHER_LIST,
    "prepare": _TEACHER,
    "task": _SCREEN,
    "take-home": replace(_LIST, exactly=3),
    "class-sentences": replace(_LIST, exactly=5),
}
FACT_PARTS = {
    "sentence": replace(_LINE, figures=True),
    "population": replace(_LINE, figures=True),
}
FACT_BEFORE = {"sentence-before": replace(_LINE, figures=True)}
PAPERS = {
    "letter": {"title": _PLAIN, "text": _TEACHER},
    "ict": {"title": _PLAIN, "text": replace(_TEACHER, figures=True)},
    "never": {"title": _PLAIN, "text": _TEACHER},
    **{
        f"keep-{part}": {"title": _LINE, "text": _SCREEN}
        for part in ("safe", "unsafe", "what", "device")
    },
    "accessibility": {"title": _PLAIN, "text": replace(_TEACHER, figures=True)},
    "paths": {"title": _PLAIN, "text": _TEACHER},
}
"""The papers that go with every module; the one for the network has port numbers. Those to keep are
the page *what we keep*; the last one is the statement on accessibility."""
THEME_PARTS = {"title": _PLAIN, "said": _TEACHER, "teach": _TEACHER, "corrected": _TEACHER}
HELP_PARTS = {
    "name": replace(_LINE, figures=True),
    "for": replace(_LINE, figures=True),
    "first-minute": replace(_LINE, is_required=False),
}


def shapes_of(sources: Sources) -> dict[str, Shape]:
    """Return the shape of every prose file by its path in a language folder."""
    shapes = {
        "questions.md": _questions(sources),
        "scenarios.md": {
            name: BlockShape(_scenario_parts(entry.raw), _bands_of_scenario(sources, name))
            for name, entry in sources.scenarios.items()
        },
        "facts.md": {
            name: BlockShape(FACT_PARTS | (FACT_BEFORE if entry.raw.applies_on else {}))
            for name, entry in sources.facts.items()
        },
        "help.md": {
            name: BlockShape(HELP_PARTS, languages=tuple(entry.raw.languages))
            for name, entry in sources.help_lines.items()
        },
        "themes.md": {name: BlockShape(THEME_PARTS) for name in sources.themes},
        "papers.md": {name: BlockShape(parts) for name, parts in PAPERS.items()},
    }
    for name, entry in sources.modules.items():
        shapes[f"modules/{name}.md"] = _module(entry.raw)
    return shapes


def _module(module: RawModule) -> Shape:
    bands = tuple(module.bands)
    shape = {"module": BlockShape(MODULE_PARTS, bands, activities=_places(module, bands))}
    if module.curriculum:
        part = replace(_PLAIN, figures=True)
        shape["curriculum"] = BlockShape(dict.fromkeys(module.curriculum, part), bands)
    for activity in module.activities:
        if activity.id in RESERVED:
            continue
        ages = module.bands_of(activity)
        shape[activity.id] = BlockShape(
            _activity_parts(activity), ages, activities=_places(module, ages)
        )
    return shape


def _places(module: RawModule, bands: tuple[str, ...]) -> tuple[str, ...]:
    """Return the steps that all of these bands have on their page."""
    return tuple(a.id for a in module.activities if set(bands) <= set(module.bands_of(a)))


def _activity_parts(activity: RawActivity) -> dict[str, PartShape]:
    parts = {
        "title": _LINE,
        "screen": replace(_SCREEN, is_required=activity.kind is ActivityKind.TEXT),
        "say": _TEACHER,
        "moments": replace(_TEACHER, is_required=activity.kind is ActivityKind.POLL),
    }
    if activity.kind is ActivityKind.DISCUSSION or activity.kind in WITH_CARDS:
        parts["prompts"] = _LIST
    if activity.kind is ActivityKind.LINE:
        parts |= {"from": _LINE, "to": _LINE}
    parts |= {f"bin {name}": _LINE for name in activity.bins}
    parts |= {f"card {name}": _CARD for name in activity.cards}
    return parts


def _questions(sources: Sources) -> Shape:
    kinds = {entry.raw.kind for entry in sources.questions.values()}
    shape: Shape = {}
    for name, entry in sources.questions.items():
        shape[name] = BlockShape(_question_parts(entry.raw), _bands_of_question(sources, name))
    if QuestionKind.KNOWLEDGE in kinds:
        way_out = PartShape(Form.OPTION, Reader.STUDENT, feedback=True)
        shape["unsure"] = BlockShape({"option": way_out})
    if QuestionKind.OPINION in kinds:
        shape["skip"] = BlockShape({"option": PartShape(Form.OPTION, Reader.STUDENT)})
    return shape


def _question_parts(question: RawQuestion) -> dict[str, PartShape]:
    is_knowledge = question.kind is QuestionKind.KNOWLEDGE
    option = PartShape(Form.OPTION, Reader.STUDENT, feedback=is_knowledge)
    parts = {"question": _LINE}
    parts |= {f"option {name}": option for name in question.options}
    if is_knowledge:
        parts["why"] = _SCREEN
    else:
        parts["closing"] = _SCREEN
        if question.reveal is Reveal.BENCHMARK:
            parts["approval"] = _SCREEN
    parts["discuss"] = _LINE
    return parts


def _scenario_parts(scenario: RawScenario) -> dict[str, PartShape]:
    parts = {"title": _LINE}
    for node in scenario.nodes:
        parts[f"node {node.id}"] = _SCREEN
        parts |= {f"choice {name}": _LINE for name in node.choices or ()}
        if node.next:
            parts[f"next {node.next}"] = _LINE
    return parts


def _bands_of_question(sources: Sources, name: str) -> tuple[str, ...]:
    return bands_that_meet(sources, lambda activity: activity.question == name)


def _bands_of_scenario(sources: Sources, name: str) -> tuple[str, ...]:
    return bands_that_meet(sources, lambda activity: activity.scenario == name)


def bands_that_meet(sources: Sources, is_met: Callable[[RawActivity], bool]) -> tuple[str, ...]:
    """Return the bands of every activity, in any module, of which `is_met` is true."""
    modules = [entry.raw for entry in sources.modules.values()]
    found = {
        band
        for module in modules
        for activity in module.activities
        if is_met(activity)
        for band in module.bands_of(activity)
    }
    return tuple(sorted(found))


def is_legal(activity: RawActivity, sources: Sources) -> bool:
    """Say whether a step makes a claim about law: by itself, or by what it asks or tells."""
    question = sources.questions.get(activity.question or "")
    scenario = sources.scenarios.get(activity.scenario or "")
    return (
        activity.legal
        or (question is not None and question.raw.legal)
        or (scenario is not None and scenario.raw.legal)
    )


@dataclass(frozen=True, slots=True)
class Found:
    """A part that stands in a prose file, with what it should be."""

    language: str
    file: str
    path: str
    block: str
    part: Part
    shape: PartShape
    within: BlockShape

    @property
    def plain_texts(self) -> tuple[str, ...]:
        """Return the pieces that are shown as they are, without Markdown."""
        if self.shape.form is Form.LIST:
            return self.part.items or ()
        return () if self.shape.form is Form.MARKDOWN else (self.part.lead,)

    @property
    def markdown(self) -> str:
        """Return the piece that is Markdown, or an empty text."""
        if self.shape.form is Form.OPTION:
            return self.part.rest
        return self.part.text if self.shape.form is Form.MARKDOWN else ""


def walk(sources: Sources) -> Iterator[Found]:
    """Yield every part of every language that has a place in the shapes."""
    for path, shape in shapes_of(sources).items():
        for language, files in sources.prose.items():
            if path not in files:
                continue
            for name, block in files[path].blocks.items():
                within = shape.get(name)
                for part in block.parts.values() if within else ():
                    if within and part.name in within.parts:
                        yield Found(
                            language,
                            files[path].file,
                            path,
                            name,
                            part,
                            within.parts[part.name],
                            within,
                        )
