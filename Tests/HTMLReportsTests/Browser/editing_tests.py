"""Correcting a report: what people change is laid over what the machine wrote."""
import json, pathlib

from harness import alone, equal, require, test

CASES = pathlib.Path(__file__).resolve().parents[2] / "ConformanceCases" / "corrections.json"
HEADER = "document.querySelector('.provenance').textContent"


def edit_row(page, number, text=None):
    """Opens the form of a row, from 1, with the keyboard."""
    page.run(f"document.querySelectorAll('.rows tbody tr')[{number - 1}].querySelector('a').focus()")
    page.key("e")
    page.wait_until("document.querySelector('.editor textarea') !== null")
    if text is not None:
        page.set(".editor textarea", text)


def keep(page):
    page.run("document.querySelector('.editor').requestSubmit()")


def row(page, number):
    return page.run(f"[...document.querySelectorAll('.rows tbody tr')[{number - 1}].cells].map((cell) => cell.textContent)")


def classes(page, number):
    return page.run(f"[...document.querySelectorAll('.rows tbody tr')[{number - 1}].classList]")


@test
def corrections_apply_as_on_the_command_line(report):
    page = report("sample")
    cases = json.loads(CASES.read_text("utf-8"))
    for case in cases["cases"]:
        rows, speakers = case.get("rows", cases["rows"]), case.get("speakers", cases["speakers"])
        page.run(f"window.machine = {{segments: {json.dumps(rows)}, speakers: {json.dumps(speakers)}, title: {json.dumps(cases['title'])}}}; 0")
        found = page.run(f"""(() => {{
          const after = applyCorrections(machine, {json.dumps(case["corrections"])});
          const changed = {{}}, checked = [], times = {{}}, words = {{}}, added = {{}};
          after.segments.forEach((segment, place) => {{
            const before = machine.segments.find((one) => one === after.made[place]);
            if (!before) added[segment.row] = [segment.voice, segment.text, segment.startMS, segment.endMS, segment.endIsEstimate];
            else if (segment.text !== before.text || segment.voice !== before.voice) changed[segment.row] = {{voice: segment.voice, text: segment.text}};
            if (before && segment.startMS !== before.startMS || before && segment.endMS !== before.endMS) times[segment.row] = [segment.startMS, segment.endMS, segment.endIsEstimate];
            const spoken = wordTimes(segment);
            if (spoken) words[segment.row] = spoken;
            if (segment.checked) checked.push(segment.row);
          }});
          return {{changed, checked, times, words, added, order: after.segments.map((segment) => segment.row), problems: after.problems.map((one) => [one.index, one.id, one.code]),
            moves: after.moves.map((one) => [one.id, one.row, one.newRow]), title: after.title,
            speakers: after.speakers.map((one) => Object.fromEntries(Object.entries({{...one, label: labelOf(one)}}).filter(([, value]) => value !== null)))}};
        }})()""")
        expected = {"changed": {}, "checked": [], "times": {}, "words": {}, "added": {}, "order": [one["row"] for one in rows], "problems": [], "moves": [], "title": cases["title"], "speakers": speakers} | case["expect"]
        equal(found, expected, case["name"])
    digest = page.run(f"machineDigest({json.dumps(cases['rows'])})")
    equal(digest, cases["machineFNV1a64"], "digest")


@test
def a_text_is_corrected_undone_and_done_again(report):
    page = report("sample")
    page.click(".rows tbody tr:nth-child(2) a")
    page.key("e")
    page.run("document.activeElement.select()")
    page.type("Tonight [laughter] is <b>short</b>.")
    page.key("Enter")
    equal(row(page, 2)[2], "Tonight [laughter] is <b>short</b>.")
    require("w" in classes(page, 2), "the row is not marked as corrected")
    equal(page.run("document.querySelectorAll('.rows tr:nth-child(2) i').length"), 1, "remarks")
    equal(page.run("document.querySelectorAll('.rows tr:nth-child(2) b').length"), 0, "markup")
    require("1 correction by people" in page.run(HEADER), page.run(HEADER))
    page.run("byId('was').click()")
    equal(page.run("document.querySelector('.rows .was').checkVisibility()"), True, "the machine's text is not shown")
    require("ninety-four years of tides" in page.run("document.querySelector('.rows .was').textContent"), "the machine's text is lost")
    page.run("byId('was').click(); stop.focus()")
    page.key("u")
    require(row(page, 2)[2].startswith("Tonight is about one drawer"), row(page, 2))
    equal(classes(page, 2), ["s0", "d"])
    page.key("U")
    equal(row(page, 2)[2], "Tonight [laughter] is <b>short</b>.")


