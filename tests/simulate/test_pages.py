"""What the simulation reads from a page."""

from __future__ import annotations

from eduapp.simulate.pages import read_page

PAGE = """<!doctype html><html lang="nl"><body>
<a href="/nl/board/BAKOSLIMU">bord</a>
<main data-module="follow" data-state-url="/state/0123456789ab" data-version="17">
<h1>Iedereen weet
  dat het nep is</h1>
<form method="post" action="/nl/class/BAKOSLIMU/answer">
<input type="hidden" name="round" value="abcd1234">
<label><input type="radio" name="choice" value="0"> ja</label>
<label><input type="radio" name="choice" value="1"> nee</label>
<button>Verstuur</button>
</form>
<form method="post" action="/nl/desk/0123456789ab/act">
<input type="hidden" name="version" value="17">
<input type="checkbox" name="sure" value="1" required>
<button name="act" value="close">Sluit</button>
<button name="act" value="pause" disabled>Pauze</button>
</form>
<form method="post"><input name="code" value="BAKOS"></form>
<div class="result"><ul><li class="result__row"><span class="result__text">Ja</span>
<svg viewBox="0 0 1 1"><path d="M0 0"/></svg>
<span class="result__words">de meesten<small class="result__fraction">7 op 10</small></span></li>
<li><span>Nee</span></li></ul></div><p>daarna</p>
</main></body></html>"""


def test_a_page_tells_its_heading_class_session_version_and_code() -> None:
    page = read_page(PAGE, "/nl/class/BAKOSLIMU")

    assert page.heading == "Iedereen weet dat het nep is"
    assert (page.public_id, page.version, page.code) == ("0123456789ab", 17, "BAKOSLIMU")


def test_an_answer_form_tells_its_round_and_its_options() -> None:
    form = read_page(PAGE, "/").form_to("/answer")

    assert form is not None
    assert form.value("round") == "abcd1234"
    assert form.values("choice") == ("0", "1")
    assert form.filled(choice="1") == {"round": "abcd1234", "choice": "1"}


def test_an_act_form_tells_what_can_be_pressed_and_what_must_be_ticked() -> None:
    form = read_page(PAGE, "/").form_to("/act")

    assert form is not None
    assert form.buttons == (("act", "close"),)
    assert form.filled(act="close") == {"version": "17", "sure": "1", "act": "close"}


def test_a_form_without_an_address_goes_to_its_own_page() -> None:
    form = read_page(PAGE, "/nl/join").form_to("/join")

    assert form is not None
    assert form.value("code") == "BAKOS"


def test_results_are_read_row_by_row() -> None:
    assert read_page(PAGE, "/").results == ("Ja – de meesten, 7 op 10", "Nee")


def test_a_page_without_any_of_it_is_empty() -> None:
    page = read_page("<p>niets", "/")

    assert page.heading == ""
    assert not page.forms
    assert not page.results
    assert (page.public_id, page.version, page.code) == (None, None, None)
