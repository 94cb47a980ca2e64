"""Reading a report: playing, searching, filtering, moving about, printing."""
import contextlib, functools, http.server, json, re, threading, time

import rules
from harness import CURRENT, FOCUSED, LOOKED_AT, SHOWN, TIME, alone, equal, foreign_requests, require, slow, test


@test
def a_click_on_a_time_moves_the_player(report):
    page = report("sample")
    page.wait_until("document.querySelector('video').readyState >= 1")
    page.click('.rows a[href="#t=36.679"]')
    page.wait_until(f"Math.abs({TIME} - 36.679) < 2")
    require(page.run(TIME) >= 36.6, "the player is before the row")
    equal(page.run(CURRENT), "t=36.679")
    equal(page.run("location.hash"), "#t=36.679")


@test
def playing_moves_the_current_row(report):
    page = report("sample")
    page.wait_until("document.querySelector('video').readyState >= 1")
    page.click('.rows a[href="#t=1.4"]')
    page.run("document.querySelector('video').playbackRate = 4")
    page.wait_until(f"{TIME} > 13", 20)
    page.wait_until(f"{CURRENT} === 't=12.987' || {TIME} > 18")
    require(page.run(TIME) < 30, "the player ran away")


@test
def following_pauses_when_the_reader_scrolls_and_a_button_leads_back(report):
    page = report("14-speakers", "#t=30")
    page.wait_until("document.querySelector('video').readyState >= 1")
    page.run("player.toggle()")
    page.wait_until("player.isPlaying()")
    require(page.run("document.querySelector('#now').hidden"), "the button is there from the start")
    page.send("Input.dispatchMouseEvent", type="mouseWheel", x=900, y=500, deltaX=0, deltaY=3000)
    page.wait_until("!document.querySelector('#now').hidden")
    page.wait_until("scrollY > 1500")
    away = page.run("scrollY")
    time.sleep(0.6)
    equal(page.run("scrollY"), away, "the page moved under the reader")
    page.click("#now")
    page.wait_until(f"scrollY < {away} - 500")
    require(page.run("document.querySelector('#now').hidden"), "the button stays")


@test
def a_missing_media_file_is_said_and_everything_else_works(report):
    page = report("hostile/0")
    page.wait_until("document.querySelector('.player .aside')?.textContent.includes('cannot be played')")
    page.key("/")
    page.type("script")
    require(page.run("search.hits.length") > 0, "search does not work")


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


class Stumbling(Quiet):
    """Refuses the first request for a recording, as a server does that is busy for a moment."""
    def do_GET(self):
        if self.path.endswith(".webm") and self.server.refused == 0:
            self.server.refused += 1
            return self.send_error(503)
        return super().do_GET()


