"""The other pages made of the same parts: tables, collections, and the request behind a transcript."""
import json

from harness import FOCUSED, ROOT, equal, foreign_requests, require, test


def column(page, selector, index):
    return page.run(f"[...document.querySelectorAll('{selector} tbody tr')].filter((row) => row.checkVisibility()).map((row) => row.cells[{index}].textContent)")


@test
def tables_sort_by_any_column(report):
    page = report("tables")
    equal(column(page, "section.data:nth-of-type(1) table", 1), ["laughter", "applause", "music"])
    page.click("section.data:nth-of-type(1) th:nth-child(3) button")
    equal(column(page, "section.data:nth-of-type(1) table", 2), ["2", "4", "12"])
    page.click("section.data:nth-of-type(1) th:nth-child(3) button")
    equal(column(page, "section.data:nth-of-type(1) table", 2), ["12", "4", "2"])
    equal(page.run("document.querySelector('section.data th:nth-child(3)').ariaSort"), "descending")
    page.click("section.data:nth-of-type(1) th:nth-child(1) button")
    equal(column(page, "section.data:nth-of-type(1) table", 0), ["00:00", "00:32", "01:33"])
    page.click("section.data:nth-of-type(2) th:nth-child(3) button")
    equal(column(page, "section.data:nth-of-type(2) table", 2)[-1], "?", "missing values are not last")


@test
def times_in_tables_move_the_player(report):
    page = report("tables")
    page.wait_until("document.querySelector('video').readyState >= 1")
    page.click("section.data a[href='#t=32.502']")
    page.wait_until("Math.abs(document.querySelector('video').currentTime - 32.502) < 2")
    equal(page.run("document.querySelector('#speakers').checkVisibility()"), False, "an empty speakers table is shown")
    equal(page.run("document.querySelector('.rows').checkVisibility() || document.querySelector('.tools').checkVisibility()"), False, "an empty transcript is shown")
    require("no rows" not in page.run("document.querySelector('main').textContent"), "the page says that it is empty")


@test
def further_tables_stand_below_the_transcript(report):
    page = report("with-tables")
    equal(page.run("[...document.querySelectorAll('.data h2')].map((heading) => heading.firstChild.data.trim())"), ["Sounds"])
    equal(page.run("document.querySelectorAll('.rows tbody tr').length"), 12)


@test
def what_recipes_made_opens_above_the_rows_and_leads_to_them(report):
    page = report("derived")
    page.wait_until("document.querySelector('video').readyState >= 1")
    equal(page.run("[...document.querySelectorAll('.panel summary')].map((panel) => panel.textContent)"), ["Chapters 3", "Quotes 4"])
    equal(page.run("document.querySelector('.panel table').checkVisibility()"), False, "a panel is open unasked")
    page.click(".panel:nth-of-type(1) summary")
    equal(column(page, ".panel:nth-of-type(1) table", 2), ["The drawer", "What was in it </b>", "Storms"])
    start = page.run("document.querySelector('.panel tbody tr:nth-child(3) a').textContent")
    page.click(".panel tbody tr:nth-child(3) a")
    page.wait_until("document.querySelector('video').currentTime > 30")
    row = page.run("document.getElementById(decodeURIComponent(location.hash.slice(1))).querySelector('a').textContent")
    equal(row, start, "the link leads to another row")
    page.click(".panel:nth-of-type(2) summary")
    require("The transcript has changed since." in page.run("document.querySelectorAll('.panel')[1].textContent"), "a stale panel does not say so")
    equal(page.run("[...document.querySelectorAll('.panel .doubt')].map((doubt) => doubt.textContent)"), ["No row 99 was shown."])
    page.key("Enter")
    equal(page.run("document.querySelectorAll('.panel')[1].open"), False, "Enter does not close the panel it opened")


