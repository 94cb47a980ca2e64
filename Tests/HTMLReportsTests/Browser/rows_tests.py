"""Rows that people part, join, delete, add and move in time: what the page shows is what the command line makes of it."""
import json, os, pathlib, subprocess, tempfile

from editing_tests import HEADER, classes, edit_row, keep, row
from harness import equal, require, test
from library import PROGRAM, Library
from serve_tests import demo_item, opened

TEXTS = "rows.map((row, position) => rowWords(position))"
TIMES = "rows.map((row) => row.cells[0].textContent)"
STATE = f"[{TEXTS}, {TIMES}, data.labels.length, rows.map((row) => row.className), rows.map((row) => row.id)]"
FIGURES = "[...document.querySelectorAll('.speakers tbody tr:not([hidden])')].map((row) => row.cells[5].textContent + row.cells[6].textContent)"


def caret(page, behind):
    page.run(f"(() => {{ const field = document.querySelector('.editor textarea'); const at = field.value.indexOf({json.dumps(behind)}) + {len(behind)}; field.setSelectionRange(at, at); }})()")


def tool(page, name):
    page.press(f".editor [data-tool={name}]")


def same_after_undo(page, before, figures, steps=1):
    page.run("closeForm(); " + "undo();" * steps + "0")
    equal(page.run(STATE), before, "undone")
    equal(page.run(FIGURES), figures, "figures of speakers")


@test
def a_row_is_split_at_the_caret(report):
    page = report("sample")
    before, figures = page.run(STATE), page.run(FIGURES)
    edit_row(page, 2)
    caret(page, "paper:")
    page.key("Enter", modifiers=10)
    equal(page.run(f"{TEXTS}.slice(1, 3)"), ["Tonight is about one drawer of paper:", "ninety-four years of tides, drawn by a pen on a drum."])
    start = page.run("data.starts[2]")
    # 37 of 91 characters of a row that is spoken from 4.985 to 9.646 s.
    require(6700 < start < 7100, f"the second row begins at {start}")
    equal(page.run("[data.ends[1], data.ends[2], transcript().segments[2].voice]"), [start, before and page.run("machineTranscript().segments[1].endMS"), 1])
    equal(page.run("document.activeElement.localName === 'textarea' && document.activeElement.closest('tr') === rows[2]"), True, "the new row is open")
    page.set(".editor select", "2")
    keep(page)
    equal(row(page, 3)[1], "Maëlle Kervadec")
    require("w" in classes(page, 3), "the new row is not marked")
    equal(page.run("[rows.length, positions.size, data.talks.length, document.querySelectorAll('.rows tbody tr').length]"), [23] * 4)
    page.run("byId('was').click()")
    require("part of the row above" in page.run("rows[2].querySelector('.was').textContent"), "what the machine had")
    page.run("byId('was').click(); searchFor('ninety-four')")
    equal(page.run("search.hits"), [2])
    page.run("searchFor('')")
    again = report("sample")
    equal(again.run(TEXTS), page.run(TEXTS), "after a reload")
    same_after_undo(page, before, figures, 2)
    page.run("redo(); redo()")
    equal(page.run("[rows.length, labelOf(transcript().speakers.find((one) => one.voice === transcript().segments[2].voice))]"), [23, "Maëlle Kervadec"])
    equal(page.complaints(), [])


@test
def a_row_is_split_where_the_sound_has_its_words(report):
    page = report("spoken")
    times = page.run("timesOfWords(1)")
    edit_row(page, 2)
    caret(page, "paper:")
    tool(page, "split")
    count = page.run("wordCount(rowWords(1))")
    equal(page.run("[data.starts[2], timesOfWords(1).length]"), [times[count][0], count])
    equal(page.run("timesOfWords(2)"), times[count:])
    equal(page.run("document.activeElement.closest('tr') === rows[2]"), True)


@test
def a_split_needs_words_on_both_sides(report):
    page = report("sample")
    edit_row(page, 2)
    page.run("document.querySelector('.editor textarea').setSelectionRange(0, 0)")
    tool(page, "split")
    equal(page.run("[overlay.mine.length, openForm !== null, byId('notice').hidden]"), [0, True, False])


