"""Every control of every page under a real pointer: mouse, pen and finger, at rest and while the video plays.

A row of `CONTROLS` names the controls it stands for, brings one into reach, and says what a press does.
A control of a page that no row stands for is a failure: whoever adds one adds its row.
"""
import json
from typing import NamedTuple

from harness import TIME, equal, require, slow, test

# Links that lead away are pressed without going there.
STAY = "addEventListener('click', (event) => { event.preventDefault(); window.opened = event.target.closest('a') !== null; }, true)"
READY = "document.querySelector('video').readyState >= 1"
FIND = "byId('query').value = 'drawer'; searchFor('drawer')"


class Control(NamedTuple):
    selector: str
    # True once the press had its effect.
    effect: str
    # What brings the control into reach, as a script.
    before: str = ""
    page: str = "sample"
    times: int = 1
    phone: bool = False
    # Which of the elements that match is pressed.
    pressed: str = ""
    # What has to be under the pointer first.
    hover: str = ""


ROW = ".rows tbody tr:nth-child(4)"
EDIT = "editRow(3)"
SPEAKER = "editSpeaker(1)"
CORRECT = "toggleChecked(1); toggleChecked(2)"
REPLACE = "byId('replace').click(); byId('replace-old').value = 'the'; byId('replace-new').value = 'a'; previewReplacement()"


def action(name, effect, before="", phone=False):
    return Control(f"#{name}", effect, before, phone=phone, hover=ROW + " td:nth-child(3)")


def menu(name, selector, effect, before=""):
    return Control(selector, effect, f"{before}; byId('{name}').showPopover()")


