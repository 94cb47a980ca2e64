"""Nothing typed is lost: several tabs, other forms, Escape, reload; and input methods keep their keys."""
import json

from editing_tests import edit_row, keep, row
from harness import equal, require, test

WORDS = "document.querySelector('.editor textarea').value"


@test
def corrections_of_two_tabs_are_merged(report):
    first, second = report("sample"), report("sample")
    edit_row(first, 1, "Tab one, row one.")
    keep(first)
    edit_row(first, 2, "Tab one, row two.")
    keep(first)
    second.wait_until("overlay.mine.length === 2")
    equal(row(second, 1)[2], "Tab one, row one.")
    edit_row(second, 3, "Tab two.")
    keep(second)
    first.wait_until("overlay.mine.length === 3")
    equal(row(first, 3)[2], "Tab two.")
    first.run("undo()")
    second.wait_until("overlay.mine.length === 2")
    equal([row(second, 1)[2], row(second, 3)[2]], ["Tab one, row one.", "Tab two."], "undo takes a tab's own")
    third = report("sample")
    equal([row(third, 1)[2], row(third, 3)[2]], ["Tab one, row one.", "Tab two."], "after opening again")


@test
def a_tab_that_heard_nothing_wipes_nothing(report):
    first, second = report("sample"), report("sample")
    second.run("window.hearOfCorrections = () => false; 0")
    edit_row(first, 1, "One.")
    keep(first)
    edit_row(second, 2, "Two.")
    keep(second)
    again = report("sample")
    equal([row(again, 1)[2], row(again, 2)[2]], ["One.", "Two."])


@test
def corrections_kept_by_earlier_versions_are_taken_over(report):
    page = report("sample")
    old = [{"id": "a1", "at": "2026-03-12T09:00:00Z", "kind": "checked", "row": 0, "startMS": 1400, "checked": True}]
    page.run(f"localStorage.setItem('tabscribe-corrections:' + data.run, {json.dumps(json.dumps(old))}); 0")
    again = report("sample")
    equal(again.run("[overlay.mine.length, rows[0].classList.contains('k')]"), [1, True])
    again.run("undo()")
    equal(again.run("localStorage.length"), 0)


@test
def words_survive_another_form(report):
    page = report("sample")
    edit_row(page, 3)
    page.run("document.activeElement.select()")
    page.type("Typed and left.")
    page.press(".rows tbody tr:nth-child(5) a")
    page.key("e")
    page.wait_until("document.querySelector('.rows tbody tr:nth-child(5) textarea') !== null")
    equal(row(page, 3)[2], "Typed and left.")
    page.key("Escape")
    page.key("u")
    require(row(page, 3)[2].startswith("Maëlle, what did you"), row(page, 3))


@test
def words_survive_escape_reload_and_are_told(report):
    page = report("sample")
    edit_row(page, 3)
    page.run("document.activeElement.select()")
    page.type("Half a thought")
    page.key("Escape")
    require("your words stay" in page.run("byId('notice').textContent"), "nothing is said")
    require(page.run("rows[2].classList.contains('draft')"), "the row is not marked")
    require("1 unsaved" in page.run("byId('edit').textContent"), page.run("byId('edit').textContent"))
    page.key("u")
    equal(page.run(WORDS), "Half a thought", "undo after Escape")
    again = report("sample")
    require(again.run("byId('notice').textContent").startswith("Words that you did not keep"), "nothing is said after opening again")
    again.press("#notice button")
    equal(again.run(WORDS), "Half a thought", "after opening again")
    keep(again)
    equal(row(again, 3)[2], "Half a thought")
    equal(again.run("[drafts.names().length, document.querySelectorAll('.draft').length]"), [0, 0])


@test
def words_of_a_speakers_form_survive_too(report):
    page = report("sample")
    page.press("#speaker-3 .pencil")
    page.set(".speakers .editor label:nth-of-type(1) input", "Ida")
    page.key("Escape")
    again = report("sample")
    again.press("#notice button")
    equal(again.run("document.querySelector('.speakers .editor input').value"), "Ida")


@test
def a_page_asks_before_it_closes_on_unsaved_words(report):
    page = report("sample")
    asks = "(() => { const event = new Event('beforeunload', {cancelable: true}); dispatchEvent(event); return event.defaultPrevented; })()"
    equal(page.run(asks), False)
    edit_row(page, 3)
    equal(page.run(asks), False, "a form without changes")
    page.type("x")
    equal(page.run(asks), True)
    page.key("Escape")
    equal(page.run(asks), False)


@test
def no_key_acts_while_an_input_method_composes(report):
    page = report("sample")
    for target, key in (("document.body", "e"), ("document.body", "x"), ("byId('query')", "Enter"), ("byId('query')", "Escape")):
        page.run("byId('query').value = 'drawer'; searchFor('drawer'); 0")
        for members in ("isComposing: true", "keyCode: 229"):
            page.run(f"{target}.dispatchEvent(new KeyboardEvent('keydown', {{key: '{key}', bubbles: true, cancelable: true, {members}}})); 0")
        equal(page.run("[openForm, overlay.mine.length, search.at, byId('query').value]"), [None, 0, -1, "drawer"], key)
    edit_row(page, 3)
    page.send("Input.imeSetComposition", text="かな", selectionStart=2, selectionEnd=2)
    for key in ("Enter", "Escape"):
        page.run(f"document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {{key: '{key}', bubbles: true, cancelable: true, isComposing: true}})); 0")
    require("かな" in page.run(WORDS), "the form closed while composing")


@test
def a_new_speaker_gets_a_name_at_once(report):
    page = report("sample")
    edit_row(page, 1)
    page.set(".editor select", "new")
    page.press(".editor input[placeholder]")
    page.type("Ida Penrose")
    page.press(".editor .primary")
    equal(row(page, 1)[1], "Ida Penrose")
    page.run("undo()")
    equal(row(page, 1)[1], "Tomas Okoye")


@test
def an_open_form_keeps_its_place_and_the_player_answers(report):
    page = report("14-speakers", "#t=30")
    page.wait_until("document.querySelector('video') === null || document.querySelector('video').readyState >= 1")
    edit_row(page, 4)
    page.key(" ", modifiers=2)
    page.wait_until("player.isPlaying()")
    top = page.run("openForm.form.getBoundingClientRect().top")
    page.run("player.seek(90000, true); 0")
    page.wait_until("current.position > 6")
    page.run("new Promise((done) => setTimeout(done, 500))")
    equal(round(page.run("openForm.form.getBoundingClientRect().top")), round(top), "the form moved")
    before = page.run("player.time()")
    page.key("j", modifiers=2)
    page.wait_until(f"player.time() < {before}")
    page.key(" ", modifiers=2)
    page.wait_until("!player.isPlaying()")
    page.type("More. ")
    page.key("Enter", modifiers=2)
    page.wait_until("document.activeElement.closest('tr') === rows[4]")
    equal(page.run("overlay.mine.length"), 1)
