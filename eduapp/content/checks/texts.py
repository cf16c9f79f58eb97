"""What a text may hold: small Markdown, citations that exist, no HTML, no picture, no typed figure.

Links and listed words have files of their own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from eduapp.content.checks.structure import check_fact
from eduapp.content.markdown import CITATION
from eduapp.content.problems import meant
from eduapp.content.shapes import Reader, walk

if TYPE_CHECKING:
    from eduapp.content.problems import Problems
    from eduapp.content.shapes import Found
    from eduapp.content.sources import Sources

_HTML = re.compile(r"</?[a-zA-Z][^<>\n]*>?|<!|<\?|&(?:#\w+|[a-zA-Z]+);")
_PICTURE = re.compile(r"!\[")
_BRACES = re.compile(r"\{\{[^\n]*?\}\}|\{\{|\}\}")
_MARKS = re.compile(r"[*`]|\]\(|\{\{")
_FIGURE = re.compile(
    r"\d[\d.,\s]*%|%|\d*\s*\b(?:procent|pour[\s-]?cent|prozent|per[\s-]?cent)\b|\d(?:[.,\u00a0\u202f]?\d)+",
    re.IGNORECASE,
)
_NO_FIGURES = re.compile(
    r"""\{\{[^\n]*?\}\}                 # citations
    | \]\([^)\n]*\)                     # addresses of links
    | ^\s*\d+\.\s                       # numbers of a list
    | \b\d{1,2}\s?[-–]\s?\d{1,2}\b(?!\s?%)   # ages: 12-14
    | \b\d{1,2}(?=[\s-]?(?:jaar|jarige|ans\b|jahre|jährige|years?\b))""",
    re.VERBOSE | re.MULTILINE | re.IGNORECASE,
)


def check_texts(sources: Sources, problems: Problems) -> None:
    """Add to `problems` what the texts hold that they may not."""
    for found in walk(sources):
        _refuse_markup(found, problems)
        _check_citations(found, sources, problems)
        if not found.shape.figures:
            _refuse_figures(found, problems)


def _refuse_markup(found: Found, problems: Problems) -> None:
    text = found.part.text
    for match in _HTML.finditer(text):
        problems.error(
            found.file,
            found.part.line_at(match.start()),
            f"`{match[0][:30]}` is HTML",
            "write Markdown, and the sign itself instead of an entity",
        )
    for match in _PICTURE.finditer(text):
        problems.error(
            found.file,
            found.part.line_at(match.start()),
            "this is an image",
            "say it in words: lessons show no images of people",
        )
    for piece in found.plain_texts:
        if mark := _MARKS.search(piece):
            problems.error(
                found.file,
                found.part.line_of(mark[0]),
                f"`{mark[0]}` in `{found.part.name}`, which is shown as plain text",
                "take the marks out: only texts in Markdown have emphasis, links and citations",
            )


def _check_citations(found: Found, sources: Sources, problems: Problems) -> None:
    text = found.part.text
    for match in _BRACES.finditer(text):
        line = found.part.line_at(match.start())
        cited = CITATION.fullmatch(match[0])
        if cited is None:
            problems.error(
                found.file,
                line,
                f"`{match[0]}` is no citation",
                "write {{fact U03}} or {{help child-focus}}",
            )
        elif cited[1] == "fact":
            bands = found.within.bands if found.shape.reader is Reader.STUDENT else ()
            check_fact(cited[2], bands, found.file, line, sources, problems)
        else:
            _check_help(cited[2], line, found, sources, problems)
    for match in re.finditer(r"\[[^\]\n]*\{\{", text):
        problems.error(
            found.file,
            found.part.line_at(match.start()),
            "a citation stands in a link",
            "put it beside the link: a citation brings its own",
        )


def _check_help(name: str, line: int, found: Found, sources: Sources, problems: Problems) -> None:
    entry = sources.help_lines.get(name)
    if entry is None and not sources.is_whole("help.yaml"):
        return
    if entry is None:
        problems.error(
            found.file,
            line,
            f"there is no help line `{name}`",
            f"{meant(name, sources.help_lines)}add it to help.yaml",
        )
    elif not sources.speaks(name, found.language):
        problems.error(
            found.file,
            line,
            f"the help line `{name}` does not speak {found.language}",
            f"mention one that does, or add {found.language} to its `languages`",
        )


def _refuse_figures(found: Found, problems: Problems) -> None:
    text = _NO_FIGURES.sub(lambda match: " " * len(match[0]), found.part.text)
    for match in _FIGURE.finditer(text):
        problems.error(
            found.file,
            found.part.line_at(match.start()),
            f"the figure “{match[0].strip()}” is typed here",
            "cite a fact: {{fact …}}, a help line: {{help …}}, or say it in words",
        )