CONTROLS = [
    Control(".skip", "location.hash === '#transcript'", "document.querySelector('.skip').focus()"),
    Control(".retitle", "document.activeElement.ariaLabel === 'Title'", hover=".title h1"),
    Control(".title .editor input", "document.activeElement.ariaLabel === 'Title'", "editTitle(); document.activeElement.blur()"),
    Control("#about > summary", "byId('about').open"),
    Control(".request summary", "document.querySelector('.request details').open", "byId('about').open = true"),
    Control(".controls [aria-label='Five seconds back']", f"{TIME} < 38", "document.querySelector('video').currentTime = 40"),
    Control(".controls [aria-label='Five seconds forward']", f"{TIME} > 44", "document.querySelector('video').currentTime = 40"),
    Control(".controls select", "document.activeElement.ariaLabel === 'Speed'"),
    Control(".controls .captions", "document.querySelector('video').textTracks[0]?.mode === 'showing'"),
    Control(".controls .popout", "window.popped", "Object.defineProperty(HTMLVideoElement.prototype, 'requestPictureInPicture', {value: () => { window.popped = true; return Promise.resolve(); }})"),
    Control(".controls .quiet", "document.querySelector('.player').classList.contains('folded')"),
    Control("#timeline .pair [aria-label='Zoom in']", "zoom > 1"),
    Control("#timeline .pair [aria-label='Zoom out']", "zoom === 1", "setZoom(2)"),
    Control(".speakers th > button:not(.pencil, .more)", "filter.speakers.has(0)"),
    Control(".pencil", "document.querySelector('.speakers .editor') !== null", hover="#speaker-2 td", pressed="#speaker-2 .pencil"),
    Control(".lane.axis", "document.activeElement === slider"),
    Control(".tabs [role=tab]", "byId('findings').checkVisibility() && !byId('speakers').checkVisibility()", page="14-speakers", pressed="#tab-findings"),
    Control(".speakers th .more", "byId('speaker-2').classList.contains('open')", page="40-speakers", pressed="#speaker-2 .more"),
    Control(".findings .fine", "fine.ids.size === 1", "showList(byId('findings'))", page="14-speakers"),
    Control(".player .choose", "window.chosen", "document.querySelector('.player input[type=file]').click = () => { window.chosen = true; }", page="hostile/0"),
    # The field behind the button before: a press on it opens a dialog of the browser.
    Control(".player input[type=file]", ""),
    Control(".panes .close", "document.querySelector('.panes .up') === null", "raise('speakers')", phone=True, pressed="#speakers .close"),
    Control("#chip", "filter.speakers.size === 0", "showOnly(1)", phone=True),
    Control("#suggest button", "filter.speakers.has(1)", "byId('query').value = 'maelle'; searchFor('maelle')"),
    Control(".banner button", "window.copied === 'tabscribe'", "(document.querySelector('.banner button') ?? 0); navigator.clipboard.writeText = () => { window.copied = 'tabscribe'; return Promise.resolve(); }", page="incomplete"),
    Control(".speakers td a", f"Math.abs({TIME} - 12.987) < 3", pressed="#speaker-2 td a"),
    Control(".findings a", "document.activeElement.closest('tr') !== null || location.hash !== ''", before="showList(byId('findings'))", page="14-speakers"),
    Control("#findings .pair [aria-label='Next finding']", "document.querySelector('.findings [aria-current]') !== null", before="showList(byId('findings'))", page="14-speakers"),
    Control("#findings .pair [aria-label='Previous finding']", "document.querySelector('.findings [aria-current]') !== null", before="showList(byId('findings'))", page="14-speakers"),
    Control("#query", "document.activeElement.id === 'query'"),
    Control("#next", "byId('hits').textContent === 'Row 1 of 2'", FIND),
    Control("#previous", "byId('hits').textContent.startsWith('Row ')", FIND),
    Control("#only-findings", "filter.onlyFindings", page="14-speakers"),
    Control("#clear", "filter.speakers.size === 0", "showOnly(1)"),
    Control("#tint", "document.documentElement.classList.contains('tinted')"),
    Control("#size", "document.documentElement.classList.contains('large')"),
    Control("#edit", "byId('corrections').matches(':popover-open')"),
    Control("#save", "byId('exports').matches(':popover-open')"),
    Control("#help", "byId('shortcuts').matches(':popover-open')"),
    Control(".rows td:first-child a", f"Math.abs({TIME} - 12.987) < 3", pressed=ROW + " a"),
    Control(".rows td:nth-child(3)", "selection.position === 3 && focusedRow() === 3", pressed=ROW + " td:nth-child(3)"),
    Control(".rows td:nth-child(3)", f"selection.position === 3 && player.isPlaying() && {TIME} >= 12.9 && {TIME} < 20", times=2, pressed=ROW + " td:nth-child(3)"),
    Control(".rows summary", "document.querySelector('.rows details').open", page="14-speakers"),
    Control(".rows td:nth-child(4) > a", "location.hash.startsWith('#finding-')", page="40-speakers"),
    action("play-row", f"player.isPlaying() && {TIME} >= 12.9 && {TIME} < 20", phone=True),
    action("check-row", "rows[3].classList.contains('k')"),
    action("edit-row", f"document.querySelector('{ROW} textarea') === document.activeElement"),
    action("copy-quote", "window.copied?.startsWith('“Honestly?')", "navigator.clipboard.writeText = (text) => { window.copied = text; return Promise.resolve(); }"),
    Control(".rows .editor textarea", "document.activeElement.localName === 'textarea'", EDIT + "; document.activeElement.blur()"),
    Control(".rows .editor select", "document.activeElement.localName === 'select'", EDIT),
    Control(".rows .editor input[type=checkbox]", "document.querySelector('.editor [type=checkbox]').checked", EDIT),
    Control(".rows .editor input[placeholder]", "document.activeElement.placeholder === 'Name, if known'",
            EDIT + "; document.querySelector('.editor select').value = 'new'; document.querySelector('.editor select').dispatchEvent(new Event('change'))"),
    Control(".rows .editor .time", "document.activeElement.name === 'start'", EDIT + "; document.activeElement.blur()"),
    Control(".rows .editor .times button", "document.querySelector('.editor [name=start]').value.startsWith('00:40')",
            "document.querySelector('video').currentTime = 40; document.querySelector('video').pause(); player.toggle = () => {}; " + EDIT, pressed=".editor .times button"),
    Control(".editor [data-tool=split]", "rows.length === 23", EDIT + "; document.querySelector('textarea').setSelectionRange(9, 9)"),
    Control(".editor [data-tool=join]", "rows.length === 21", EDIT),
    Control(".editor [data-tool=add]", "document.querySelector('.editor.new') !== null", EDIT),
    Control(".editor [data-tool=delete]", "rows.length === 21", EDIT),
    Control(".editor.new textarea", "document.activeElement.ariaLabel === 'Text of the new row'", "openNewRow(3); document.activeElement.blur()"),
    Control(".editor button[title^='Close']", "openForm === null", EDIT),
    Control(".editor .primary", "openForm === null && overlay.mine.length === 1", EDIT + "; document.querySelector('textarea').value = 'Other words.'"),
    Control(".unsaved button", "document.querySelector('textarea').value.startsWith('Honestly')",
            EDIT + "; document.querySelector('textarea').value = 'Other words.'; leaveForm(); " + EDIT),
    Control(".speakers .editor input", "document.activeElement.localName === 'input'", SPEAKER + "; document.activeElement.blur()"),
    Control(".speakers .editor select", "document.activeElement.localName === 'select'", SPEAKER),
    menu("corrections", "#undo", "overlay.mine.length === 1", CORRECT),
    menu("corrections", "#redo", "overlay.mine.length === 2", CORRECT + "; undo()"),
    menu("corrections", "#was", "table.classList.contains('machine')", CORRECT),
    menu("corrections", "#replace", "byId('replacing').matches(':popover-open') && document.activeElement.id === 'replace-old'"),
    Control("#replace-old, #replace-new", "document.activeElement.id === 'replace-new'", REPLACE, pressed="#replace-new"),
    Control("#replace-parts", "byId('replace-parts').checked && replacing.list.length >= 12", REPLACE),
    Control("#replace-all", "overlay.mine.length === 12 && !byId('replacing').matches(':popover-open')", REPLACE),
    Control("#replace-preview a", f"Math.abs({TIME} - 12.987) < 3", REPLACE, pressed="#replace-preview li:nth-child(2) a"),
    menu("corrections", "#download", "byId('said').textContent.endsWith('.corrections.json saved')", CORRECT),
    menu("corrections", "#discard", "overlay.mine.length === 0", CORRECT),
    menu("corrections", "#open-draft", "openForm !== null", EDIT + "; document.querySelector('textarea').value = 'Other words.'; leaveForm()"),
    menu("corrections", "#drop-drafts", "drafts.names().length === 0", EDIT + "; document.querySelector('textarea').value = 'Other words.'; leaveForm()"),
    menu("exports", "#exports [data-format]", "byId('said').textContent.endsWith('saved')"),
    menu("exports", "#export-machine", "byId('export-machine').checked"),
    menu("shortcuts", "#keys", "!keys.checked"),
    Control("#now", "current.following", "seek(13000, {play: false}); follow(false)"),
    Control("#notice button", "openForm !== null", EDIT + "; document.querySelector('textarea').value = 'Other words.'; leaveForm()"),
    Control(".bar [data-pane]", "document.querySelector('.tools.up') !== null", phone=True),
    Control(".byline a", "window.opened", STAY, page="youtube"),
    Control(".load", "window.opened", STAY, page="youtube"),
    Control(".banner a, .findings p a, .rows details a, .rows small a", "location.hash !== ''", page="incomplete", before="if (lists.length > 1) showList(byId('findings'))", pressed=".findings p a, .banner a"),
    Control(".request pre", "document.activeElement.localName === 'pre'", "byId('about').open = true; document.querySelector('.request details').open = true"),
    Control(".sortable th button", "document.querySelector('.sortable th').ariaSort === 'ascending'", page="tables"),
    Control(".data td a", f"{TIME} > 0", page="tables"),
    Control(".panel summary", "document.querySelector('.panel').open", page="derived"),
    Control(".panel .wide", "document.activeElement.className === 'wide'", "document.querySelector('.panel').open = true", page="derived", pressed=".panel tbody td:last-child"),
    # In the library only; the tests of served pages press them.
    Control("#save-corrections", ""),
    Control(".banner .resume, .banner input", ""),
]


