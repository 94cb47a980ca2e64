"""What readers and editors once stumbled over, each as they met it."""
import json

from harness import SHOWN, TIME, alone, equal, require, test

READY = "document.querySelector('video').readyState >= 1"
FRAMES = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 60)))))"


@test
def reading_ahead_with_keys_is_not_undone(report):
    page = report("14-speakers", "#t=30")
    page.wait_until(READY)
    page.run("player.toggle(); document.activeElement.blur(); 0")
    page.wait_until("player.isPlaying() && current.following")
    page.run("scrollBy({top: 2600, behavior: 'instant'})")
    page.wait_until("!byId('now').hidden")
    require(page.run("byId('now').textContent").startswith("Back to now · 00:"), page.run("byId('now').textContent"))
    away = page.run("scrollY")
    page.run("player.seek(60000, true); 0")
    page.run(FRAMES)
    equal(page.run("scrollY"), away, "the page moved under the reader")


@test
def findings_are_a_queue_with_errors_first(report):
    page = report("incomplete")
    kinds = page.run("[...document.querySelectorAll('.findings li')].map((item) => item.classList[0])")
    equal(kinds, sorted(kinds, key=["error", "warning", "note"].index))
    page.press("#tab-findings")
    page.press(".findings .fine")
    left = len(kinds) - 1
    require(f"{left} of {len(kinds)} left" in page.run("byId('tab-findings').textContent"), page.run("byId('tab-findings').textContent"))
    page.run("document.activeElement.blur(); 0")
    page.key("f")
    equal(page.run("document.querySelector('.findings [aria-current]').classList.contains('done')"), False)
    again = report("incomplete")
    require("left" in again.run("byId('tab-findings').textContent"), "forgotten after opening again")


@test
def many_speakers_stand_on_one_line_each(report):
    page = report("40-speakers")
    highest = page.run("Math.max(...[...document.querySelectorAll('.speakers tbody tr')].map((row) => row.offsetHeight))")
    require(highest <= 36, f"{highest} px high")
    page.press("#speaker-1 .more")
    require(page.run("document.querySelector('#speaker-1 .who').checkVisibility()"), "details are out of reach")


@test
def a_choice_in_a_panel_shows_what_it_leads_to(report):
    page = report("40-speakers", width=390, height=844, phone=True)
    page.press(".bar [data-pane=speakers]")
    page.press("#speaker-1 th button")
    equal(page.run("document.querySelector('.up')"), None, "the panel covers the rows")
    label = page.run("data.labels[0]")
    require(label in page.run("byId('chip').textContent") and page.run("byId('chip').checkVisibility()"), "the filter is not said")
    page.press("#chip")
    equal(page.run("filter.speakers.size"), 0)


@test
def a_missing_recording_is_always_said_and_another_can_be_chosen(report):
    for _ in range(4):
        page = report("hostile/0")
        page.wait_until("document.querySelector('.player .aside')?.checkVisibility() && document.querySelector('.player .choose').checkVisibility()")
        equal(page.run("document.querySelector('video').checkVisibility()"), False, "a black box stays")
        equal(page.run("document.querySelectorAll('.player .aside').length"), 1)
    root = page.send("DOM.getDocument", depth=-1)["root"]
    field = page.send("DOM.querySelector", nodeId=root["nodeId"], selector=".player input[type=file]")["nodeId"]
    page.send("DOM.setFileInputFiles", nodeId=field, files=[str(report.folder / "sample.webm")])
    page.wait_until(READY)
    page.run("player.toggle(); 0")
    page.wait_until("player.isPlaying()")
    equal([one for one in page.requests() if not one.startswith(("file:", "data:", "blob:"))], [])


@test
def youtube_opens_in_one_window(report):
    page = report("youtube")
    page.run("window.names = []; window.open = (url, name) => { window.names.push(name); return null; }; 0")
    for number in (2, 3):
        page.press(f".rows tr:nth-child({number}) a")
    names = page.run("window.names")
    require(len(names) == 2 and len(set(names)) == 1 and names[0] != "_blank", names)


