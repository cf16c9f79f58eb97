"""A version with more tables, other lessons and other files comes while a class answers.

Machine by machine, as docs/operations.md says: nobody notices, and no ballot is lost.
"""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest

from config import ROOT
from tests.services.cluster import Cluster
from tests.services.lesson import Lesson
from tests.services.test_faults import SENT, ballots, until_offered

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browser.running_site import RunningSite

CLASS = 12
OLD_TITLE, NEW_TITLE = "Vals beeld, echte gevolgen", "Een vals beeld doet echt pijn"
STEP = '''"""A table and a column more."""
import sqlalchemy as sa
from alembic import op

revision, down_revision = "{number}", "{before}"
branch_labels = depends_on = None


def upgrade():
    op.create_table("room", sa.Column("id", sa.Integer(), primary_key=True))
    op.add_column("class_session", sa.Column("room", sa.Integer(), nullable=True))
'''


def a_newer_version(folder: Path) -> Path:
    """Write the version that comes after this one, and return where it stands."""
    for name in ("eduapp", "lessons", "migrations", "static", "translations"):
        shutil.copytree(ROOT / name, folder / name)
    for name in ("config.py", "gunicorn.conf.py"):
        shutil.copy(ROOT / name, folder / name)
    versions = folder / "migrations" / "versions"
    before = max(path.name[:4] for path in versions.glob("0*.py"))
    number = f"{int(before) + 1:04}"
    step = STEP.format(number=number, before=before)
    (versions / f"{number}_room.py").write_text(step, encoding="utf-8")
    prose = folder / "lessons" / "nl" / "modules" / "m4.md"
    text = prose.read_text(encoding="utf-8")
    prose.write_text(text.replace(OLD_TITLE, NEW_TITLE), encoding="utf-8")
    with (folder / "static" / "css" / "base.css").open("a", encoding="utf-8") as css:
        css.write(".of-the-newer-version { color: inherit; }\n")
    return folder


def style_of(lesson: Lesson, site: RunningSite) -> str:
    """Return where a student's page of this machine has its style sheet."""
    page = site.look(lesson.crowd.path, lesson.crowd.seats[0]).text
    found = re.search(r'href="(/static/\w+/css/\w+\.css)"', page)
    assert found is not None, page
    return found.group(1)


def test_a_new_version_comes_while_a_class_answers(tmp_path: Path) -> None:
    newer = a_newer_version(tmp_path / "newer")
    with Cluster(tmp_path) as cluster:
        first, second = cluster.sites
        lesson = Lesson(cluster.front, CLASS)
        lesson.open_first_question()
        token, seats = lesson.token, lesson.crowd.seats
        for seat in seats[: CLASS // 2]:
            assert lesson.answer(seat, token, 0) == SENT

        first.stop()
        first.version = newer
        first.start()
        for seat in seats[CLASS // 2 :]:
            assert lesson.answer(seat, token, 1) == SENT

        # Pages of both versions find their files, whichever machine nginx asks.
        old_style, new_style = style_of(lesson, second), style_of(lesson, first)
        assert old_style != new_style
        assert second.look(new_style).status == 404
        for number in range(4):
            for path in (old_style, new_style):
                # The cache of nginx has each encoding by itself.
                asked = cluster.front.look(path, headers={"Accept-Encoding": f"x{number}"})
                assert asked.status == 200

        # A class of the new lessons is a class on the old machine too, and the other way round.
        begun = Lesson(first, 1)
        for site in cluster.sites:
            assert NEW_TITLE in site.look(begun.path, begun._cookie).text
            assert OLD_TITLE in site.look(lesson.path, lesson._cookie).text

        # The old version does not come back to tables that it does not know.
        second.stop()
        with pytest.raises(RuntimeError, match="newer version"):
            second.start()
        second.version = newer
        second.start()
        until_offered(lesson, "close")
        lesson.act("close")

        assert ballots(cluster, lesson) == [("stored", CLASS)]
        lesson.open_first_question()
        lesson.crowd.answer([0, 1])
        lesson.act("close")
        assert ballots(cluster, lesson) == [("stored", CLASS)] * 2