@test
def a_form_is_left_with_escape_and_nothing_changes(report):
    page = report("sample")
    edit_row(page, 3, "never kept")
    page.key("Escape")
    equal(page.run("document.querySelectorAll('.editor').length"), 0)
    equal(page.run("document.activeElement.getAttribute('href')"), "#t=9.996")
    require("never" not in row(page, 3)[2], row(page, 3))
    equal(page.run("overlay.mine.length"), 0)


@test
def rows_are_checked_with_a_key_and_counted(report):
    page = report("14-speakers")
    page.run("document.querySelector('.rows a').focus()")
    for _ in range(3):
        page.key("x")
        page.key("ArrowDown")
    require("3 of 593 rows checked by a person" in page.run(HEADER), page.run(HEADER))
    equal(page.run("document.querySelectorAll('.rows .ok').length"), 3)
    page.key("ArrowUp")
    page.key("x")
    require("2 of 593 rows checked" in page.run(HEADER), page.run(HEADER))


@test
def a_title_is_corrected_undone_and_kept_as_a_draft(report):
    page = report("sample")
    title = "[document.querySelector('h1').textContent, document.title, data.title]"
    before = page.run(title)
    page.hover(".title h1")
    page.press(".retitle")
    page.wait_until("document.activeElement.ariaLabel === 'Title'")
    page.run("document.activeElement.select()")
    page.type("Tides & <b>drawers</b>")
    page.key("Enter")
    equal(page.run(title), ["Tides & <b>drawers</b>", "Tides & <b>drawers</b>: transcript", "Tides & <b>drawers</b>"])
    equal(page.run("overlay.mine.map((one) => [one.kind, one.before, one.after])"), [["title", before[2], "Tides & <b>drawers</b>"]])
    page.run("document.activeElement.blur()")
    page.key("u")
    equal(page.run(title), before)
    page.run("editTitle()")
    page.set(".title .editor input", "Never kept")
    page.key("Escape")
    equal(page.run(title), before)
    page.key("u")
    equal(page.run("document.querySelector('.title .editor input').value"), "Never kept", "the draft is lost")
    page.set(".title .editor input", "")
    keep(page)
    equal(page.run("document.querySelector('h1').textContent"), page.run("data.source.stem"), "without a title the file's name")


@test
def a_speaker_is_renamed_everywhere(report):
    page = report("sample")
    page.run("document.querySelector('#speaker-3 .pencil').click()")
    page.set(".speakers .editor label:nth-of-type(1) input", "Ida Penrose")
    page.set(".speakers .editor label:nth-of-type(2) input", "Penmorrow Choir")
    keep(page)
    labels = page.run("[...document.querySelectorAll('.rows .s2 th')].map((name) => name.textContent)")
    equal(labels, ["Ida Penrose", "Ida Penrose"])
    equal(page.run("document.querySelector('#speaker-3 th button').textContent"), "Ida Penrose")
    equal(page.run("document.querySelector('#speaker-3 .who').textContent"), "Penmorrow Choir")
    require("name corrected" in page.run("document.querySelector('#speaker-3').textContent"), "the name's origin is not said")
    require("g" not in page.run("[...document.querySelector('#speaker-3').classList]"), "a named speaker is grey")
    require("Ida Penrose" in page.run("document.querySelector('.lanes').textContent"), "the timeline has the old name")
    page.run("searchFor('ida pen')")
    page.run("undo()")
    equal(page.run("document.querySelector('#speaker-3 th button').textContent"), "[voice 3, Audience]")