@test
def a_copied_passage_reads_as_a_transcript(report):
    page = report("sample")
    page.hover(".rows tbody tr:nth-child(3) td:nth-child(3)")
    page.run("getSelection().setBaseAndExtent(textOf(1).firstChild, 8, textOf(3).firstChild, 15); 0")
    copied = page.run("""(() => { const event = new ClipboardEvent('copy', {clipboardData: new DataTransfer(), bubbles: true, cancelable: true});
      document.dispatchEvent(event); return event.clipboardData.getData('text/plain'); })()""")
    equal(copied, "Tomas Okoye: is about one drawer of paper: ninety-four years of tides, drawn by a pen on a drum. "
                  "Maëlle, what did you find when you first opened it?\nMaëlle Kervadec: Honestly? Mould")
    page.run("window.copied = ''; navigator.clipboard.writeText = (text) => { window.copied = text; return Promise.resolve(); }; copyQuote(1); 0")
    require(page.run("window.copied").endswith("#t=4.985,17.857"), page.run("window.copied"))
    require(page.run("byId('notice').checkVisibility()"), "nothing is seen of it")


@test
def search_knows_names_times_and_words_in_any_order(report):
    page = report("sample")
    hits = "(query) => { searchFor(query); return search.hits.length; }"
    equal(page.run(f"({hits})('tides drawer')"), 1, "any order")
    equal(page.run(f"({hits})('\"tides drawer\"')"), 0, "a phrase that is not there")
    equal(page.run(f"({hits})('\"drawer of paper\"')"), 1, "a phrase")
    page.run("byId('query').value = ''; byId('query').focus(); 0")
    page.type("edith marlowe")
    require("Show only Edith Marlowe" in page.run("byId('suggest').textContent"), page.run("byId('suggest').textContent"))
    page.press("#suggest button")
    equal(page.run(SHOWN), 3)
    page.run("clearFilter(); byId('query').value = ''; byId('query').focus(); 0")
    page.type("0:53")
    page.key("Enter")
    equal(page.run("document.querySelector('.rows [aria-current]')?.id"), "t=49.2" if page.run("data.starts.includes(49200)") else page.run("rows[positionAt(53000)].id"))


@test
@alone
def a_filter_keeps_height_and_place(report):
    page = report("6000-rows")
    page.run(FRAMES)
    whole = page.run("document.documentElement.scrollHeight")
    page.run("rows[3000].scrollIntoView({block: 'center', behavior: 'instant'}); 0")
    page.run(FRAMES)
    place = page.run("data.speakers[3000]")
    page.run(f"window.held = heldRow()?.place; showOnly({place}); 0")
    page.run(FRAMES)
    near = page.run("(() => { const seen = rows.findIndex((row, at) => isShown(at) && at >= held && row.getBoundingClientRect().bottom > 0); return rows[seen].getBoundingClientRect().top; })()")
    require(-60 < near < 900, f"the row that was read is at {near}")
    for _ in range(6):
        page.run("scrollBy({top: 4000, behavior: 'instant'})")
        page.run(FRAMES)
    took = page.run("(() => { const start = performance.now(); clearFilter(); document.body.offsetHeight; return performance.now() - start; })()")
    page.run(FRAMES)
    height = page.run("document.documentElement.scrollHeight")
    require(abs(height - whole) < whole * 0.1, f"{height} px after the filter, {whole} px before")
    require(took < 300, f"clearing took {took:.0f} ms")
    page.run("searchFor('winter'); search.at = Math.floor(search.hits.length / 2); goToHit(1); 0")
    page.run(FRAMES)
    top = page.run("rows[search.hits[search.at]].getBoundingClientRect().top")
    require(0 < top < 900, f"the hit is at {top}")


@test
def buttons_of_a_speakers_form_look_like_buttons(report):
    page = report("sample")
    page.run("editSpeaker(1); 0")
    equal(page.run("[...document.querySelectorAll('.speakers .editor button')].map((button) => getComputedStyle(button).borderTopWidth)"), ["1px", "1px"])


@test
def a_narrow_window_leaves_room_for_the_text(report):
    page = report("sample", width=1000, height=768)
    width = page.run("textOf(1).getBoundingClientRect().width")
    require(width >= 360, f"the text is {width} px wide")


@test
def every_action_of_a_row_is_in_reach_of_the_keyboard(report):
    page = report("14-speakers")
    page.run("keys.checked = false; focusRow(rows.findIndex(hasFinding)); 0")
    reached = []
    for _ in range(5):
        page.key("ArrowRight")
        reached.append(page.run("document.activeElement.id || document.activeElement.localName"))
    equal([one for one in ("summary", "check-row", "edit-row", "copy-quote") if one not in reached], [], str(reached))
    page.run("slider.focus(); 0")
    page.key("ArrowRight")
    page.wait_until(f"{TIME} > 4")


