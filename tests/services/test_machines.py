"""A class on several machines: any request may land on any of them, and nginx answers the looks."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.services.lesson import Lesson

if TYPE_CHECKING:
    from tests.browser.running_site import RunningSite
    from tests.services.cluster import Cluster

CLASS = 9


def looks(site: RunningSite, path: str, seconds: float) -> int:
    """Return how many looks a device in a hurry gets done in so many seconds."""
    until, done = time.monotonic() + seconds, 0
    while time.monotonic() < until:
        assert site.look(path).status == 200
        done += 1
    return done


def test_a_question_is_opened_answered_and_closed_wherever_a_request_lands(
    cluster: Cluster,
) -> None:
    lesson = Lesson(cluster.front, CLASS)
    lesson.open_first_question()
    lesson.crowd.answer([0])
    lesson.act("close")

    offered = lesson.offered

    assert "show" in offered
    with cluster.database.connect(cluster.name) as connection:
        row = connection.execute(
            "SELECT r.state, r.n FROM round r JOIN class_session c ON c.id = r.class_session_id "
            "WHERE c.public_id = %s",
            [lesson.public_id],
        ).fetchone()
    assert row == ("stored", CLASS)


def test_what_one_machine_shows_the_other_shows_at_once(cluster: Cluster) -> None:
    lesson = Lesson(cluster.sites[0], 1)
    path = f"/state/{lesson.public_id}"
    for act in ("next", "next", "pause", "resume"):
        lesson.act(act)
        first, second = (site.look(path) for site in cluster.sites)
        assert first.body == second.body
        assert first.headers["ETag"] == second.headers["ETag"]


def test_a_desk_that_presses_twice_moves_once(cluster: Cluster) -> None:
    lesson = Lesson(cluster.sites[0], 1)
    form = next(form for form in lesson.desk().forms_to("/act") if form.has("version"))
    fields = dict(form.filled(act="next"))
    before = lesson.state["version"]

    for site in cluster.sites:
        lesson.site = site
        lesson.send(form.action, fields)

    assert lesson.state["version"] == before + 1  # type: ignore[operator]


def test_the_edge_asks_the_site_once_a_second_however_many_look(cluster: Cluster) -> None:
    lesson = Lesson(cluster.front, 1)
    path = f"/state/{lesson.public_id}"
    before = [cpu_ticks(site) for site in cluster.sites]

    done = looks(cluster.front, path, 3.0)

    # At two milliseconds a look, so many would take seconds of the machines.
    used = sum(cpu_ticks(site) for site in cluster.sites) - sum(before)
    assert done > 300
    assert used < done * 0.05


def test_the_edge_tells_a_device_that_nothing_changed(cluster: Cluster) -> None:
    lesson = Lesson(cluster.front, 1)
    path = f"/state/{lesson.public_id}"
    first = cluster.front.look(path)

    again = cluster.front.look(path, headers={"If-None-Match": first.headers["ETag"]})

    assert (first.status, again.status, again.body) == (200, 304, b"")
    assert "Set-Cookie" not in first.headers
    assert first.headers["Follow-After"]


def test_an_act_passes_the_edge_within_two_seconds(cluster: Cluster) -> None:
    lesson = Lesson(cluster.front, 1)
    path = f"/state/{lesson.public_id}"
    cluster.front.look(path)
    before = lesson.state["version"]

    lesson.act("next")
    # nginx counts whole seconds: what it may keep for one it keeps for two at most.
    time.sleep(2.1)
    cluster.front.look(path)

    assert lesson.state["version"] != before


def test_nothing_that_came_with_a_cookie_is_kept_by_the_edge(cluster: Cluster) -> None:
    lesson = Lesson(cluster.front, 1)
    own = cluster.front.look(lesson.crowd.path, lesson.crowd.seats[0])

    stranger = cluster.front.look(lesson.crowd.path)

    assert own.body != stranger.body
    for reply in (own, stranger):
        assert reply.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/state/000000000000", "/state/nothing"])
def test_an_address_of_no_class_is_refused_by_the_edge_too(cluster: Cluster, path: str) -> None:
    assert cluster.front.look(path).status == 404


def test_a_wrong_code_is_paced_wherever_it_lands(cluster: Cluster) -> None:
    statuses = {site.send("/nl/join", {"code": "BAB AD ABA"}).status for site in cluster.sites * 70}

    assert statuses == {404, 429}


def cpu_ticks(site: RunningSite) -> int:
    """Return the hundredths of a second of processor that the workers of a site used."""
    used = 0
    for pid in site.workers():
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        used += int(fields[11]) + int(fields[12])
    return used