@contextlib.contextmanager
def served(report, handler):
    """The sample's page from a server on loopback, and that server."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(handler, directory=report.folder))
    server.refused = 0
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        page = report.browser.page()
        report.opened.append(page)
        page.open(f"http://127.0.0.1:{server.server_port}/sample.html")
        yield page, server
    finally:
        server.shutdown()
        server.server_close()


@test
def a_served_report_plays_too(report):
    with served(report, Quiet) as (page, _):
        page.wait_until("document.querySelector('video').readyState >= 1")
        equal([one for one in page.complaints() if "favicon" not in one and "404" not in one], [])


@test
def a_recording_that_fails_once_is_loaded_again(report):
    with served(report, Stumbling) as (page, server):
        page.wait_until("document.querySelector('video').readyState >= 1")
        equal(server.refused, 1)
        require(not page.run("document.querySelector('.player').classList.contains('missing')"), "the player is gone")


@test
def a_recording_that_fails_while_it_plays_goes_on_from_there(report):
    page, fail = report("sample"), "document.querySelector('video').dispatchEvent(new Event('error')); 0"
    page.wait_until("document.querySelector('video').readyState >= 1")
    page.run("document.querySelector('video').currentTime = 20; player.setSpeed(1.5); player.toggle(); 0")
    page.wait_until(f"{TIME} > 20.2")
    page.run(fail)
    page.wait_until(f"player.isPlaying() && {TIME} > 20.4 && {TIME} < 30")
    equal(page.run("document.querySelector('video').playbackRate"), 1.5)
    page.run("player.toggle(); document.querySelector('video').currentTime = 40; 0")
    for _ in range(2):
        require(not page.run("document.querySelector('.player').classList.contains('missing')"), "given up too early")
        page.run(fail)
    require(page.run("document.querySelector('.player').classList.contains('missing')"), "a second failure at one place is not said")


@test
def rows_are_rows_and_cells_to_assistive_technology(report):
    page = report("sample")
    nodes = page.send("Accessibility.getFullAXTree")["nodes"]
    roles = [node.get("role", {}).get("value") for node in nodes if not node.get("ignored")]
    require(roles.count("row") >= 22 + 5, f"{roles.count('row')} rows")
    require(roles.count("rowheader") >= 22, f"{roles.count('rowheader')} speakers of rows")
    current = [node for node in nodes if any(p["name"] == "current" for p in node.get("properties", []))]
    equal(current, [], "current from the start")


@test
def a_click_on_the_timeline_moves_the_player(report):
    page = report("sample")
    page.wait_until("document.querySelector('video').readyState >= 1")
    box = page.run("(() => { const box = document.querySelector('.lane svg').getBoundingClientRect(); return [box.x, box.y, box.width, box.height] })()")
    for kind in ("mousePressed", "mouseReleased"):
        page.send("Input.dispatchMouseEvent", type=kind, x=box[0] + box[2] / 2, y=box[1] + box[3] / 2, button="left", clickCount=1)
    page.wait_until(f"Math.abs({TIME} - 49) < 3")


@test
def a_link_with_a_time_opens_there_without_playing(report):
    page = report("sample", "#t=53.518")
    page.wait_until(f"{CURRENT} === 't=53.518'")
    page.wait_until(f"Math.abs({TIME} - 53.518) < 0.1")
    require(page.run("document.querySelector('video').paused"), "the video plays unasked")


@test
def search_finds_as_one_types(report):
    page = report("sample")
    page.key("/")
    equal(page.run(FOCUSED), "query")
    page.type("drawer")
    equal(page.run("document.querySelector('#hits').textContent"), "2 in 2 rows")
    equal(page.run("CSS.highlights.get('hits').size"), 2)
    page.key("Enter")
    equal(page.run("document.querySelector('#hits').textContent"), "Row 1 of 2")
    equal(page.run("CSS.highlights.get('hit').size"), 1)
    equal(page.run("[...CSS.highlights.get('hit')][0].toString()"), "drawer")
    page.key("Escape")
    equal(page.run("document.querySelector('#hits').textContent"), "")
    equal(page.run("CSS.highlights.get('hits').size"), 0)


@test
def search_ignores_case_and_accents(report):
    page = report("sample")
    page.key("/")
    page.type("MAELLE")
    require(page.run("document.querySelector('#hits').textContent").startswith("2 in"), "Maëlle was not found")
    equal(page.run("[...CSS.highlights.get('hits')].map(String)"), ["Maëlle", "Maëlle"])
    page = report("arabic")
    page.run("searchFor('قالت')")
    require(page.run("search.hits.length") > 0, "Arabic was not found")


@test
def search_says_when_nothing_is_found(report):
    page = report("sample")
    page.key("/")
    page.type("zeppelin")
    equal(page.run("document.querySelector('#hits').textContent"), "Nothing found")


@test
def a_click_on_a_speaker_filters(report):
    page = report("sample")
    equal(page.run(SHOWN), 22)
    page.click("#speaker-4 button")
    equal(page.run(SHOWN), 3)
    require("Edith Marlowe" in page.run("document.querySelector('#filter').textContent"), "the filter is not said")
    page.click("#speaker-5 button")
    equal(page.run(SHOWN), 4)
    page.click("#clear")
    equal(page.run(SHOWN), 22)


@test
def a_filter_shows_rows_with_findings(report):
    page = report("14-speakers")
    page.click("#only-findings")
    page.wait_until(f"{SHOWN} === 4")
    page.click("#only-findings")
    page.wait_until(f"{SHOWN} === 593")


@test
def findings_are_stepped_through(report):
    page = report("14-speakers")
    page.key("f")
    equal(page.run("document.querySelector('.findings [aria-current]').id"), "finding-1")
    require(page.run("document.activeElement.closest('tr').querySelector('details').open"), "the note is not open")
    page.key("f")
    equal(page.run("document.querySelector('.findings [aria-current]').id"), "finding-2")


@test
def the_transcript_is_one_tab_stop_with_arrow_keys_inside(report):
    page = report("sample")
    stops = page.run("[...document.querySelectorAll('.rows a, .rows summary, .rows button')].filter((part) => part.tabIndex >= 0).length")
    equal(stops, 1)
    page.run("document.querySelector('.rows a').focus()")
    page.key("ArrowDown")
    equal(page.run(FOCUSED), "#t=4.985")
    page.key("End")
    equal(page.run(FOCUSED), "#t=93.179")
    page.key("Home")
    equal(page.run(FOCUSED), "#t=1.4")
    page.key("ArrowDown")
    page.wait_until("document.querySelector('video').readyState >= 1")
    page.key("Enter")
    page.wait_until(f"Math.abs({TIME} - 4.985) < 2")


@test
def shortcuts_rest_while_typing_and_can_be_switched_off(report):
    page = report("sample")
    page.key("?")
    require(page.run("document.querySelector('#shortcuts').matches(':popover-open')"), "no list of shortcuts")
    page.key("Escape")
    require(not page.run("document.querySelector('#shortcuts').matches(':popover-open')"), "the list stays")
    page.key("/")
    page.type("fk?")
    equal(page.run("document.querySelector('#query').value"), "fk?")
    require(page.run("document.querySelector('video').paused"), "typing played the video")
    page.key("Escape")
    page.run("keys.checked = false")
    page.key("?")
    require(not page.run("document.querySelector('#shortcuts').matches(':popover-open')"), "shortcuts work though off")


@test
def rows_are_coloured_on_request(report):
    page = report("sample")
    colour = "getComputedStyle(document.querySelector('.rows tbody tr')).backgroundColor"
    equal(page.run(colour), "rgba(0, 0, 0, 0)")
    page.click("#tint")
    require(page.run(colour) != "rgba(0, 0, 0, 0)", "rows are not coloured")


@test
def a_row_is_copied_as_a_quote(report):
    page = report("sample")
    page.run("window.copied = ''; navigator.clipboard.writeText = (text) => { window.copied = text; return Promise.resolve(); }; 0")
    page.run("document.querySelector('.rows a[href=\"#t=12.987\"]').focus()")
    page.key("c")
    page.wait_until("window.copied !== ''")
    lines = page.run("window.copied").split("\n")
    equal(lines[0], "“Honestly? Mould. And under the mould, 4,903 weekly sheets.”")
    equal(lines[1], "Maëlle Kervadec, Ninety-four years of tides, 00:12")
    require(lines[2].endswith("sample.html#t=12.987"), lines[2])


@test
def captions_are_those_of_the_saved_webvtt(report):
    page = report("sample")
    page.run("[...document.querySelectorAll('.controls button')].find((button) => button.textContent === 'Captions').click()")
    saved = json.loads((report.folder / "exports" / "sample.json").read_text("utf-8"))["vtt"].strip().split("\n\n")[2:]
    shown = page.run("Array.from(document.querySelector('video').textTracks[0].cues, (cue) => [stamp(Math.round(cue.startTime * 1000), '.'), stamp(Math.round(cue.endTime * 1000), '.'), cue.text])")
    equal([f"{start} --> {end}\n{text}" for start, end, text in shown], saved)


@test
def a_youtube_page_loads_nothing_by_itself_and_links_to_moments(report):
    page = report("youtube")
    equal(foreign_requests(page), [])
    equal(page.run("document.querySelectorAll('iframe').length"), 0)
    page.run("window.opened = []; window.open = (url) => { window.opened.push(url); return null; }; 0")
    page.click(".rows tr:nth-child(3) a")
    opened = page.run("window.opened")
    require(len(opened) == 1 and re.fullmatch(r"https://www\.youtube\.com/watch\?v=aaaaaaaaaaa&t=\d+s", opened[0]), opened)


@test
def the_page_reads_without_scripts(report):
    page = report("sample", scripts=False)
    root = page.send("DOM.getDocument", depth=-1)["root"]
    rows = page.send("DOM.querySelectorAll", nodeId=root["nodeId"], selector=".rows tbody tr")["nodeIds"]
    equal(len(rows), 22)
    tools = page.send("DOM.querySelector", nodeId=root["nodeId"], selector=".tools[hidden]")["nodeId"]
    require(tools, "tools that do nothing are shown")
    link = page.send("DOM.querySelector", nodeId=root["nodeId"], selector='.rows a[href="#t=53.518"]')["nodeId"]
    require(link, "times are no links")
    box = page.send("DOM.getBoxModel", nodeId=rows[3])["model"]
    require(box["height"] > 20, "rows have no height")


@test
def pages_open_without_complaints_or_foreign_requests(report):
    for path in sorted(report.folder.glob("*.html")):
        page = report(path.stem)
        time.sleep(0.05)
        page.run("1")
        equal(page.complaints(), [], path.name)
        foreign = foreign_requests(page)
        equal(foreign, [], path.name)


@test
def the_policy_stops_what_the_page_does_not_do(report):
    page = report("sample")
    page.run("window.violations = []; addEventListener('securitypolicyviolation', (event) => window.violations.push(event.effectiveDirective)); 0")
    page.run("(() => { const script = document.createElement('script'); try { script.textContent = 'window.pwned = 1'; document.body.append(script); } catch {} })()")
    page.run("(() => { const image = document.createElement('img'); image.src = 'https://example.invalid/x.png'; document.body.append(image); })()")
    page.run("(() => { const frame = document.createElement('iframe'); frame.src = 'https://example.invalid/'; document.body.append(frame); })()")
    page.run("fetch('https://example.invalid/').catch(() => 0)")
    page.run("(() => { try { document.body.insertAdjacentHTML('beforeend', '<b onclick=1>x</b>'); } catch {} })()")
    page.wait_until("window.violations.length >= 4")
    seen = set(page.run("window.violations"))
    for directive in ("img-src", "frame-src", "connect-src", "require-trusted-types-for"):
        require(directive in seen, f"{directive} is not enforced: {seen}")
    equal(page.run("window.pwned"), None)


@test
@slow
def hostile_text_shows_and_does_nothing(report):
    texts = json.loads((report.folder / "hostile" / "texts.json").read_text("utf-8"))
    require(len(texts) > 40, "too few hostile texts")
    page = report("sample")
    for number, text in enumerate(texts):
        page.open((report.folder / "hostile" / f"{number}.html").as_uri())
        shown = as_shown(text)
        equal(page.run("window.pwned"), None, text)
        equal(page.run("document.querySelector('h1').textContent"), shown)
        equal(page.run("spoken(0)"), shown.strip(), "row")
        equal(page.run("document.querySelector('.rows tbody th').textContent"), shown or "", "label")
        equal(page.run("document.title"), " ".join(re.sub(r"[\t\n\f\r ]+", " ", shown + ": transcript").split(" ")).strip(" "), "title")
        page.run("for (const part of document.querySelectorAll('details')) part.open = true; searchFor(data.title); showOnly(0); copyQuote(0); 0")
        for selector in (".rows a", "#speaker-1 button"):
            page.run(f"document.querySelector({json.dumps(selector)})?.click()")
        equal(page.run("window.pwned"), None, text)
        equal([one for one in page.complaints() if "Failed to load resource" not in one], [], text)
        foreign = foreign_requests(page)
        equal(foreign, [], text)
        equal(page.run("document.querySelectorAll('script').length"), page_scripts, "scripts") if number else None
        page_scripts = page.run("document.querySelectorAll('script').length")


def as_shown(text):
    """What a page shows of a text: the same, with stand-ins for what HTML cannot hold."""
    def stand_in(match):
        code = ord(match[0])
        return chr(0x2400 + code) if code < 0x20 else "␡" if code == 0x7F else "\ufffd"
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]", stand_in, text.replace("\r\n", "\n").replace("\r", "\n"))


@test
@alone
def long_pages_open_and_search_fast(report):
    for name, paint_limit, key_limit in (("6000-rows", 1000, 50), ("60000-rows", 6000, 250)):
        page = report(name)
        paint = page.run("performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? performance.now()")
        ready = page.run("performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd")
        page.run("textIndex().text.length")
        slowest = page.run("Math.max(...['t', 'th', 'the', 'winter', 'zzz', 'é', 'd of '].map((query) => { const start = performance.now(); searchFor(query); return performance.now() - start; }))")
        print(f"    {name}: first paint {paint:.0f} ms, interactive {ready:.0f} ms, slowest keystroke {slowest:.0f} ms")
        require(paint < paint_limit and ready < paint_limit, f"{name} opens too slowly")
        require(slowest < key_limit, f"{name} searches too slowly")


@test
def the_browser_finds_text_far_below(report):
    page = report("6000-rows")
    last = page.run("spoken(rows.length - 1)")
    require(page.run(f"window.find({json.dumps(last[:30])}, false, true, true)"), "find in page misses the last row")
    require(page.run("scrollY") > 1000, "the page did not scroll to it")


@test
@slow
def nothing_scrolls_sideways(report):
    for name in LOOKED_AT + ["japanese", "youtube"]:
        for width in (320, 390, 768, 1280, 2560):
            page = report(name, width=width, phone=width < 500)
            over = page.run("document.documentElement.scrollWidth - innerWidth")
            require(over <= 0, f"{name} at {width} px is {over} px too wide")


@test
@slow
def pages_keep_the_rules_of_accessibility(report):
    for name in LOOKED_AT:
        for dark in (False, True):
            page = report(name, dark=dark)
            equal(rules.broken(page), [], f"{name}{' dark' if dark else ''}")
        page = report(name, width=390, height=844, phone=True)
        equal(rules.broken(page), [], f"{name} on a phone")


@test
def stretches_are_as_wide_as_they_last_however_far_one_zooms(report):
    page = report("40-speakers")
    widths = "[...document.querySelectorAll('.lane:not(.marks, .sound) path')].flatMap((path) => Array.from(path.getAttribute('d').matchAll(/h(\\d+)v/g), (found) => Number(found[1])))"
    require(min(page.run(widths)) < 60, "the shortest stretch is drawn longer than it lasts")
    page.run("correct('voice', {...placeIn(0), before: transcript().segments[0].voice, after: null}, '')")
    require(min(page.run(widths)) < 60, "the same after a correction")
    equal(page.run("getComputedStyle(document.querySelector('.lane path')).vectorEffect"), "non-scaling-stroke")


@test
def a_lane_of_findings_is_there_when_something_is_in_it(report):
    page = report("sample")
    lane = "document.querySelector('.lane.marks')"
    equal(page.run(f"{lane}.checkVisibility()"), True)
    page.run(f"{lane}.querySelectorAll('path').forEach((path) => path.remove()); 0")
    equal(page.run(f"{lane}.checkVisibility()"), False)
    page.run("markHits([1, 2])")
    equal(page.run(f"[{lane}.checkVisibility(), {lane}.querySelector('span').textContent]"), [True, "Hits"])
    page.run("markHits([])")
    equal(page.run(f"{lane}.checkVisibility()"), False)


@test
def captions_name_the_language_of_the_rows(report):
    page = report("japanese")
    equal(page.run("spokenLanguage()"), "ja")
    page.run("document.querySelector('.controls .captions').click()")
    equal(page.run("document.querySelector('video').textTracks[0].language"), "ja")
    page.run("data.languages = {0: 'en', 1: 'pt-BR', 2: 'pt-BR'}; 0")
    equal(page.run("spokenLanguage()"), "pt-BR")


@test
@slow
def axe_core_finds_nothing_serious(report):
    source = rules.axe_source()
    if source is None:
        print("    skipped: axe-core is not installed; .ci/setup installs it")
        return
    for name in ["sample", "14-speakers", "40-speakers", "arabic", "corrected", "tables", "collection", "comparison", "lab"]:
        for dark in (False, True):
            page = report(name, dark=dark)
            equal(rules.broken_by_axe(page, source), [], f"{name}{' dark' if dark else ''}")
    for width in (390, 768):
        for dark in (False, True):
            page = report("sample", width=width, height=844, phone=width < 500, dark=dark)
            equal(rules.broken_by_axe(page, source), [], f"sample at {width} px{' dark' if dark else ''}")
    page.run("raise('speakers'); 0")
    equal(rules.broken_by_axe(page, source), [], "sample with a panel up")
    page = report("sample")
    page.run("document.querySelector('#about').open = true; for (const one of document.querySelectorAll('.request details')) one.open = true; editRow(3); 0")
    equal(rules.broken_by_axe(page, source), [], "sample with the form of a row")
    for menu in ("corrections", "exports", "shortcuts"):
        page.run(f"document.querySelector('#{menu}').showPopover()")
        equal(rules.broken_by_axe(page, source), [], f"sample with {menu}")
    page.run("editSpeaker(2)")
    equal(rules.broken_by_axe(page, source), [], "sample with the form of a speaker")
    page = report("14-speakers")
    page.run("showList(byId('findings')); toggleFine(findings[0]); document.querySelector('#speaker-1 .more').click(); setSize('largest'); searchFor('dov'); suggest('dov'); 0")
    equal(rules.broken_by_axe(page, source), [], "14-speakers with its queue")


@test
def right_to_left_rows_are_set_right_to_left(report):
    page = report("arabic")
    equal(page.run("getComputedStyle(document.querySelector('.rows tbody td[dir=auto]')).direction"), "rtl")
    page = report("sample")
    equal(page.run("getComputedStyle(document.querySelector('.rows tbody td[dir=auto]')).direction"), "ltr")


@test
def phone_panels_come_up_and_go(report):
    page = report("sample", width=390, height=844, phone=True)
    visible = "document.querySelector('#speakers').checkVisibility()"
    require(not page.run(visible), "the panel is up from the start")
    page.click(".bar [data-pane=speakers]")
    require(page.run(visible), "the panel did not come up")
    page.click(".bar [data-pane=speakers]")
    require(not page.run(visible), "the panel stays")
    page.click(".bar [data-pane=search]")
    equal(page.run(FOCUSED), "query")


@test
def reports_print(report):
    page = report("14-speakers")
    for paper in ((8.27, 11.69), (8.5, 11)):
        data = page.send("Page.printToPDF", paperWidth=paper[0], paperHeight=paper[1], preferCSSPageSize=False)["data"]
        require(len(data) > 40_000, "the print is empty")
