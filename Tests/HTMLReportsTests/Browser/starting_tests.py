"""A new transcription from the browser, as `tabscribe serve --allow-transcribe` offers it: planned, begun, watched, stopped, taken up."""
import json, shutil

from controls_tests import Control, listed
import rules
from harness import equal, require, test
from library import Library

ROWS = "document.querySelectorAll('.rows tbody tr').length"
PLANNED = "byId('plan').ariaBusy === 'false' && byId('requests').textContent"
PROBLEM = "byId('problem').textContent"
SOURCE = "document.querySelector('[name=source]')"
DROP = """(() => { const data = new DataTransfer(); data.items.add(new File(['never a film'], 'dropped.mp4'));
  byId('drop').dispatchEvent(new DragEvent('drop', {dataTransfer: data, bubbles: true, cancelable: true})); })()"""

CONTROLS = [
    Control(".byline a", "window.opened", "addEventListener('click', (event) => { event.preventDefault(); window.opened = event.target.closest('a') !== null; }, true)"),
    *[Control(f"[name={name}]", f"document.activeElement.name === '{name}'")
      for name in ("source", "start", "end", "duration", "costLimitUSD", "prompt", "model", "mediaResolution")],
    Control("#choose", "window.chosen", "byId('file').click = () => { window.chosen = true; }"),
    # The field behind the button before: a press on it opens a dialog of the browser.
    Control("#file", ""),
    Control("#cancel", "byId('cancel').hidden && sending === null", "XMLHttpRequest.prototype.send = () => {}; send(new File(['x'], 'talk.mp4'))"),
    Control("#begin", f"{PROBLEM}.startsWith('Nothing is named yet.')"),
    Control("#copy", "window.copied === 'tabscribe'", "navigator.clipboard.writeText = (text) => { window.copied = text; return Promise.resolve(); }; byId('command').textContent = 'tabscribe'; byId('copy').disabled = false"),
    Control("pre", "document.activeElement.localName === 'pre'"),
]


def desk():
    library = Library.get()
    if not hasattr(library, "desk"):
        library.desk = library.serve_desk(1.5)
        shutil.copy(library.folder / "demo" / "sample.webm", library.folder / "clip.webm")
    return library.desk


def opened(report, path="/new", **settings):
    page = report.browser.page(**settings)
    report.opened.append(page)
    return page.open(desk() + path)


def no_foreign_requests(page):
    foreign = [url for url in page.requests() if not url.startswith((desk() + "/", "data:image/svg+xml"))]
    equal(foreign, [], "foreign requests")


@test
def a_transcription_is_planned_begun_stopped_and_taken_up_in_the_browser(report):
    page = opened(report, "/")
    page.press(".ways a[href='/new']")
    page.wait_until("location.pathname === '/new' && document.getElementById('begin') !== null")
    page.run(f"{SOURCE}.focus()")
    page.type("clip.webm")
    page.wait_until(f"{PLANNED} === '1'")
    # What the estimate says moves nothing.
    places = "[...document.querySelectorAll('form, form *, section, dt, h2, h3, pre')].map((one) => Math.round(one.getBoundingClientRect().top)).join()"
    before = page.run(places)
    page.set("[name=mediaResolution]", "high")
    price = page.run("byId('price').textContent")
    page.wait_until(f"byId('price').textContent !== {json.dumps(price)}")
    page.set("[name=start]", "9:00")
    page.wait_until(f"{PROBLEM}.startsWith('The clip starts at 09:00')")
    equal(page.run(places), before, "places")
    page.set("[name=start]", "")
    page.wait_until(f"{PLANNED} === '1' && {PROBLEM} === ''")
    require(page.run("byId('command').textContent").startswith("tabscribe transcribe clip.webm --prompt transcribe --media-resolution high --cost-limit 0."), page.run("byId('command').textContent"))
    page.run(f"{SOURCE}.focus()")
    page.key("Enter")
    page.wait_until(f"location.pathname.startsWith('/items/') && document.querySelector('#stop') !== null && {ROWS} > 0", 20)
    rows = page.run(ROWS)
    page.press("#stop")
    page.wait_until("document.querySelector('.banner .resume') !== null")
    require(page.run(ROWS) >= rows, "rows that had arrived are lost")
    page.press(".banner .resume", "touch")
    page.wait_until("document.querySelector('#stop') !== null")
    page.wait_until("document.querySelector('#timeline') !== null && document.querySelector('.banner') === null", 20)
    page.wait_until(f"{ROWS} === 22 && document.readyState === 'complete'")
    equal(page.complaints(), [])
    run = json.loads(Library.get().run("runs", "show", "last", "--json"))
    equal([run["status"], run["arguments"][0]], ["finished", "transcribe"])
    page.open(desk() + "/new")
    page.run(f"{SOURCE}.focus()")
    page.type("clip.webm")
    page.set("[name=mediaResolution]", "high")
    page.wait_until("byId('done').textContent === 'all of it' && byId('price').textContent === '0'")
    no_foreign_requests(page)


