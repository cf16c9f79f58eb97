"""What holds on every page of school staff, and a journey of a head and a teacher."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyotp
import pytest
from playwright.sync_api import expect

from tests.browser.inspection import Inspector
from tests.browser.running_site import RunningSite
from tests.browser.tour_staff import PATHS, StaffTour, fill

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from eduapp.simulated_year import Outcomes

ASKED = 9
"""Pages that are only to be seen on the way."""

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def a_year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[RunningSite, Outcomes]]:
    instance = tmp_path_factory.mktemp("year")
    outcomes = fill(instance)
    site = RunningSite(instance)
    site.start()
    yield site, outcomes
    site.stop()


@pytest.mark.parametrize("half", [0, pytest.param(1, marks=pytest.mark.again)])
def test_every_page_of_staff_keeps_the_rules_of_every_page(
    a_year: tuple[RunningSite, Outcomes], browser: Browser, half: int
) -> None:
    site, outcomes = a_year
    context = browser.new_context()
    inspector = Inspector(context.new_page(), site, half)

    StaffTour(inspector, outcomes).go()

    context.close()
    assert len(inspector.visited) >= len(PATHS) + ASKED
    assert [str(finding) for finding in inspector.findings] == []


def test_a_head_invites_a_teacher_without_scripts(
    a_year: tuple[RunningSite, Outcomes], browser: Browser
) -> None:
    site, outcomes = a_year
    head = browser.new_context(java_script_enabled=False).new_page()
    teacher = browser.new_context(java_script_enabled=False).new_page()
    _sign_in(head, site, outcomes.heads[2], outcomes.password)
    secret = head.locator(".school-secret").inner_text().replace(" ", "")
    head.locator("[name=code]").fill(pyotp.TOTP(secret).now())
    head.locator("main form.school-form button").click()
    head.goto(f"{site.url}/nl/school/people")
    head.locator("aside form button").first.click()

    _join(teacher, head.locator(".school-link").inner_text().strip(), outcomes.password)

    expect(teacher.locator("h1")).to_have_text("Mijn lessen")
    head.goto(f"{site.url}/nl/school/people")
    expect(head.locator(".school-table")).to_contain_text("Bo Janssens")
    head.context.close()
    teacher.context.close()


@pytest.mark.parametrize("has_scripts", [True, False])
def test_a_teacher_starts_a_lesson_and_finds_it_again_in_another_browser(
    a_year: tuple[RunningSite, Outcomes], browser: Browser, *, has_scripts: bool
) -> None:
    site, outcomes = a_year
    first, second = (
        browser.new_context(java_script_enabled=has_scripts).new_page() for _ in range(2)
    )
    _sign_in(first, site, "teacher-2", outcomes.password)
    first.goto(f"{site.url}/nl/start/m2?band=12-14")
    first.locator("[name=helper_name]").fill("Zorgteam")
    first.locator("[name=helper_place]").fill("Lokaal 12")
    first.locator("[name=going_on][value=no]").check(force=True)
    first.locator("[name=grade][value='3']").check(force=True)
    first.locator("main form button[name=go][value=now]").click()
    first.locator("button[name=act][value=next]").first.click()
    expect(first.locator(".tape__step--now")).to_be_visible()
    desk = first.url.split("?")[0]

    _sign_in(second, site, "teacher-2", outcomes.password)
    line = second.locator("section[aria-labelledby=now] li").first
    expect(line).to_contain_text("Derde graad")
    line.locator("button").click()

    expect(second.locator(".tape__step--now")).to_be_visible()
    assert second.url == desk
    first.goto(desk)
    expect(first.locator("[name=lesson_key]")).to_be_visible()
    first.context.close()
    second.context.close()


def _join(page: Page, link: str, password: str) -> None:
    page.goto(link)
    page.locator("[name=name]").fill("Bo Janssens")
    page.locator("[name=sign_in_name]").fill("bo.janssens")
    page.locator("[name=new_password]").fill(password)
    page.locator("main form button").click()


def _sign_in(page: Page, site: RunningSite, name: str, password: str) -> None:
    page.goto(f"{site.url}/nl/sign-in")
    page.locator("[name=sign_in_name]").fill(name)
    page.locator("[name=password]").fill(password)
    page.locator("main form button").click()
