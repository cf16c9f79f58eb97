"""A desk that is on the board by mistake: a whole lesson of it, and nothing a class should not see.

The same desk on the teacher's own screen shows each of these things somewhere, so that a name that
is no longer used is found.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bs4 import BeautifulSoup

from eduapp.classroom.lesson_keys import LessonKey, written
from eduapp.classroom.phases import Act
from tests.browse import BASE, words
from tests.languages import in_french_then_dutch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.builders import AClass
    from tests.teach.conftest import NewTeacher, Teacher

OWN = (
    ".say",
    ".zone",
    ".moments",
    ".moment--now",
    "#slips",
    ".lesson-key",
    "#second",
    ".seats__code",
)
"""What to say, the first result, cards for hard moments, what a teacher typed, every key."""
GROUP = 12


@in_french_then_dutch
def test_a_desk_on_the_board_shows_nothing_that_is_for_the_teacher_alone(
    new_teacher: NewTeacher, language: str
) -> None:
    teacher = new_teacher(language)
    seen: set[str] = set()

    for moment in a_lesson(teacher):
        own, mirrored = look(teacher, "?own=1"), look(teacher)
        seen |= {name for name in OWN if own.select(name)}
        shown = [name for name in OWN if mirrored.select(name)]
        assert shown == [], moment
        for secret in secrets(teacher, own):
            assert secret not in words(mirrored), f"{moment}: {secret}"
            assert secret not in str(mirrored), f"{moment}: {secret}"

    assert seen == set(OWN)


def look(teacher: Teacher, query: str = "") -> BeautifulSoup:
    """Return the desk as it stands; what holds on every page is held elsewhere."""
    reply = teacher.browse.client.get(f"{teacher.address}{query}", base_url=BASE)
    assert reply.status_code == 200
    return BeautifulSoup(reply.get_data(as_text=True), "html.parser")


def a_lesson(teacher: Teacher) -> Iterator[str]:
    """Take a whole lesson, with everything a desk can be asked for; yield at every moment."""
    students = teacher.students
    students.join(GROUP)
    send(teacher, "seats", version=str(teacher.view.version), shared="2", paper="3")
    send(teacher, "pass")
    send(teacher, "second")
    yield "lobby"
    act(teacher, "next")
    while teacher.view.step < teacher.view.steps:
        yield f"step {teacher.view.step}"
        if teacher.view.question is not None:
            yield from a_question(teacher, students)
        act(teacher, "next")
    for name in ("pause", "resume", "wrap_up", "end"):
        yield f"before {name}"
        act(teacher, name)
    yield "the end"


def a_question(teacher: Teacher, students: AClass) -> Iterator[str]:
    """Open a question and bring it to its end, with a second round where there is one."""
    for name in ("open", "close", "discuss", "open", "close", "show", "explain"):
        if Act(name) in teacher.view.acts:
            act(teacher, name)
            if name == "open":
                students.answer(*[0] * GROUP)
            yield f"{teacher.view.question}, {name}"


def act(teacher: Teacher, name: str) -> None:
    send(teacher, "act", act=name, version=str(teacher.view.version), sure="1")


def send(teacher: Teacher, form: str, **fields: str) -> None:
    reply = teacher.browse.client.post(
        f"{teacher.address}/{form}",
        base_url=BASE,
        data={"own": "1"} | fields,
        headers={"Origin": BASE, "Sec-Fetch-Site": "same-origin"},
    )
    assert reply.status_code == 303


def secrets(teacher: Teacher, own: BeautifulSoup) -> list[str]:
    """Return what may stand on the teacher's own screen alone, in the words of this moment."""
    letters = [words(tag) for tag in own.select(".seats__code strong, .second__link")]
    activity = teacher.view.activity
    prose = [activity.say, activity.moments] if activity else []
    said = [words(BeautifulSoup(p[teacher.language], "html.parser")) for p in prose if p]
    return [written(LessonKey(teacher.lesson_key)), teacher.lesson_key, *letters, *said]
