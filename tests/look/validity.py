"""Two validators on the source of every page that was photographed: html-validate and vnu.

They know the rules of HTML that no browser complains about. Nothing is fetched here.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess

from config import ROOT
from tests.look.places import LOOK

SOURCES = LOOK / "html"
HTML_VALIDATE = ROOT / "node_modules" / ".bin" / "html-validate"
VNU = ROOT / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
RULES = {
    "extends": ["html-validate:recommended", "html-validate:a11y"],
    "rules": {
        # Ours to choose: how a tag is written, and how long a title is.
        "attribute-boolean-style": "off",
        "attribute-empty-style": "off",
        "doctype-style": "off",
        "void-style": "off",
        "long-title": "off",
        "no-trailing-whitespace": "off",
        # `role="list"`: without bullets a screen reader of Apple forgets that it is a list.
        "no-redundant-role": "off",
        "prefer-native-element": ["error", {"exclude": ["list", "heading", "region"]}],
        "no-implicit-button-type": "off",
        "no-implicit-input-type": "off",
        "no-redundant-for": "off",
        # A list may have a name.
        "aria-label-misuse": ["error", {"allowAnyNamable": True}],
        # Only without JavaScript, and never where anything could be lost.
        "meta-refresh": "off",
        # Numbers are marked up by hand where a phone should call them.
        "tel-non-breaking": "off",
    },
}


def keep_source(name: str, html: str) -> None:
    """Keep the source of a page to be validated later."""
    SOURCES.mkdir(parents=True, exist_ok=True)
    slug = re.sub(r"\W+", "-", name).strip("-").lower()
    (SOURCES / f"{slug}.html").write_text(html, encoding="utf-8")


def validate() -> tuple[list[str], bool]:
    """Return what the validators say, each thing once with a page where it is, and how many."""
    java = shutil.which("java")
    if java is None:
        return ["Java is missing: install the Debian package `default-jre-headless`."], False
    pages = sorted(SOURCES.glob("*.html"))
    found = _html_validate() | _vnu(java)
    lines = [f"{len(pages)} pages validated, {len(found)} kinds of problem"]
    return [*lines, *(f"{what}  ({where})" for what, where in sorted(found.items()))], not found


def _html_validate() -> dict[str, str]:
    (SOURCES / ".htmlvalidate.json").write_text(json.dumps({"root": True} | RULES))
    report = SOURCES / "html-validate.json"
    subprocess.run(
        [HTML_VALIDATE, "--formatter", f"json={report}", str(SOURCES)],
        check=False,
        cwd=SOURCES,
    )
    return {
        f"html-validate {message['ruleId']}: {message['message']}": file["filePath"]
        for file in json.loads(report.read_text())
        for message in file["messages"]
    }


def _vnu(java: str) -> dict[str, str]:
    said = subprocess.run(
        [java, "-jar", VNU, "--errors-only", "--format", "json", "--skip-non-html", SOURCES],
        capture_output=True,
        text=True,
        check=False,
    )
    messages = json.loads(said.stderr or '{"messages": []}')["messages"]
    return {f"vnu: {message['message']}": message.get("url", "") for message in messages}