@test
def a_file_that_is_chosen_or_dropped_is_sent_and_planned(report):
    page = opened(report)
    node = page.send("DOM.getDocument")["root"]["nodeId"]
    node = page.send("DOM.querySelector", nodeId=node, selector="#file")["nodeId"]
    page.send("DOM.setFileInputFiles", nodeId=node, files=[str(Library.get().folder / "clip.webm")])
    page.wait_until(f"{SOURCE}.value === 'clip.webm' && {PLANNED} === '1'")
    equal(page.run("[byId('sent').value, byId('cancel').hidden, byId('sent-text').textContent.startsWith('clip.webm is here')]"), [1, True, True])
    # What is typed counts from then on.
    page.run(f"{SOURCE}.focus()")
    page.type("x")
    page.wait_until(f"{PROBLEM}.startsWith('Clip.webmx') || {PROBLEM}.includes('clip.webmx cannot be found')")
    equal(page.run("upload"), None)
    page.run(DROP)
    page.wait_until(f"{SOURCE}.value === 'dropped.mp4' && {PROBLEM} !== ''")
    require("does not begin like a video" in page.run(PROBLEM), page.run(PROBLEM))
    page.run("send(new File(['x'], 'notes.txt'))")
    page.wait_until(f"{PROBLEM}.includes('is no video or audio') || {PROBLEM}.includes('did not arrive')")
    no_foreign_requests(page)


@test
def every_control_of_a_new_transcription_answers_to_mouse_pen_and_finger(report):
    page = opened(report)
    equal(listed(page, CONTROLS), [])
    failures = []
    for control in CONTROLS:
        for device in ("mouse", "touch", "pen") if control.effect else ():
            page.send("Emulation.setTouchEmulationEnabled", enabled=False)
            if control.before:
                page.open(desk() + "/new")
                page.run(control.before + "; 0")
            page.run("document.activeElement.blur(); byId('problem').textContent = ''; 0")
            try:
                page.press(control.selector, device)
                page.wait_until(control.effect, 2)
            except AssertionError as error:
                failures.append(f"{control.selector} by {device}: {error}")
    require(not failures, "\n        ".join(["", *failures]))
    # By keyboard all of them are reached, in the order of the page.
    page.open(desk() + "/new")
    reached = []
    for _ in range(12):
        page.key("Tab")
        reached.append(page.run("document.activeElement.name || document.activeElement.id || document.activeElement.localName"))
    equal(reached, ["a", "source", "choose", "prompt", "model", "mediaResolution", "start", "end", "duration", "costLimitUSD", "begin", "pre"])


@test
def a_new_transcription_fits_and_breaks_no_rule(report):
    source = rules.axe_source()
    for width, height, phone, dark in ((1280, 900, False, True), (768, 1024, True, False), (320, 700, True, True)):
        page = opened(report, width=width, height=height, phone=phone, dark=dark)
        page.run(f"{SOURCE}.value = 'absent.mp4'; changed()")
        page.wait_until(f"{PROBLEM} !== ''")
        require(page.run("document.documentElement.scrollWidth") <= width, f"the page is wider than {width} px")
        equal(page.run(rules.STRUCTURE) + page.run(rules.CONTRAST), [], f"at {width} px")
        if source:
            equal(rules.broken_by_axe(page, source), [], f"at {width} px")
        equal(page.complaints(), [])
