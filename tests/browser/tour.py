"""Every page there is: the open ones, the errors, and each screen of one lesson in every state.

A teacher without a browser steers by plain forms and a crowd answers, so that the one window that
looks at the pages has nothing else to do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from eduapp.content.models import ActivityKind, Module, Question, QuestionKind, Reveal
from tests.browser.crowd import Crowd
from tests.browser.desk import Desk
from tests.browser.lesson_words import step_of, vote_again
from tests.browser.student import Student

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.browser.inspection import Inspector

LANGUAGES = ("nl", "fr")
STUDENT_TITLE = {"nl": "Les", "fr": "Leçon"}
ENOUGH = 12


def open_pages(inspector: Inspector) -> None:
    """Visit what anybody can open, and what goes wrong there."""
    for lang in LANGUAGES:
        inspector.visit("home", f"/{lang}/", "student")
        inspector.visit("join", f"/{lang}/join", "student", STUDENT_TITLE[lang])
        inspector.visit("help", f"/{lang}/help", "public")
        inspector.visit("modules", f"/{lang}/modules", "public")
        inspector.visit("module", f"/{lang}/modules/m4", "public")
        inspector.visit("teacher page", f"/{lang}/modules/m4/teacher", "public")
        inspector.visit("read alone", f"/{lang}/modules/m4/read", "public")
        inspector.visit("statement", f"/{lang}/accessibility", "public")
        inspector.visit("travel", f"/{lang}/travel?keep=5&voice=2", "public")
        inspector.visit("article", f"/{lang}/article", "public")
        inspector.visit("what we keep", f"/{lang}/kept", "public")
        for paper in ("cards", "questions", "letter", "paper"):
            inspector.visit(paper, f"/{lang}/modules/m2/{paper}", "public")
        inspector.visit("poster", f"/{lang}/modules/m4/poster/1", "public")
        inspector.visit("note for ICT", f"/{lang}/ict", "public")
        inspector.visit("module with two bands", f"/{lang}/modules/m2", "public")
        inspector.visit("gate, 15-18", f"/{lang}/start/m2?band=15-18", "staff")
        inspector.visit("gate, for later", f"/{lang}/start/m2?go=later", "staff")
        inspector.visit("used link", f"/{lang}/desk/open/0123456789abcdef01", "staff")
        inspector.visit("patterns", f"/{lang}/patterns", "public")
        inspector.visit("gate", f"/{lang}/start/m4", "staff")
        inspector.visit("task", f"/{lang}/start/m4/task", "staff")
        inspector.visit("key", f"/{lang}/desk", "staff")
        inspector.visit("not found", f"/{lang}/nothing", "public")
        inspector.visit("no such class", f"/{lang}/class/BAKOSLIMO", "student", STUDENT_TITLE[lang])
        inspector.visit("wrong method", f"/{lang}/desk/000000000000/act", "public")
        _wrong_forms(inspector, lang)


def _wrong_forms(inspector: Inspector, lang: str) -> None:
    page, url = inspector.page, inspector.site.url
    page.goto(f"{url}/{lang}/start/m4")
    page.locator('main form button[name="go"][value="now"]').click()
    _inspect_here(inspector, "gate, nothing filled in", "staff", lang)
    page.locator('[name="going_on"][value="unsure"]').check()
    page.locator('main form button[name="go"][value="now"]').click()
    page.wait_for_load_state()
    _inspect_here(inspector, "advice", "staff", lang)
    page.goto(f"{url}/{lang}/desk")
    page.locator('[name="lesson_key"]').fill("ABCD EFGH JKMN")
    page.locator('[name="lesson_key"]').press("Enter")
    page.wait_for_load_state()
    _inspect_here(inspector, "wrong key", "staff", lang)
    page.goto(f"{url}/{lang}/join")
    page.get_by_role("textbox").fill("bakos limo")
    page.get_by_role("textbox").press("Enter")
    page.get_by_role("alert").wait_for()
    inspector.name(f"wrong code ({lang})")
    inspector.inspect("public", lang, STUDENT_TITLE[lang])


def _inspect_here(inspector: Inspector, name: str, audience: str, lang: str) -> None:
    inspector.name(f"{name} ({lang})")
    inspector.inspect("staff" if audience == "staff" else "public", lang)


class LessonTour:
    """One class session, and every screen of it at every moment worth looking at."""

    def __init__(self, inspector: Inspector, latecomer: Inspector, module: Module) -> None:
        """Start the lesson in the window of the inspector and take a seat in it too.

        `latecomer` is another window, which joins when an opinion question is open.
        """
        self._inspector = inspector
        self._latecomer = latecomer
        self._module = module
        self._desk = Desk(inspector.page, inspector.site).start()
        self._code = self._desk.code
        self._id = self._desk.public_id
        self._crowd = Crowd(inspector.site, self._code, ENOUGH)
        for lang in LANGUAGES:
            path = f"/{lang}/class/{self._code}"
            inspector.visit("student, before joining", path, "student", STUDENT_TITLE[lang])
        Student(inspector.page, inspector.site).sit_down(self._code)

    def go(self) -> None:
        """Take the whole lesson."""
        self._all_screens("lobby")
        seen: set[ActivityKind] = set()
        for activity in self._module.activities:
            self._act("next")
            if activity.question is not None:
                for moment in self._moments(activity.question):
                    self._all_screens(f"{activity.id}, {moment}")
            else:
                self._all_screens(activity.id, is_known=activity.kind in seen)
                seen.add(activity.kind)
        self._act("pause")
        self._all_screens("paused")
        self._act("resume")
        self._act("end")
        self._ended()

    def _moments(self, question: Question) -> Iterator[str]:
        """Open a question and bring it to its end; yield each moment that is worth a look."""
        yield "ready"
        self._act("open")
        yield "open"
        if question.reveal is Reveal.CLASS:
            if question.rounds > 1 or question.kind is QuestionKind.OPINION:
                self._crowd.answer((2, 2, 2, 2, 1, 1, 0))
            if question.kind is QuestionKind.OPINION:
                self._waits()
            else:
                self._sent()
            self._act("close")
            yield "closed"
            if self._act("discuss"):
                yield "discuss"
                self._act("open")
                self._crowd.answer((2,))
                self._act("close")
                yield "closed again"
        self._act("show")
        yield "shown"
        self._act("explain")
        yield "explained"

    def _act(self, act: str) -> bool:
        """Carry out an act; returns whether it changed anything."""
        before = self._desk.state()["version"]
        self._desk.do(act)
        return bool(self._desk.state()["version"] > before)

    def _all_screens(self, name: str, *, is_known: bool = False) -> None:
        """Visit board, device and desk; of a kind seen before only the board, for its text."""
        inspector, code = self._inspector, self._code
        inspector.next_moment()
        for lang in LANGUAGES:
            path = f"/{lang}/board/{code}"
            inspector.visit(f"board, {name}", path, "board", code=code, is_known=is_known)
            if is_known:
                continue
            path = f"/{lang}/class/{code}"
            inspector.visit(f"student, {name}", path, "student", STUDENT_TITLE[lang])
            inspector.visit(f"desk, {name}", f"/{lang}/desk/{self._id}?own=1", "staff")
        if name in {"lobby", "quiz-2, closed"}:
            inspector.visit(f"mirrored desk, {name}", f"/nl/desk/{self._id}", "staff")

    def _waits(self) -> None:
        """Look at the page of a device that came after an opinion question was opened."""
        Student(self._latecomer.page, self._latecomer.site).sit_down(self._code)
        for lang in LANGUAGES:
            path = f"/{lang}/class/{self._code}"
            self._latecomer.visit("student, late", path, "student", STUDENT_TITLE[lang])

    def _sent(self) -> None:
        """Look at "your answer is in": on the page itself, and the page without JavaScript."""
        page, code = self._inspector.page, self._code
        for lang in LANGUAGES:
            student = Student(page, self._inspector.site, lang, code=code)
            page.goto(f"{self._inspector.site.url}{student.path}")
            student.answer(0)
            self._inspector.name(f"student, sent ({lang})")
            self._inspector.inspect("student", lang, STUDENT_TITLE[lang])
            token = page.locator('[name="round"]').get_attribute("value")
            path = f"{student.path}/sent?round={token}"
            self._inspector.visit("student, sent, a page", path, "student", STUDENT_TITLE[lang])

    def _ended(self) -> None:
        inspector, code = self._inspector, self._code
        for lang in LANGUAGES:
            inspector.visit("board, ended", f"/{lang}/board/{code}", "board", code="")
            inspector.visit(
                "student, ended", f"/{lang}/class/{code}", "student", STUDENT_TITLE[lang]
            )
            inspector.visit("desk, ended", f"/{lang}/desk/{self._id}", "staff")
            inspector.visit("sheet", f"/{lang}/desk/{self._id}/sheet", "staff")


class MomentsTour:
    """A prepared lesson, and the moments a lesson may have, on every screen that shows them."""

    def __init__(self, inspector: Inspector, module: Module) -> None:
        """Prepare a lesson and open its door."""
        self._inspector = inspector
        self._module = module
        self._desk = Desk(inspector.page, inspector.site).prepare(module.id)

    def go(self) -> None:
        """Take the evening before, the lobby, and every moment."""
        for lang in LANGUAGES:
            own = f"/{lang}/desk/{self._desk.public_id}"
            self._inspector.visit("desk, prepared", own, "staff")
            self._inspector.visit("emergency copy", f"{own}/emergency", "staff")
        self._desk.open_door()
        code = self._desk.code
        crowd = Crowd(self._inspector.site, code, ENOUGH)
        Student(self._inspector.page, self._inspector.site).sit_down(code)
        for number, activity in enumerate(self._module.activities, 1):
            if activity.deck:
                self._desk.go_to(number)
                self._screens(f"{activity.id}, cards")
        quiz = next(n for n, a in enumerate(self._module.activities, 1) if a.kind == "quiz")
        self._desk.go_to(quiz)
        self._desk.do("open", "almost")
        self._screens("almost closing")
        self._desk.do("void", "small", "open")
        self._screens("small group, open")
        self._desk.do("explain")
        self._screens("small group, explained")
        self._desk.do("whole")
        self._desk.go_to(step_of(vote_again(self._module), self._module))
        for position, after in ((2, "discuss"), (1, "show")):
            self._desk.do("open")
            crowd.answer((position,))
            self._desk.do("close", after)
        self._screens("two rounds")
        self._desk.do("wrap_up")
        self._screens("wrapping up")
        self._desk.do("back", "reopen")
        for lang in LANGUAGES:
            path = f"/{lang}/class/{code}"
            title = STUDENT_TITLE[lang]
            self._inspector.visit("student, door reopened", path, "student", title)
        self._desk.do("end")

    def _screens(self, name: str) -> None:
        inspector, desk = self._inspector, self._desk
        inspector.next_moment()
        for lang in LANGUAGES:
            inspector.visit(f"board, {name}", f"/{lang}/board/{desk.code}", "board", code=desk.code)
            title = STUDENT_TITLE[lang]
            inspector.visit(f"student, {name}", f"/{lang}/class/{desk.code}", "student", title)
            inspector.visit(f"desk, {name}", f"/{lang}/desk/{desk.public_id}?own=1", "staff")