def listed(page, controls=CONTROLS):
    """The controls of a page that no row of the table stands for."""
    selectors = ", ".join(control.selector for control in controls)
    return page.run(f"""[...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex], [role=button], [role=slider], [role=tab]')]
      .filter((control) => !control.matches({json.dumps(selectors)}) && !control.matches('main'))
      .map((control) => control.outerHTML.slice(0, 160))""")


@test
def every_control_of_a_report_has_a_test_with_a_pointer(report):
    for name in ("sample", "14-speakers", "40-speakers", "incomplete", "corrected", "tables", "derived", "youtube", "arabic"):
        page = report(name)
        page.run("if (rows.length > 3) { editRow(3); document.querySelector('textarea').value = 'x'; leaveForm(); editRow(3); } 0")
        equal(listed(page), [], name)
        page.run("editTitle(); 0")
        equal(listed(page), [], name)
        page.run("if (rows.length > 3) editSpeaker(0); 0")
        equal(listed(page), [], name)
        page.run(REPLACE + "; 0")
        equal(listed(page), [], name)


def fresh(report, page, control):
    """A page as it first opens, in a tab that was used before."""
    page.run("openForm = null; localStorage.clear()")
    page.size(*((390, 844, True) if control.phone else (1280, 900, False)))
    page.send("Emulation.setTouchEmulationEnabled", enabled=False)
    page.open((report.folder / f"{control.page}.html").as_uri())


def pressed_once(report, page, control, device, playing, hold):
    fresh(report, page, control)
    what = f"{control.selector} by {device}{' while playing' if playing else ''}"
    if control.page in ("sample", "tables", "derived", "14-speakers"):
        page.wait_until(f"document.querySelector('video') === null || document.querySelector('video').error || {READY}")
    if playing:
        page.run("document.querySelector('video').currentTime = 2; player.toggle(); 0")
        page.wait_until("player.isPlaying()")
    page.run(control.before + "; 0")
    try:
        if control.hover and device != "touch" and not control.phone:
            page.hover(control.hover)
        elif control.hover:
            page.press(control.hover, device)
        page.press(control.pressed or control.selector, device, hold, control.times)
        page.wait_until(control.effect, 2)
    except AssertionError as error:
        return f"{what}: {error}"
    return None