@test
def a_row_goes_to_another_speaker_and_a_turn_to_a_new_one(report):
    page = report("sample")
    figures = "[...document.querySelectorAll('.speakers tbody tr:not([hidden])')].map((row) => row.cells[5].textContent + row.cells[6].textContent)"
    before = page.run(figures)
    require(all("words/min" in text for text in before) and any("longest" in text for text in before), f"figures of speakers: {before}")
    edit_row(page, 3)
    page.set(".editor select", "2")
    keep(page)
    equal(row(page, 3)[1], "Maëlle Kervadec")
    equal(sorted(classes(page, 3)), ["s1", "v"])
    equal([name for name in classes(page, 4) if name == "d"], ["d"], "the next row repeats its speaker")
    edit_row(page, 1)
    page.set(".editor select", "new")
    page.set(".editor select[aria-label]", "this turn")
    keep(page)
    equal([row(page, 1)[1], row(page, 2)[1]], ["[voice 6]", "[voice 6]"])
    equal(page.run("document.querySelector('#speakers-heading .count').textContent"), "6")
    require("2 turns" not in page.run("document.querySelector('#speaker-6').textContent"), "turns")
    page.click("#speaker-6 button")
    equal(page.run("[...document.querySelectorAll('.rows tbody tr')].filter((row) => row.checkVisibility()).length"), 2)
    page.click("#clear")
    page.run("undo(); undo()")
    equal(classes(page, 3), ["s0", "d"])
    equal(page.run("document.querySelectorAll('.speakers tbody tr:not([hidden])').length"), 5)
    equal(page.run(figures), before, "as the page had them")


@test
def two_speakers_become_one(report):
    page = report("sample")
    page.run("document.querySelector('#speaker-5 .pencil').click()")
    page.set(".speakers .editor select", "3")
    keep(page)
    equal(page.run("document.querySelector('#speaker-5').hidden"), True)
    equal(page.run("document.querySelectorAll('.rows .s2').length"), 3)
    equal(page.run("document.querySelectorAll('.rows .s4').length"), 0)
    equal(page.run("document.querySelectorAll('.lane:not(.sound, .marks, .axis)').length"), 4)
    page.run("undo()")
    equal(page.run("document.querySelectorAll('.rows .s4').length"), 1)


@test
def corrections_stay_in_the_browser_and_can_be_taken_back(report):
    page = report("sample")
    edit_row(page, 2, "Kept.")
    keep(page)
    page.run("toggleChecked(0)")
    again = report("sample")
    equal(row(again, 2)[2], "Kept.")
    require("1 of 22 rows checked" in again.run(HEADER), again.run(HEADER))
    equal(again.run("document.querySelector('#edit .count').textContent"), "2")
    again.run("byId('discard').click()")
    require("Tonight" in row(again, 2)[2], "a correction stayed")
    equal(again.run("localStorage.length"), 0, "left in the browser")
    again.run("byId('redo').click()")
    equal(row(again, 2)[2], "Kept.")


@test
def a_spelling_is_replaced_everywhere_as_on_the_command_line(report):
    page = report("sample")
    cases = json.loads((CASES.parent / "replacing.json").read_text("utf-8"))
    found = page.run(f"""{json.dumps(cases)}.map(({{text, old, new: after, parts}}) => {{
      const pieces = replacedPieces(text, {{old, with: after, parts: parts ?? false}}); return pieces && joined(pieces); }})""")
    equal([(one["name"], after) for one, after in zip(cases, found)], [(one["name"], one["after"]) for one in cases])
    page.key("e")
    page.press("#edit")
    page.press("#replace")
    page.type("Maëlle")
    page.key("Tab")
    page.type("Maelle")
    equal(page.run("[byId('replace-count').textContent, overlay.mine.length]"), ["3 changes", 0])
    equal(page.run("document.querySelector('#replace-preview li').textContent"), "00:09 MaëlleMaelle, what did you find when you first opened it?")
    page.key("Enter")
    equal(page.run("[overlay.mine.length, labelOf(transcript().speakers[1]), document.querySelector('#speaker-2 th').textContent.includes('Maelle Kervadec')]"), [3, "Maelle Kervadec", True])
    page.key("Escape")
    page.run("document.activeElement.blur(); 0")
    page.key("u")
    equal(page.run("[overlay.mine.length, labelOf(transcript().speakers[1])]"), [0, "Maëlle Kervadec"])
    hostile = "<img src=x onerror=pwned=1>"
    page.run(f"byId('replace').click(); byId('replace-old').value = 'what'; byId('replace-new').value = {json.dumps(hostile)}; previewReplacement(); 0")
    equal(page.run("[document.querySelector('#replace-preview ins').textContent, document.querySelectorAll('#replacing img').length]"), [hostile, 0])
    equal(page.complaints(), [])


