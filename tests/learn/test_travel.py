"""How an image travels: the model keeps its promises, and the page says in words what it draws."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eduapp.learn import travel
from eduapp.learn.travel import Choices, journey, threads_of
from tests.browse import Browse, words

schools = st.integers(1, 99)
keeps = st.integers(0, travel.OF_TEN)
moments = st.integers(travel.NEVER, travel.LATEST)
choices = st.builds(Choices, schools, keeps, moments, moments)


@given(schools)
def test_a_school_is_the_same_each_time_and_nobody_is_tied_to_themselves(school: int) -> None:
    threads_of.cache_clear()
    threads = threads_of(school)

    threads_of.cache_clear()
    assert threads == threads_of(school)
    assert len(threads) == travel.PEOPLE * travel.NEIGHBOURS // 2
    assert all(a < b for a, b in threads)


@given(choices)
def test_more_who_keep_it_to_themselves_never_reach_more(chosen: Choices) -> None:
    if chosen.keep == travel.OF_TEN:
        return
    more = Choices(chosen.school, chosen.keep + 1, chosen.voice, chosen.adult)

    for number in range(travel.ROUNDS + 1):
        assert journey(more).reached(number) <= journey(chosen).reached(number)


@given(schools, keeps, moments)
def test_a_voice_and_an_adult_never_reach_more(school: int, keep: int, after: int) -> None:
    nobody = journey(Choices(school, keep))

    for chosen in (Choices(school, keep, voice=after), Choices(school, keep, adult=after)):
        assert journey(chosen).reached(travel.ROUNDS) <= nobody.reached(travel.ROUNDS)


@given(choices)
def test_whoever_has_it_got_it_along_a_thread_from_one_who_passed_it_on(chosen: Choices) -> None:
    found = journey(chosen)
    tied = {(a, b) for a, b in found.threads} | {(b, a) for a, b in found.threads}

    for person, when in enumerate(found.reached_in):
        if when:
            givers = [p for p in found.passed_on if found.reached_in[p] == when - 1]
            assert any((giver, person) in tied for giver in givers)


def test_in_most_schools_speaking_up_spares_somebody() -> None:
    spared = [
        journey(Choices(school, 4)).reached(6) - journey(Choices(school, 4, voice=1)).reached(6)
        for school in range(1, 60)
    ]

    assert sum(number > 0 for number in spared) > 40


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_the_words_say_what_the_drawing_shows(browse: Browse, language: str) -> None:
    seen = browse.get(f"/{language}/travel?school=2&keep=3&round=2")

    has_it = len(seen.all(".travel__map .travel__person:not(.travel__person--not-reached)"))
    assert len(seen.all(".travel__map .travel__person")) == travel.PEOPLE
    assert f" {has_it} " in words(seen.one("#travel-words"))
    row = seen.all(".travel__table tbody tr")[2]
    assert row.select("td")[0].text == str(has_it)
    assert seen.one(".travel__map")["aria-labelledby"] == "travel-words"


@pytest.mark.parametrize(
    "query", ["keep=11", "keep=-1", "round=x", "voice=9&adult=99999", "school=0"]
)
def test_an_odd_address_shows_a_school_all_the_same(browse: Browse, query: str) -> None:
    assert browse.get(f"/nl/travel?{query}").status == 200


def test_nothing_is_kept(browse: Browse) -> None:
    assert "Set-Cookie" not in browse.get("/nl/travel?keep=2").response.headers