@test
def two_rows_become_one(report):
    page = report("sample")
    before, figures = page.run(STATE), page.run(FIGURES)
    end = page.run("data.ends[1]")
    edit_row(page, 1, "Good evening, and welcome.")
    tool(page, "join")
    equal(page.run(f"{TEXTS}[0]"), "Good evening, and welcome. " + before[0][1])
    equal(page.run("[rows.length, data.ends[0]]"), [21, end])
    equal(page.run("stop === linkOf(0)"), True, "the focus is lost")
    same_after_undo(page, before, figures)
    equal(page.run("together('東京で。', 'はい')"), "東京で。はい" if page.run("unpartedWord.test('。')") else "東京で。 はい")
    edit_row(page, 22)
    tool(page, "join")
    equal(page.run("overlay.mine.length"), 0, "there is no row behind the last one")


@test
def a_row_is_deleted_and_comes_back(report):
    page = report("sample")
    before, figures = page.run(STATE), page.run(FIGURES)
    edit_row(page, 4)
    tool(page, "delete")
    equal(page.run(f"[{TEXTS}.includes({json.dumps(before[0][3])}), rows.length, {FIGURES}.length]"), [False, 21, 5])
    require("1 correction by people" in page.run(HEADER), page.run(HEADER))
    equal(page.run("exportText('txt', false).split('\\n').length"), 22)
    equal(page.run("exportText('txt', true).split('\\n').length"), 23, "the machine's text has it")
    page.press("#notice button")
    equal(page.run(STATE), before)
    equal(page.run(FIGURES), figures)


@test
def a_row_is_added_behind_another_one(report):
    page = report("sample")
    before, figures = page.run(STATE), page.run(FIGURES)
    edit_row(page, 4)
    tool(page, "add")
    equal(page.run("[overlay.mine.length, document.querySelectorAll('.editor.new').length]"), [0, 1])
    page.type("Dust, too.")
    page.set(".editor select", "new")
    page.set(".editor [placeholder]", "Ida Penrose")
    page.key("Enter")
    equal(row(page, 5)[1:], ["Ida Penrose", "Dust, too."])
    equal(page.run("[rows.length, transcript().segments[4].startMS, document.activeElement.closest('tr') === rows[4]]"),
          [23, page.run("Math.min(data.ends[3], data.starts[3] + data.talks[3])"), True])
    same_after_undo(page, before, figures)
    edit_row(page, 4)
    tool(page, "add")
    page.type("   ")
    page.key("Enter")
    equal(page.run("[rows.length, openForm]"), [22, None], "a row without words")


@test
def a_row_gets_other_times(report):
    page = report("sample")
    before, figures = page.run(STATE), page.run(FIGURES)
    edit_row(page, 3)
    equal(page.run("[...document.querySelectorAll('.editor .time')].map((field) => field.value)"), ["00:09.996", page.run("exactClock(data.ends[2])")])
    for wrong in ("soon", "1:2:3:4"):
        page.set(".editor [name=start]", wrong)
        page.key("Enter")
        equal(page.run("[openForm !== null, overlay.mine.length, document.querySelector('.editor [name=start]').validity.valid]"), [True, 0, False], wrong)
    page.set(".editor [name=start]", "0:10.5")
    page.set(".editor [name=end]", "0:02")
    equal(page.run("document.querySelector('.editor [name=end]').validity.valid"), False, "it ends before it starts")
    page.set(".editor [name=end]", "11,25")
    page.key("Enter")
    equal(page.run("[data.starts[2], data.ends[2], data.talks[2], rows[2].id, linkOf(2).getAttribute('href')]"), [10500, 11250, 750, "t=10.5", "#t=10.5"])
    equal(page.run("positionAt(10400)"), 1)
    same_after_undo(page, before, figures)
    # Where the player is, by button and by key.
    page.wait_until("document.querySelector('video').readyState >= 1")
    edit_row(page, 3)
    page.run("document.querySelector('video').currentTime = 10.2; 0")
    page.wait_until("Math.abs(player.time() - 10200) < 1")
    page.key("i", modifiers=2)
    equal(page.run("document.querySelector('.editor [name=start]').value"), "00:10.200")
    page.run("document.querySelector('video').currentTime = 11.7; 0")
    page.wait_until("Math.abs(player.time() - 11700) < 1")
    page.key("o", modifiers=2)
    page.key("Enter")
    equal(page.run("[data.starts[2], data.ends[2]]"), [10200, 11700])
    same_after_undo(page, before, figures)
    equal(page.complaints(), [])