@test
def a_collection_lists_and_finds(report):
    page = report("collection")
    equal(len(column(page, ".videos", 0)), 6)
    require("6 videos" in page.run("document.querySelector('.byline').textContent"), "totals")
    page.click(".videos th:nth-child(3) button")
    equal(column(page, ".videos", 2), ["1:38", "1:38", "1:38", "1:38", "51:20", "1:14:41"])
    equal(sorted(column(page, ".videos", 7)), sorted(["2 of 22", "0 of 22", "0 of 24", "0 of 24", "0 of 593", "0 of 853"]))
    page.key("/")
    equal(page.run(FOCUSED), "query")
    page.type("maelle")
    equal(column(page, ".people", 0), ["Maëlle Kervadec"])
    equal(column(page, ".people", 4), ["Ninety-four years of tides, Ninety-four years of tides"])
    equal(len(column(page, ".videos", 0)), 2)
    require(page.run("document.querySelectorAll('#said-hits li').length") >= 2, "what was said is not found")
    equal(page.run("document.querySelector('#said-hits a').getAttribute('href')"), "sample.html#t=9.996")
    equal(page.run("document.querySelector('#said-hits mark').textContent"), "Maëlle")
    equal(page.run("document.querySelector('#said-hits b').textContent"), "Tomas Okoye")
    page.key("Escape")
    equal(len(column(page, ".videos", 0)), 6)
    equal(page.run("location.hash"), "")
    page.type("mould")
    page.press("#said-hits a")
    page.wait_until("document.querySelector('.rows') !== null")
    page.run("history.back(); 0")
    page.wait_until("document.querySelectorAll('#said-hits li').length > 0 && byId('query').value === 'mould'")
    equal(page.complaints(), [])


@test
def links_of_a_collection_lead_to_reports(report):
    page = report("collection")
    targets = page.run("[...document.querySelectorAll('.sortable a')].map((link) => link.getAttribute('href'))")
    for name in {target.split("#")[0] for target in targets}:
        require((report.folder / name).exists(), f"no {name}")
    page.events.clear()
    page.click(".people a[href*='#speaker-']")
    page.wait_for(lambda: any(event["method"] == "Page.loadEventFired" for event in page.events), "the report to load")
    equal(page.run("document.querySelector(location.hash) !== null"), True)


@test
def a_collection_of_hostile_texts_is_text(report):
    page = report("hostile/collection")
    texts = json.loads((report.folder / "hostile" / "texts.json").read_text("utf-8"))
    equal(page.run("document.querySelector('h1').textContent"), texts[0])
    page.run("searchFor('pwned'); for (const button of document.querySelectorAll('th button')) button.click(); 0")
    require(page.run("document.querySelectorAll('#said-hits li').length") > 20, "hits")
    bad = page.run("[...document.querySelectorAll('a')].filter((link) => !/^(file|https?):$/.test(link.protocol)).map((link) => link.href)")
    equal(bad, [])
    equal(page.run("window.pwned"), None)
    equal(foreign_requests(page), [])
    equal(page.complaints(), [])


@test
def the_request_is_folded_away_and_holds_no_key(report):
    page = report("sample")
    page.click("#about summary")
    titles = page.run("[...document.querySelectorAll('.request summary')].map((part) => part.firstChild.data.trim())")
    equal(titles, ["Prompt", "Parameters", "Response schema", "Attempts", "Requests", "Raw reply"])
    page.click(".request details:nth-child(1) summary")
    require("Write one row for each sentence." in page.run("document.querySelector('.request pre').innerText"), "the prompt is not shown")
    source = (report.folder / "sample.html").read_text("utf-8")
    require("AIzaSy" not in source and "REDACTED" in source, "a key is shown")


@test
def the_search_of_the_page_finds_what_the_command_line_finds(report):
    cases = json.loads((ROOT / "Tests" / "ConformanceCases" / "search.json").read_text("utf-8"))
    # As one types, parts of words are found on the page, too: such cases say so.
    page = report("sample")
    found = page.run(f"{json.dumps(cases)}.map(({{text, words}}) => termsOf(words).every((term) => isIn(term, searchable(text))))")
    wrong = [f"{case['words']} in {case['text']}" for case, is_there in zip(cases, found) if is_there != case.get("page", case["found"] is not None)]
    require(len(cases) >= 200 and not wrong, f"the page and the command line differ: {wrong}")