@test
def corrections_are_downloaded_as_a_file(report):
    page = report("sample")
    edit_row(page, 2, "Now.")
    keep(page)
    page.run("toggleChecked(3)")
    page.click("#edit")
    page.click("#download")
    file = json.loads(page.downloaded("sample.corrections.json"))
    equal(file["tabscribeCorrections"], 1)
    equal(file["source"], {"uri": "sample.webm", "stem": "sample"})
    text, checked = file["corrections"]
    equal({key: text[key] for key in ("kind", "row", "startMS", "after")}, {"kind": "text", "row": 1, "startMS": 4985, "after": "Now."})
    require(text["before"].startswith("Tonight is about"), "the machine's text is not named")
    equal({key: checked[key] for key in ("kind", "row", "startMS", "checked")}, {"kind": "checked", "row": 3, "startMS": 12987, "checked": True})
    require(text["id"] != checked["id"], "ids repeat")


@test
def search_finds_corrected_words_and_captions_show_them(report):
    page = report("sample")
    page.run("[...document.querySelectorAll('.controls button')].find((button) => button.textContent === 'Captions').click()")
    edit_row(page, 2, "A zeppelin & a harbour.")
    keep(page)
    page.run("searchFor('zeppelin')")
    equal(page.run("search.hits"), [1])
    texts = page.run("Array.from(document.querySelector('video').textTracks[0].cues, (cue) => cue.text)")
    require(any(text.endswith("A zeppelin &amp; a harbour.") for text in texts), texts)


@test
def hostile_corrections_stay_text(report):
    texts = json.loads((report.folder / "hostile" / "texts.json").read_text("utf-8"))
    page = report("sample")
    elements = "document.querySelectorAll('script, img, iframe, b, svg, form, object, style, link, base, meta').length"
    before = page.run(elements)
    for text in texts:
        page.run(f"editRow(1); document.querySelector('.editor textarea').value = {json.dumps(text)}; document.querySelector('.editor').requestSubmit(); 0")
        page.run(f"correct('speaker', {{voice: 3, field: 'name', before: transcript().speakers[2].name ?? null, after: {json.dumps(text)} || null}}, ''); 0")
        equal(page.run("window.pwned"), None, text)
        equal(page.run("overlay.view.problems"), [], text)
    page.run("byId('was').click(); byId('corrections').showPopover(); editSpeaker(2); 0")
    equal(page.run(elements), before + 1, "elements made of text")
    equal([one for one in page.requests() if not one.startswith(("file:", "data:", "blob:"))], [])
    equal(page.complaints(), [])


@test
@alone
def long_transcripts_are_corrected_fast(report):
    page = report("60000-rows")
    first = page.run("(() => { const start = performance.now(); toggleChecked(5); return performance.now() - start; })()")
    next_ones = page.run("Math.max(...[6, 7, 8].map((row) => { const start = performance.now(); toggleChecked(row); return performance.now() - start; }))")
    print(f"    60000 rows: first correction {first:.0f} ms, slowest of the next {next_ones:.0f} ms")
    require(first < 3000 and next_ones < 500, "corrections are slow")
