"""The library as `tabscribe serve` shows it: list, search, reports beside their videos, corrections, live rows."""
import json, re, shutil, urllib.request

from editing_tests import HEADER, edit_row, keep
import rules
from harness import TIME, equal, require, test
from library import Library

ROWS = "document.querySelectorAll('.rows tbody tr').length"
SAID = "byId('where').textContent"


def opened(report, path, **settings):
    """A page of the library; what it asks of anybody else is a failure."""
    page = report.browser.page(**settings)
    report.opened.append(page)
    return page.open(Library.get().address + path)


def demo_item():
    return Library.get().items()[-1]


def no_foreign_requests(page):
    address = Library.get().address
    foreign = [url for url in page.requests() if not url.startswith((address + "/", "data:image/svg+xml", "blob:"))]
    equal(foreign, [], "foreign requests")


@test
def the_library_lists_what_was_transcribed(report):
    page = opened(report, "/")
    equal(page.run("document.querySelector('tbody th a').textContent"), "sample")
    require("complete" in page.run("document.querySelector('tbody tr').textContent"), "the status is not shown")
    equal(page.run("[document.scripts.length, document.getElementById('saved').hidden]"), [1, True], "a script that keeps searches")
    equal(page.complaints(), [])
    no_foreign_requests(page)


@test
def the_list_of_the_library_is_sorted_and_narrowed(report):
    page = opened(report, "/")
    shown = "[...document.querySelectorAll('tbody th')].map((cell) => cell.textContent)"
    for reversed_, state in (("", "ascending"), ("&reversed=1", "descending")):
        page.press("thead th:nth-child(1) a")
        page.wait_until(f"location.search === '?order=title{reversed_}' && document.querySelector('thead [aria-sort]')?.ariaSort === '{state}'")
    page.press("thead th:nth-child(7) a", "touch")
    page.wait_until("location.search === '?order=checked' && document.querySelector('thead [aria-sort]')?.textContent === 'Checked'")
    page.press(".find input")
    page.type("SAMP")
    page.press(".find button")
    page.wait_until("new URLSearchParams(location.search).get('title') === 'SAMP' && document.querySelector('tbody th') !== null")
    equal(page.run("new URLSearchParams(location.search).get('order')"), "checked", "the order is kept")
    require("sample" in page.run(shown), page.run(shown))
    page.press(".find input")
    page.type("x")
    page.key("Enter")
    page.wait_until("document.body?.textContent.includes('Nothing fits.')")
    page.press(".masthead a")
    page.wait_until("location.pathname === '/' && location.search === ''")
    equal(page.complaints(), [])
    no_foreign_requests(page)


@test
def a_search_is_kept_opened_and_forgotten(report):
    page = opened(report, "/search?q=sheets&speaker=&order=time&page=1")
    page.press("#saved button")
    kept = "[...document.querySelectorAll('#saved a')].map((link) => [link.textContent, link.getAttribute('href'), link.ariaCurrent])"
    equal(page.run(kept), [["“sheets”", "/search?q=sheets&order=time", "true"]])
    equal(page.run("document.querySelectorAll('#saved > button').length"), 0, "kept twice")
    other = opened(report, "/?title=%3Cb%3Esam&status=complete")
    other.press("#saved > button", "touch")
    equal([one[0] for one in other.run(kept)], ["“sheets”", "<b>sam, complete"])
    page.wait_until("document.querySelectorAll('#saved a').length === 2")
    page.open(Library.get().address + "/people")
    page.press("#saved a")
    page.wait_until("location.pathname === '/search' && document.querySelector('#saved a')?.ariaCurrent === 'true'")
    page.press("#saved span:nth-child(2) button", "pen")
    page.press("#saved span:nth-child(1) button")
    equal(page.run(kept), [])
    page.open(Library.get().address + "/")
    equal(page.run("document.getElementById('saved').hidden"), True)
    equal(page.complaints() + other.complaints(), [])
    no_foreign_requests(page)


@test
def axe_core_finds_nothing_in_the_pages_of_the_library(report):
    source = rules.axe_source()
    if source is None:
        print("    skipped: axe-core is not installed; .ci/setup installs it")
        return
    archive = Library.archive()
    for path in ("/", "/people", "/people?name=nobody", "/search?q=1969", "/search?q=", "/items/999999"):
        for width, height, phone, dark in ((1280, 900, False, False), (768, 1024, True, True), (375, 812, True, False)):
            page = report.browser.page(width=width, height=height, phone=phone, dark=dark)
            report.opened.append(page)
            page.open(archive.address + path)
            page.run("document.querySelector('#saved > button')?.click(); 0")
            equal(rules.broken_by_axe(page, source), [], f"{path} at {width} px")
    page = opened(report, f"/items/{demo_item()}")
    page.run("editTitle()")
    equal(rules.broken_by_axe(page, source), [], "a report with the form of its title")