@test
def rows_made_on_the_page_are_those_of_the_command_line(report):
    page = report("sample")
    edit_row(page, 2)
    caret(page, "paper:")
    tool(page, "split")
    page.run("closeForm(); editRow(0)")
    page.set(".editor [name=end]", "0:04")
    keep(page)
    page.run("editRow(4)")
    tool(page, "join")
    page.run("editRow(6)")
    tool(page, "delete")
    page.run("editRow(6)")
    tool(page, "add")
    page.type("=Added <b>here</b>.")
    page.key("Enter")
    page.run("toggleChecked(2)")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "sample.json").write_text(page.run("(() => { const kept = overlay.mine; overlay.mine = []; const text = asJSON(); overlay.mine = kept; return text; })()"), "utf-8")
        (folder / "sample.corrections.json").write_text(page.run("correctionsFile()"), "utf-8")
        run = lambda *words: subprocess.run([PROGRAM, *words], cwd=folder, env={**os.environ, "TABSCRIBE_HOME": name + "/home"}, capture_output=True, text=True)
        made = run("correct", "apply", "sample.corrections.json", "sample.json")
        equal([made.returncode, "not applied" in made.stdout], [0, False], made.stderr)
        listed = run("correct", "list", "sample.json")
        equal(listed.returncode, 0, listed.stderr)
        for kind in ("divide", "retime", "join", "delete", "insert"):
            require(kind in listed.stdout, listed.stdout)
        for kind in ("txt", "csv", "srt", "vtt"):
            run("export", "sample.json", "-f", kind, "--force")
            equal(page.run(f"exportText('{kind}', false)"), (folder / f"sample.{kind}").read_bytes().decode("utf-8"), kind)
        report_made = run("report", "sample.json", "--force")
        equal(report_made.returncode, 0, report_made.stderr)
        written = folder / "sample.html"
        # What the written page has is no longer kept for this one.
        shown = f"""[{TEXTS}, rows.map((row) => row.classList.contains('w')), machineDigest(machineTranscript().segments),
          ...['txt', 'csv', 'vtt', 'srt'].flatMap((kind) => [exportText(kind, false), exportText(kind, true)])]"""
        expected = page.run(shown)
        again = report.browser.page()
        report.opened.append(again)
        again.open(written.as_uri())
        for one, other in zip(again.run(shown), expected):
            equal(one, other, "the page that is written with them")
        require(page.run("overlay.mine.length") == 0, "kept twice")


@test
def rows_that_were_saved_are_undone_on_the_page(report):
    library = Library.get()
    page = opened(report, f"/items/{demo_item()}")
    before, figures = page.run(STATE), page.run(FIGURES)
    edit_row(page, 2)
    caret(page, "paper:")
    tool(page, "split")
    page.run("closeForm()")
    # What was saved is undone by the moment it was made at, in seconds.
    page.wait_until("Date.now() - Date.parse(overlay.mine[0].at) > 1000")
    edit_row(page, 5)
    tool(page, "delete")
    page.run("byId('corrections').showPopover(); 0")
    page.press("#save-corrections")
    page.wait_until("overlay.mine.length === 0 && data.corrections.length === 2")
    again = opened(report, f"/items/{demo_item()}")
    equal(again.run(TEXTS), page.run(TEXTS))
    require("ninety-four years" in library.run("search", "ninety-four years of tides", "--json"), "the new row is not found")
    for count in (1, 0):
        again.run("undo(); 0")
        again.wait_until(f"data.corrections.length === {count}")
    equal(again.run(f"[{TEXTS}, {TIMES}]"), before[:2])
    again.run("redo(); redo(); 0")
    page.wait_until(f"JSON.stringify({TEXTS}) === {json.dumps(again.run(f'JSON.stringify({TEXTS})'))}")
    again.run("byId('discard').click(); 0")
    # The other tab follows.
    page.wait_until(f"JSON.stringify({TEXTS}) === {json.dumps(json.dumps(before[0], ensure_ascii=False, separators=(',', ':')))}")
    equal(page.run(FIGURES), figures, "figures of speakers")
    equal(page.complaints() + again.complaints(), [])
