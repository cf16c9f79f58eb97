"""From checked sources to the values of `models.py`.

Runs only after the check has found no error, so everything that is named exists; no rule is
checked here.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from eduapp.content.facts import population_of, sentence_of
from eduapp.content.models import (
    Activity,
    ActivityId,
    ActivityKind,
    Bin,
    Card,
    Content,
    Deck,
    Fact,
    FactId,
    HelpLine,
    Module,
    ModuleId,
    Option,
    OptionId,
    Paper,
    Prose,
    Question,
    QuestionId,
    QuestionKind,
    Reveal,
    Scenario,
    ScenarioChoice,
    ScenarioNode,
    TextLists,
    Texts,
    Theme,
)
from eduapp.content.shapes import PAPERS, is_legal
from eduapp.content.typography import typeset

if TYPE_CHECKING:
    import datetime as dt

    from eduapp.content.markdown import Renderer
    from eduapp.content.prose_files import Part
    from eduapp.content.raw import RawActivity, RawFact, RawHelpLine, RawModule, RawTheme
    from eduapp.content.sources import Sources

HOURS_ARE_GOOD_FOR_DAYS = 90
"""Opening hours are shown this long after a check (content, section 2)."""

WAYS_OUT = {QuestionKind.KNOWLEDGE: "unsure", QuestionKind.OPINION: "skip"}
"""The last option of every question, by kind; its text is written once per language."""


def build(
    sources: Sources, renderers: dict[str, Renderer], today: dt.date, law_checked_by: str | None
) -> Content:
    """Return the content of sources in which the check found no error."""
    builder = _Builder(sources, renderers, today, is_law_checked=law_checked_by is not None)
    changes = (entry.raw.applies_on for entry in sources.facts.values())
    return Content(
        languages=sources.languages,
        modules={name: builder.module(entry.raw) for name, entry in sources.modules.items()},
        help_lines=tuple(builder.help_line(entry.raw) for entry in sources.help_lines.values()),
        facts={name: builder.fact(name) for name in sources.facts},
        papers={name: builder.paper(name) for name in PAPERS},
        themes=tuple(builder.theme(entry.raw) for entry in sources.themes.values()),
        law_checked_by=law_checked_by,
        good_until=min((day for day in changes if day and day > today), default=None),
    )


def revision_of(module: Module) -> str:
    """Return twelve characters that change when anything of a module changes, in any language."""
    said = module.model_dump(mode="json", exclude={"revision"})
    for part in (said, *said["activities"]):
        # A revision kept before there were these stays readable: an upgrade ends no lesson.
        for key in ("band", "deck", "is_later", "is_unchecked"):
            if not part.get(key):
                part.pop(key, None)
    canonical = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class _Builder:
    sources: Sources
    renderers: dict[str, Renderer]
    today: dt.date
    is_law_checked: bool

    def parts(self, path: str, block: str, name: str) -> dict[str, Part]:
        """Return a part by language, for the languages that have it."""
        return {
            language: part
            for language in self.sources.languages
            if (file := self.sources.prose[language].get(path)) and (part := file.part(block, name))
        }

    def texts(self, path: str, block: str, name: str) -> Texts:
        found = self.parts(path, block, name)
        return {language: typeset(part.lead, language) for language, part in found.items()}

    def prose(self, path: str, block: str, name: str) -> Prose | None:
        found = self.parts(path, block, name)
        return {lang: self.renderers[lang].html(part.text) for lang, part in found.items()} or None

    def lists(self, path: str, block: str, name: str) -> TextLists | None:
        found = self.parts(path, block, name)
        return {
            language: tuple(typeset(item, language) for item in part.items or ())
            for language, part in found.items()
        } or None

    def module(self, raw: RawModule) -> Module:
        path = f"modules/{raw.id}.md"
        entries = [self.texts(path, "curriculum", key) for key in raw.curriculum]
        module = Module(
            id=ModuleId(raw.id),
            revision="",
            weave=raw.weave,
            bands=tuple(raw.bands),
            joining_minutes=raw.joining_minutes,
            is_unchecked=raw.legal and not self.is_law_checked,
            is_later=raw.later,
            activities=tuple(self.activity(path, activity) for activity in raw.activities),
            title=self.texts(path, "module", "title"),
            summary=self.texts(path, "module", "summary"),
            contains=self.lists(path, "module", "contains") or {},
            content_line=self.texts(path, "module", "content-line"),
            goals=self.lists(path, "module", "goals") or {},
            prepare=self.prose(path, "module", "prepare") or {},
            task=self.prose(path, "module", "task") or {},
            take_home=self.lists(path, "module", "take-home") or {},
            class_sentences=self.lists(path, "module", "class-sentences") or {},
            curriculum={
                language: tuple(entry[language] for entry in entries)
                for language in self.sources.languages
            },
            facts_for_teacher=tuple(self.fact(name) for name in raw.facts_for_teacher),
        )
        return module.model_copy(update={"revision": revision_of(module)})

    def activity(self, path: str, raw: RawActivity) -> Activity:
        return Activity(
            id=ActivityId(raw.id),
            kind=raw.kind,
            minutes=raw.minutes,
            part=raw.part,
            skip=raw.skip,
            band=raw.band,
            is_unchecked=is_legal(raw, self.sources) and not self.is_law_checked,
            title=self.texts(path, raw.id, "title"),
            screen=self.prose(path, raw.id, "screen"),
            say=self.prose(path, raw.id, "say") or {},
            moments=self.prose(path, raw.id, "moments"),
            prompts=self.lists(path, raw.id, "prompts"),
            deck=self.deck(path, raw) if raw.cards else None,
            question=self.question(raw.question) if raw.question else None,
            facts=tuple(self.fact(name) for name in raw.facts),
            scenario=self.scenario(raw.scenario) if raw.scenario else None,
        )

    def deck(self, path: str, raw: RawActivity) -> Deck:
        bins = [Bin(id=name, label=self.texts(path, raw.id, f"bin {name}")) for name in raw.bins]
        lines = [self.help_line(self.sources.help_lines[name].raw) for name in raw.lines]
        bins += [Bin(id=line.id, label=line.name_and_phone) for line in lines]
        has_ends = raw.kind is ActivityKind.LINE
        ends = (self.texts(path, raw.id, "from"), self.texts(path, raw.id, "to"))
        return Deck(
            cards=tuple(self.card(path, raw, name) for name in raw.cards),
            bins=tuple(bins),
            ends=ends if has_ends else None,
        )

    def card(self, path: str, raw: RawActivity, name: str) -> Card:
        found = self.parts(path, raw.id, f"card {name}")
        return Card(
            id=name,
            text=self.texts(path, raw.id, f"card {name}"),
            feedback={lang: self.renderers[lang].html(part.rest) for lang, part in found.items()},
            fits=tuple(raw.fits.get(name, ())),
        )

    def question(self, name: str) -> Question:
        raw, path = self.sources.questions[name].raw, "questions.md"
        way_out = WAYS_OUT[raw.kind]
        options = [self.option(name, option, f"option {option}") for option in raw.options]
        return Question(
            id=QuestionId(name),
            kind=raw.kind,
            reveal=raw.reveal or Reveal.CLASS,
            scale=raw.scale,
            rounds=raw.rounds,
            right=OptionId(raw.right) if isinstance(raw.right, str) else None,
            options=(*options, self.option(way_out, way_out, "option")),
            text=self.texts(path, name, "question"),
            why=self.prose(path, name, "why"),
            closing=self.prose(path, name, "closing"),
            approval=self.prose(path, name, "approval"),
            benchmark=self.fact(raw.benchmark) if raw.benchmark else None,
            discuss=self.texts(path, name, "discuss"),
        )

    def option(self, block: str, option: str, part: str) -> Option:
        found = self.parts("questions.md", block, part)
        feedback = {
            lang: self.renderers[lang].html(part.rest) for lang, part in found.items() if part.rest
        }
        return Option(
            id=OptionId(option),
            text=self.texts("questions.md", block, part),
            feedback=feedback or None,
        )

    def scenario(self, name: str) -> Scenario:
        raw, path = self.sources.scenarios[name].raw, "scenarios.md"
        nodes: dict[str, ScenarioNode] = {}
        for node in raw.nodes:
            ways = [(f"choice {way}", way) for way in node.choices or ()]
            ways += [(f"next {node.next}", node.next)] if node.next else []
            nodes[node.id] = ScenarioNode(
                id=node.id,
                text=self.prose(path, name, f"node {node.id}") or {},
                choices=tuple(
                    ScenarioChoice(label=self.texts(path, name, part), node=way)
                    for part, way in ways
                ),
            )
        return Scenario(
            id=name, title=self.texts(path, name, "title"), start=raw.start, nodes=nodes
        )

    def fact(self, name: str) -> Fact:
        raw: RawFact = self.sources.facts[name].raw
        files = {lang: self.sources.prose[lang]["facts.md"] for lang in self.sources.languages}
        sentences = {lang: sentence_of(raw, file, lang, self.today) for lang, file in files.items()}
        return Fact(
            id=FactId(name),
            value=raw.value,
            unit=raw.unit,
            year=raw.year,
            who=raw.who,
            source=raw.source,
            read_on=raw.read_on,
            review_by=raw.review_by,
            checked_by=raw.checked_by,
            use=tuple(raw.use),
            sentence=sentences,
            population={lang: population_of(raw, file, lang) for lang, file in files.items()},
        )

    def paper(self, name: str) -> Paper:
        return Paper(
            id=name,
            title=self.texts("papers.md", name, "title"),
            text=self.prose("papers.md", name, "text") or {},
        )

    def theme(self, raw: RawTheme) -> Theme:
        return Theme(
            id=raw.id,
            modules=tuple(raw.modules),
            facts=tuple(raw.facts),
            questions=tuple(raw.questions),
            title=self.texts("themes.md", raw.id, "title"),
            said=self.prose("themes.md", raw.id, "said") or {},
            teach=self.prose("themes.md", raw.id, "teach") or {},
            corrected=self.prose("themes.md", raw.id, "corrected") or {},
        )

    def help_line(self, raw: RawHelpLine) -> HelpLine:
        checked = raw.checked_on if raw.checked_by else None
        is_fresh = checked is not None and (self.today - checked).days <= HOURS_ARE_GOOD_FOR_DAYS
        speaks = self.sources.speaks
        return HelpLine(
            id=raw.id,
            kind=raw.kind,
            languages=tuple(lang for lang in self.sources.languages if speaks(raw.id, lang)),
            phone=raw.phone,
            url=raw.url,
            free=raw.free,
            anonymous=raw.anonymous,
            hours=dict.fromkeys(self.sources.languages, raw.hours)
            if raw.hours and is_fresh
            else None,
            in_strip=raw.strip,
            name=self.texts("help.md", raw.id, "name"),
            for_whom=self.texts("help.md", raw.id, "for"),
            first_minute=self.texts("help.md", raw.id, "first-minute"),
        )