@test
def a_page_that_is_not_there_leads_back(report):
    page = opened(report, "/items/999999")
    page.wait_until("document.querySelector('h2')?.textContent === 'There is no such page'")
    page.press(".masthead a")
    page.wait_until("location.pathname === '/' && document.querySelector('tbody th a') !== null")


@test
def a_search_of_the_library_leads_to_a_moment_of_the_video(report):
    page = opened(report, "/")
    page.run("document.querySelector('[name=q]').focus()")
    page.type("sheets")
    page.key("Enter")
    page.wait_until("location.pathname === '/search' && document.querySelector('mark') !== null")
    equal(page.run("document.querySelector('mark').textContent"), "sheets")
    moment = page.run("document.querySelector('main li a').getAttribute('href')")
    require(re.fullmatch(r"/items/\d+#t=[\d.]+", moment), moment)
    page.click("main li a")
    page.wait_until("location.pathname.startsWith('/items/') && document.querySelector('video')?.readyState > 0")
    seconds = float(moment.split("=")[1])
    page.wait_until(f"Math.abs({TIME} - {seconds}) < 0.05")
    require("sheets" in page.run("document.querySelector('.rows [aria-current]').textContent"), "another row is current")
    equal(page.complaints(), [])
    no_foreign_requests(page)


@test
def a_search_is_narrowed_by_facets_and_turned_page_by_page(report):
    library = Library.archive()
    page = report.browser.page()
    report.opened.append(page)
    page.open(library.address)
    heading, sources = "document.getElementById('found-heading')?.textContent", "document.querySelectorAll('article').length"
    page.press("[name=q]")
    page.type("1969")
    page.key("Enter")
    page.wait_until(f"{heading} === '315 moments in 45 sources'")
    equal(page.run(sources), 20, "sources on a page")
    equal(page.run("document.querySelectorAll('article')[0].querySelectorAll('li').length"), 5, "rows of a source")
    facets = page.run("[...document.querySelectorAll('.facets b')].map((name) => name.textContent)")
    equal(facets, ["Language", "Folder"], "facets")
    page.press(".pages a:last-child")
    page.wait_until(f"location.search.endsWith('page=3') && {sources} === 5")
    page.press("[aria-label='Find only'] a[href*='language=ja']", "touch")
    page.wait_until(f"{heading} === '105 moments in 15 sources' && {sources} === 15")
    equal(page.run("document.querySelector('.facets [aria-current]').textContent"), "ja 105")
    # Another language can be chosen at once, and the keyboard does as well.
    require(page.run("document.querySelector('.facets').textContent.includes('ar 105')"), "other languages are gone")
    page.run("document.querySelector('[name=q]').select()")
    page.type("着陸")
    page.key("Enter")
    page.wait_until("document.querySelector('mark')?.textContent === '着陸'")
    equal(page.run("new URLSearchParams(location.search).get('language')"), "ja", "the facet is kept")
    page.press(".more a")
    page.wait_until(f"{heading} === '7 moments in 1 source' && document.querySelectorAll('li').length === 7")
    equal(page.complaints(), [])
    page.run("document.querySelector('main li a').focus()")
    page.key("Enter")
    page.wait_until("location.pathname.startsWith('/items/') && location.hash.startsWith('#t=')")


@test
def the_video_of_a_served_report_seeks_and_plays(report):
    page = opened(report, f"/items/{demo_item()}")
    page.wait_until("document.querySelector('video').readyState > 0")
    page.click(".rows tbody tr:nth-child(12) a")
    start = page.run("data.starts[11] / 1000")
    page.wait_until(f"{TIME} > {start} && {TIME} < {start} + 5")
    ranges = [event for event in page.events if event["method"] == "Network.responseReceived" and event["params"]["response"]["status"] == 206]
    require(len(ranges) > 0, "the video was not asked for in parts")


@test
def a_served_report_shows_what_was_sent(report):
    page = opened(report, f"/items/{demo_item()}")
    titles = page.run("[...document.querySelectorAll('.request summary')].map((one) => one.firstChild.textContent.trim())")
    equal(titles, ["Prompt", "Parameters", "Response schema", "Requests", "Raw reply"])
    require("answered, STOP" in page.run("document.querySelector('.calls').textContent"), "the request's end is not shown")
    require(page.run("document.documentElement.outerHTML.length") < 400_000, "the page is too large")