@test
@slow
def every_control_answers_to_mouse_pen_and_finger(report):
    failures, page = [], report("sample")
    for control in CONTROLS:
        if not control.effect:
            continue
        for device, playing, hold in (("mouse", False, 0.06), ("mouse", True, 0), ("touch", False, 0), ("pen", False, 0)):
            if playing and control.page != "sample":
                continue
            if control.times > 1 and device == "touch":
                continue
            failure = pressed_once(report, page, control, device, playing, hold)
            if failure:
                failures.append(failure)
    require(not failures, "\n        ".join(["", *failures]))


@test
def row_buttons_take_a_press_wherever_the_pointer_rests(report):
    for playing in (False, True):
        for hold in (0, 0.06, 0.12):
            page = report("sample")
            page.wait_until(READY)
            if playing:
                page.run("player.toggle(); 0")
            page.hover(ROW + " td:nth-child(3)")
            page.hover("#edit-row")
            page.run("new Promise((done) => setTimeout(done, 200))")
            page.press("#edit-row", hold=hold)
            page.wait_until("document.activeElement.localName === 'textarea'", 2)
            report.close()
            report.opened.clear()


@test
def a_row_that_is_clicked_is_what_keys_act_on(report):
    page = report("sample")
    page.press(ROW + " td:nth-child(3)")
    equal(page.run("[selection.position, player.isPlaying(), document.querySelectorAll('[data-here]').length]"), [3, False, 1])
    page.key("x")
    require(page.run("rows[3].classList.contains('k')"), "the clicked row is not checked")
    page.key("e")
    equal(page.run("document.activeElement.closest('tr') === rows[3]"), True)


@test
def a_double_click_plays_from_the_word_under_it(report):
    page = report("sample")
    page.wait_until(READY)
    box = page.run("(() => { const range = document.createRange(); const node = textOf(1).firstChild; const at = node.data.indexOf('drawn');"
                   "range.setStart(node, at); range.setEnd(node, at + 5); const box = range.getBoundingClientRect(); return [box.x + 8, box.y + box.height / 2]; })()")
    for count in (1, 2):
        for kind in ("mousePressed", "mouseReleased"):
            page.send("Input.dispatchMouseEvent", type=kind, x=box[0], y=box[1], button="left", clickCount=count)
    page.wait_until("player.isPlaying()")
    require(7 < page.run(TIME) < 9.6, page.run(TIME))
    page.wait_until("CSS.highlights.get('spoken').size === 1")


@test
def speech_in_the_sound_stands_under_the_lanes(report):
    page = report("spoken")
    lane = "document.querySelector('.lane.sound')"
    equal(page.run(f"{lane}.querySelector('span').textContent"), "Speech heard")
    equal(page.run(f"[...document.querySelectorAll('.lane')].indexOf({lane})"), 5, "it is not under the speakers")
    # The first row is spoken from 1.4 s to 4.23 s, and a unit of the drawing is a tenth of a second.
    require(page.run(f"{lane}.querySelector('path').getAttribute('d')").startswith("M14 0h29v10h-29z"), "the stretches are others")
    page.run("correct('voice', {...placeIn(2), before: 1, after: 2}, '')")
    equal(page.run(f"{lane} !== null"), True, "correcting a voice removed it")
    equal(page.run("[...document.querySelectorAll('.lane')].map((lane) => lane.classList.contains('sound')).indexOf(true)"), 5)
    require("times set by the sound" in page.run("document.querySelector('.provenance').textContent"), "the header does not say it")
    require("1 correction by people" in page.run("document.querySelector('.provenance').textContent"), "the header counts times among people's work")


@test
def words_light_up_as_the_sound_has_them(report):
    page = report("spoken")
    page.wait_until(READY)
    wrong = page.run("""rows.flatMap((row, position) => (timesOfWords(position) ?? []).flatMap(([start, end], number) => {
      const word = rowWords(position).match(/\\P{White_Space}+/gu)[number];
      return spokenRange(position, (start + end) / 2)?.toString() === word ? [] : [word];
    }))""")
    equal(wrong, [])
    page.run("playFrom(1, 0.5)")
    page.wait_until("player.isPlaying() && CSS.highlights.get('spoken').size === 1")
    require(abs(page.run(TIME) - page.run("timesOfWords(1)[8][0]") / 1000) < 1.5, page.run(TIME))
    page.run("document.querySelector('video').pause()")
    # A row whose words a person changed has no times of words any more.
    page.run("correct('text', {...placeIn(1), before: transcript().segments[1].text, after: 'Two words.'}, '')")
    equal(page.run("timesOfWords(1)"), None)