@test
def search_filter_speed_and_tint_survive_opening_again(report):
    page = report("sample")
    page.run("showOnly(1); byId('query').value = 'sheet'; searchFor('sheet'); 0")
    page.press("#tint")
    page.set(".controls select", "1.5")
    page.wait_until(READY)
    # The address is written at most twice a second.
    page.wait_until("location.hash.includes('sheet')")
    page.run("document.querySelector('video').currentTime = 40; 0")
    page.events.clear()
    page.send("Page.reload")
    page.wait_for(lambda: any(event["method"] == "Page.loadEventFired" for event in page.events), "the page to load again")
    equal(page.run("filter.speakers.size"), 1)
    equal(page.run("[byId('query').value, search.hits.length > 0, document.querySelector('video').playbackRate, document.documentElement.classList.contains('tinted')]"),
          ["sheet", True, 1.5, True])
    page.wait_until(f"Math.abs({TIME} - 40) < 1")


@test
def an_address_that_cannot_be_read_opens_the_page_all_the_same(report):
    for fragment in ("#t=%", "#q=%E0%A4%A", "#t=%zz&q=sheet"):
        page = report("sample", fragment)
        page.wait_until(READY)
        equal(page.complaints(), [], fragment)


@test
def text_has_three_sizes(report):
    page = report("sample")
    size = "parseFloat(getComputedStyle(textOf(1)).fontSize)"
    found = [page.run(size)]
    for _ in range(3):
        page.press("#size")
        found.append(page.run(size))
    require(found[0] < found[1] < found[2] and found[3] == found[0], found)


@test
def addresses_name_moments_in_every_form(report):
    page = report("sample")
    forms = {"#t=31.5": [31500, None], "#t=npt:0:31,1:35": [31000, 95000], "#t=,95": [0, 95000], "#t=1:02": [62000, None],
             "#t=1:00:02.5": [3602500, None], "#q=x&t=4": [4000, None], "#t=9,3": None, "#speaker-1": None}
    for form, expected in forms.items():
        found = page.run(f"(() => {{ const moment = momentOf({json.dumps(form)}); return moment && [moment.start, moment.end]; }})()")
        equal(found, expected, form)


@test
def an_incomplete_report_names_the_stretch_and_the_command(report):
    page = report("incomplete")
    banner = page.run("document.querySelector('.banner').textContent")
    require("is missing." in banner, banner)
    require(page.run("document.querySelector('#missing').offsetWidth") > 20, "the timeline does not show it")


@test
def a_filtered_print_says_what_it_leaves_out(report):
    page = report("sample")
    page.run("showOnly(1); 0")
    page.send("Emulation.setEmulatedMedia", media="print")
    require(page.run("byId('filter').checkVisibility() && !byId('query').checkVisibility()"), "the filter is not said on paper")
    equal(page.run("document.querySelector('.request').checkVisibility()"), False)
    order = page.run("['.speakers', 'main', '.about'].map((part) => Number(getComputedStyle(document.querySelector(part)).order))")
    equal(order, sorted(order))


@test
def right_to_left_pages_are_mirrored_and_scripts_name_their_language(report):
    page = report("arabic")
    time, text = page.run("[linkOf(1).getBoundingClientRect().x, textOf(1).getBoundingClientRect().x]")
    require(time > text, "the times are at the left")
    label = page.run("(() => { const range = document.createRange(); range.selectNodeContents([...document.querySelectorAll('.rows th')].find((cell) => cell.textContent === '[voice 3]'));"
                     "return range.getBoundingClientRect().right - textOf(1).getBoundingClientRect().right; })()")
    require(abs(label) < 3, f"a label of other letters is {label} px from the text's edge")
    equal(report("japanese").run("table.lang"), "ja")


@test
def schemas_without_voices_or_rows_read_as_what_they_are(report):
    page = report("no-speakers")
    equal(page.run("document.querySelector('.rows th').checkVisibility() || document.querySelector('#speakers').checkVisibility()"), False, "voices are shown that nobody asked for")
    masthead = page.run("document.querySelector('.masthead').innerText")
    require("speaker" not in masthead and "named" not in masthead, masthead)
    page = report("tables")
    require("Machine-made tables of 7 rows" in page.run("document.querySelector('.masthead').innerText"), "tables are called a transcript")
    equal(page.run("document.querySelector('.tools').checkVisibility()"), False, "tools for rows that are not there")