@test
def a_correction_is_saved_from_the_page_and_exported(report):
    library, item = Library.get(), demo_item()
    page = opened(report, f"/items/{item}")
    edit_row(page, 2, "Tonight is about a drawer of tides.")
    keep(page)
    require("1 correction is kept in this browser only" in page.run(SAID), page.run(SAID))
    page.click("#edit")
    page.click("#save-corrections")
    page.wait_until(f"{SAID} === '1 correction saved.'")
    equal(page.run("overlay.mine.length"), 0, "corrections left in the browser")
    require("1 correction by people" in page.run(HEADER), page.run(HEADER))
    text = library.run("export", "last", "-f", "txt", "-o", "-")
    require("Tonight is about a drawer of tides." in text, text[:400])
    again = opened(report, f"/items/{item}")
    require("drawer of tides" in again.run("document.querySelectorAll('.rows tbody tr')[1].textContent"), "the page forgot it")
    equal(again.run("document.querySelector('#save-corrections').disabled"), True, "nothing is left to save")
    equal(page.complaints() + again.complaints(), [])
    no_foreign_requests(page)
    library.run("correct", "undo", "last", "--last")


@test
def a_picture_of_the_video_stands_in_the_player(report):
    library, item = Library.get(), demo_item()
    page = opened(report, f"/items/{item}")
    equal(page.run("new URL(document.querySelector('video').poster).pathname"), f"/items/{item}/poster")
    with urllib.request.urlopen(f"{library.address}/items/{item}/poster") as answer:
        body = answer.read()
    # Without FFmpeg there is none.
    if shutil.which("ffmpeg"):
        equal([answer.status, answer.headers["Content-Type"], body[:2]], [200, "image/jpeg", b"\xff\xd8"])
        page.run("window.image = new Image(); image.src = document.querySelector('video').poster; 0")
        page.wait_until("image.naturalWidth > 300")
    else:
        equal([answer.status, body], [204, b""])
    equal(library.send("GET", "/items/999999/poster", None)[0], 404)
    equal(page.complaints(), [])
    no_foreign_requests(page)


@test
def a_title_that_is_saved_stands_in_the_list_and_is_found(report):
    library, item = Library.get(), demo_item()
    page = opened(report, f"/items/{item}")
    page.run("editTitle()")
    page.set(".title .editor input", "An evening of tides")
    keep(page)
    page.run("toggleChecked(1); saveCorrections()")
    page.wait_until(f"{SAID} === '2 corrections saved.'")
    page.press(".byline a[href='/']")
    page.wait_until("location.pathname === '/' && document.querySelector('tbody th a') !== null")
    cells = f"[...document.querySelector('tbody th a[href=\"/items/{item}\"]').closest('tr').cells].map((cell) => cell.textContent)"
    found = page.run(cells)
    equal([found[0], found[6]], ["An evening of tides", "1 of 22"])
    page.open(library.address + "/?title=evening&order=title")
    require(item in library.items() and page.run("document.querySelectorAll('tbody th').length") == 1, "the title is not searched")
    library.run("correct", "undo", "last", "--last")
    library.run("correct", "undo", "last", "--last")
    page.open(library.address + "/?title=evening")
    page.wait_until("document.body?.textContent.includes('Nothing fits.')")


@test
def what_was_saved_is_undone_and_done_again(report):
    library, item = Library.get(), demo_item()
    page = opened(report, f"/items/{item}")
    before = page.run("spoken(1)")
    edit_row(page, 2, "Saved, then regretted.")
    keep(page)
    page.run("saveCorrections()")
    page.wait_until(f"{SAID} === '1 correction saved.'")
    page = opened(report, f"/items/{item}")
    equal(page.run("spoken(1)"), "Saved, then regretted.")
    page.press("#edit")
    page.press("#undo")
    page.wait_until("data.corrections.length === 0")
    equal(page.run("spoken(1)"), before)
    require("regretted" not in library.run("export", "last", "-f", "txt", "-o", "-"), "the library still has it")
    page.press("#redo", "touch")
    equal(page.run("[overlay.mine.length, spoken(1)]"), [1, "Saved, then regretted."])
    page.run("saveCorrections()")
    page.wait_until(f"{SAID} === '1 correction saved.'")
    page.run("document.activeElement.blur(); byId('corrections').hidePopover(); 0")
    page.key("u")
    page.wait_until("data.corrections.length === 0")
    equal(page.complaints(), [])
    no_foreign_requests(page)


@test
def people_of_the_library_lead_to_everything_they_said(report):
    library = Library.archive()
    page = report.browser.page()
    report.opened.append(page)
    page.open(library.address)
    page.press(".ways a")
    page.wait_until("document.getElementById('people-heading')?.textContent === '2 people'")
    equal(page.run("[...document.querySelectorAll('.everybody tbody tr')].map((row) => [row.cells[0].textContent, row.cells[2].textContent])"),
          [["Maya Lindqvist", "45"], ["Tomas Reed", "45"]])
    page.press(".everybody .find input")
    page.type("REED")
    page.press(".everybody .find button", "touch")
    page.wait_until("location.search === '?name=REED' && document.querySelectorAll('.everybody tbody tr').length === 1")
    page.press(".everybody tbody a")
    page.wait_until("document.getElementById('found-heading')?.textContent === '135 moments in 45 sources'")
    equal(page.run("[...new Set([...document.querySelectorAll('li b')].map((name) => name.textContent))]"), ["Tomas Reed"])
    page.open(library.address + "/people?name=nobody")
    require("Nobody fits." in page.run("document.body.textContent"), "an empty list says nothing")
    equal(page.run("document.scripts.length"), 1, "a script that keeps searches")
    equal(page.complaints(), [])


@test
def two_transcripts_of_a_recording_stand_side_by_side(report):
    library = Library()
    try:
        library.run("demo", "--output-dir", "again")
        item = library.items()[0]
        page = report.browser.page()
        report.opened.append(page)
        page.open(f"{library.address}/items/{item}")
        page.press(".comparisons a")
        page.wait_until("document.querySelectorAll('.figures tbody tr').length > 0 && location.pathname === '/compare'")
        page.wait_until("document.querySelector('video').readyState > 0")
        page.press(".byline a:last-child")
        page.wait_until("location.pathname === '/' && document.querySelector('tbody th a') !== null")
        equal(library.send("GET", f"/compare?first={item}&second=999999", None)[0], 404)
        equal(page.complaints(), [])
    finally:
        library.stop()


@test
def a_correction_that_no_longer_fits_is_said_and_kept_in_the_browser(report):
    library, item = Library.get(), demo_item()
    first, second = opened(report, f"/items/{item}"), opened(report, f"/items/{item}")
    for page in (first, second):
        # As in two browsers, which do not tell each other.
        page.run("tabs.postMessage = () => {}; window.hearOfCorrections = () => false; 0")
    for page, words in ((first, "One of two."), (second, "Two of two.")):
        edit_row(page, 1, words)
        keep(page)
    first.run("saveCorrections()")
    first.wait_until(f"{SAID} === '1 correction saved.'")
    second.run("saveCorrections()")
    second.wait_until(f"{SAID}.startsWith('0 corrections saved. Row 1 is not what it was')")
    equal(second.run("overlay.mine.length"), 1, "the correction is lost")
    second.run("localStorage.clear()")
    library.run("correct", "undo", "last", "--last")


@test
def two_people_who_correct_a_row_are_told_of_each_other(report):
    library, item = Library.get(), demo_item()
    address = library.serve_group()
    pages = []
    for name in ("anna", "ben"):
        page = report.browser.page()
        report.opened.append(page)
        page.log_in(name)
        pages.append(page.open(f"{address}/items/{item}"))
        page.run("tabs.postMessage = () => {}; window.hearOfCorrections = () => false; 0")
    anna, ben = pages
    edit_row(anna, 1, "Words of Anna.")
    keep(anna)
    require("in the library, as anna." in anna.run(SAID), anna.run(SAID))
    anna.run("saveCorrections()")
    anna.wait_until(f"{SAID} === '1 correction saved.'")
    edit_row(ben, 1, "Words of Ben.")
    keep(ben)
    ben.run("saveCorrections()")
    ben.wait_until(f"{SAID}.startsWith('0 corrections saved. Row 1 is not what it was when it was corrected: anna changed it meanwhile')")
    equal(ben.run("[overlay.mine.length, spoken(0), savedStep().length]"), [1, "Words of Anna.", 0], "what Ben sees")
    ben.run("byId('discard').click()")
    edit_row(ben, 1, "Words of both.")
    keep(ben)
    ben.run("saveCorrections()")
    ben.wait_until(f"{SAID} === '1 correction saved.'")
    equal(ben.run("data.corrections.map((one) => one.by)"), ["anna", "ben"], "who corrected")
    ben.run("byId('was').click()")
    note = ben.run("document.querySelector('.was').textContent")
    require(re.search(r" · ben, \d{4}-\d\d-\d\d$", note), note)
    equal(anna.complaints() + ben.complaints(), [])
    require(" ben " in library.run("correct", "list", "last"), "the list names nobody")
    # Each takes back what is their own.
    ben.run("takeBackSaved()")
    ben.wait_until("data.corrections.length === 1 && spoken(0) === 'Words of Anna.'")
    library.run("correct", "undo", "last", "--last")


@test
def what_one_tab_saves_another_has(report):
    library, item = Library.get(), demo_item()
    first, second = opened(report, f"/items/{item}"), opened(report, f"/items/{item}")
    edit_row(first, 2, "Saved by the first.")
    keep(first)
    second.wait_until("overlay.mine.length === 1")
    require("1 unsaved" in second.run("byId('edit').textContent"), second.run("byId('edit').textContent"))
    first.run("saveCorrections()")
    first.wait_until(f"{SAID} === '1 correction saved.'")
    second.wait_until("overlay.mine.length === 0 && data.corrections.length > 0")
    require("Saved by the first." in second.run("spoken(1)"), second.run("spoken(1)"))
    require("unsaved" not in second.run("byId('edit').textContent"), second.run("byId('edit').textContent"))
    library.run("correct", "undo", "last", "--last")


@test
def corrections_from_elsewhere_are_refused(report):
    library, item = Library.get(), demo_item()
    page = opened(report, f"/items/{item}")
    token = page.run("library.dataset.token")
    require(re.fullmatch(r"[0-9a-f]{64}", token), token)
    body = page.run("correctionsFile([])").encode()
    path, origin, kind = f"/items/{item}/corrections", library.address, "application/json"
    equal(library.send("POST", path, body, Content_Type=kind, Origin=origin)[0], 403, "without a token")
    equal(library.send("POST", path, body, Content_Type=kind, Origin=origin, X_Tabscribe_Token=token[::-1])[0], 403, "another token")
    equal(library.send("POST", path, body, Content_Type=kind, Origin="http://evil.example", X_Tabscribe_Token=token)[0], 403, "another site")
    equal(library.send("POST", path, body, Content_Type=kind, Origin=origin, Host="evil.example", X_Tabscribe_Token=token)[0], 403, "another host")
    equal(library.send("POST", path, body, Content_Type=kind, Origin=origin, X_Tabscribe_Token=token)[0], 200, "the page's own")
    equal(library.send("GET", "/", None, Host="evil.example")[0], 403, "a page under another name")
    # A page of another origin, such as a file, can neither read nor write here.
    stranger = report("sample")
    stranger.run(f"fetch('{library.address}{path}', {{method: 'POST', mode: 'no-cors', body: '{{}}'}}).catch(() => 0).then(() => 0)")


@test
def rows_of_a_running_transcription_appear_and_become_the_report(report):
    library = Library.get()
    known = library.items()
    process = library.transcribe_slowly("slow.webm", 0.6)
    page = opened(report, "/")
    page.wait_for(lambda: len(library.items()) > len(known), "the run to be listed", 15)
    item = library.items()[0]
    page.open(f"{library.address}/items/{item}")
    equal(page.run("document.querySelector('.provenance b').textContent"), "Being transcribed")
    source = library.send("GET", f"/items/{item}", None)[1]
    bar = re.search(r"<progress[^>]*>", source)[0]
    equal([bar.count(" max="), bar.count(" value=")], [1, 1], bar)
    page.wait_until(f"{ROWS} > 2", 20)
    page.run("window.first = document.querySelector('.rows tbody tr'); first.title = 'kept'; 0")
    page.size(1000, 300)
    page.run("scrollTo(0, 60)")
    count = page.run(ROWS)
    page.wait_until(f"{ROWS} > {count} && byId('rows') !== null", 20)
    equal(page.run("[first.isConnected, first.title, document.querySelector('.rows tbody tr') === first]"), [True, "kept", True], "the first row")
    equal(page.run("scrollY"), 60, "scroll position")
    equal(page.complaints(), [])
    page.wait_until("document.querySelector('#timeline') !== null", 40)
    equal(process.wait(20), 0, "exit code")
    page.wait_until(f"{ROWS} === 22")
    no_foreign_requests(page)


@test
def a_running_transcription_reads_without_scripts(report):
    library = Library.get()
    known = library.items()
    library.transcribe_slowly("quiet.webm", 1)
    page = opened(report, "/", scripts=False)
    page.wait_for(lambda: len(library.items()) > len(known), "the run to be listed", 15)
    status, text = library.send("GET", f"/items/{library.items()[0]}", None)
    equal(status, 200)
    require('<noscript><meta http-equiv="refresh" content="3">' in text, text[:600])
    require("default-src 'none'" in text and "connect-src 'self'" in text, text[:300])
