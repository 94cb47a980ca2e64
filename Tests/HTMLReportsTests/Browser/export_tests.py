"""Files saved from a page: byte for byte what the command line writes of the same document."""
import json, pathlib, subprocess, tempfile

from harness import ROOT, equal, require, slow, test

FORMATS = ["srt", "vtt", "txt", "csv", "json"]


def difference(found, expected):
    """Where two texts part, for a failure that can be read."""
    at = next((i for i, (a, b) in enumerate(zip(found, expected)) if a != b), min(len(found), len(expected)))
    return f"at {at} of {len(expected)}: {found[max(0, at - 60):at + 60]!r} instead of {expected[max(0, at - 60):at + 60]!r}"


def compare(page, expected, name, formats=FORMATS):
    for format in formats:
        found = page.run(f"exportText({format!r}, false)")
        require(found == expected[format], f"{name}.{format} differs {difference(found, expected[format])}")
    for format in formats:
        if format in expected["machine"]:
            found = page.run(f"exportText({format!r}, true)")
            text = expected["machine"][format]
            require(found == text, f"the machine's {name}.{format} differs {difference(found, text)}")


@test
def exports_are_those_of_the_command_line(report):
    for path in sorted((report.folder / "exports").glob("*.json")):
        compare(report(path.stem), json.loads(path.read_text("utf-8")), path.stem)


@test
def formats_keep_to_the_cases_of_the_command_line(report):
    folder = ROOT / "Tests" / "ConformanceCases"
    shared = json.loads((folder / "formats.json").read_text("utf-8"))
    document, cases = shared["document"], {case["name"]: case for case in shared["cases"]}
    source = document["source"] | {"uri": document["source"]["uri"].split("/")[-1]}  # as pages name it
    page = report("sample")
    usual, compared = page.run("({...exporting})"), 0
    for case in cases.values():
        same = cases.get(case.get("sameAs"), {}) | case
        run, options = document["run"], same.get("options", {})
        facts = {"model": run["model"], "prompt": run["prompt"], "digest": run["promptDigest"][:12], "complete": document["complete"]}
        page.run(f"""data.facts = {json.dumps(facts)}; data.run = {json.dumps(run["id"])}; data.source = {json.dumps(source)}; data.filmMS = {source["durationMS"]};
          overlay.machine = {{segments: {json.dumps(same.get("segments", []))}, speakers: {json.dumps(same.get("speakers", []))}}};
          overlay.mine = {json.dumps(same.get("corrections", []))}; overlay.view = null;
          Object.assign(exporting, {json.dumps(usual)}, {json.dumps({key: value for key, value in options.items() if key != "machine"})}); 0""")
        for format in set(same["formats"]) & set(FORMATS):
            expected = (folder / "Snapshots" / "formats" / f"{case['name']}.{format}").read_bytes().decode()
            found = page.run(f"exportText({format!r}, {json.dumps(options.get('machine', False))})")
            require(found == expected, f"{case['name']}.{format} differs {difference(found, expected)}")
            compared += 1
    require(compared > 20, f"only {compared} results were compared")


@test
@slow
def exports_of_hostile_text_are_those_of_the_command_line(report):
    count = len(json.loads((report.folder / "hostile" / "texts.json").read_text("utf-8")))
    page = report("sample")
    for number in range(count):
        page.open((report.folder / "hostile" / f"{number}.html").as_uri())
        expected = json.loads((report.folder / "hostile" / f"{number}.json").read_text("utf-8"))
        compare(page, expected, f"hostile/{number}")


@test
def corrections_made_on_the_page_are_exported_like_applied_ones(report):
    corrections = report("corrected").run("data.corrections")
    page = report("sample")
    page.run(f"overlay.mine = {json.dumps(corrections)}; changed(''); 0")
    expected = json.loads((report.folder / "exports" / "corrected.json").read_text("utf-8"))
    compare(page, expected, "sample")


@test
def corrections_go_from_the_page_into_the_file_and_back_onto_the_page(report):
    program = ROOT / ".build" / "debug" / "tabscribe"
    require(program.exists(), "build the program first: swift build --product tabscribe")
    page = report("sample")
    page.run("editRow(1); document.querySelector('.editor textarea').value = 'A drawer “of” <paper>.\\nTwo lines.'; document.querySelector('.editor').requestSubmit(); 0")
    page.run("toggleChecked(1); toggleChecked(4); correct('speaker', {voice: 3, field: 'name', before: null, after: 'Ida'}, ''); 0")
    page.run("correctAll(voiceCorrections(3, 'new', 'this turn'), ''); correct('merge', {voice: 5, into: 3}, ''); 0")
    page.click("#edit")
    page.click("#download")
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        document = json.loads((report.folder / "exports" / "sample.json").read_text("utf-8"))["json"]
        (folder / "sample.json").write_bytes(document.encode())
        (folder / "sample.html").write_text("to be rendered anew")
        (folder / "sample.corrections.json").write_bytes(page.downloaded("sample.corrections.json"))
        command = [program, "correct", "apply", "sample.corrections.json", "sample.json"]
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
        require(page.run("asJSON()").encode() == (folder / "sample.json").read_bytes(), "the page saves another document than the program")
        for format in ("srt", "vtt", "txt", "csv"):
            subprocess.run([program, "export", "sample.json", "-f", format], cwd=folder, check=True, capture_output=True)
            found, expected = page.run(f"exportText({format!r}, false)"), (folder / f"sample.{format}").read_bytes().decode()
            require(found == expected, f"{format} differs {difference(found, expected)}")
        header = "document.querySelector('.provenance').textContent.replace(/^.*named\\./, '')"
        words = "[...document.querySelectorAll('.rows tbody tr')].map((row) => [row.cells[1].textContent, spoken(positions.get(row))])"
        # Before the other page opens: what its file holds, this browser keeps no longer.
        expected = [page.run(header), page.run(words)]
        again = report.browser.page()
        report.opened.append(again)
        again.open((folder / "sample.html").as_uri())
        equal(again.run("overlay.mine.length"), 0, "corrections that are in the file were kept beside it")
        equal([again.run(header), again.run(words)], expected)


@test
def a_file_is_saved_from_the_menu(report):
    page = report("sample")
    page.click("#save")
    page.click("[data-format=srt]")
    expected = json.loads((report.folder / "exports" / "sample.json").read_text("utf-8"))
    found = page.downloaded("sample.srt").decode()
    require(found == expected["srt"], f"the file differs {difference(found, expected['srt'])}")


@test
def applied_corrections_are_shown_as_made_on_the_page(report):
    applied = report("corrected")
    corrections = applied.run("data.corrections")
    made = report("sample")
    made.run(f"overlay.mine = {json.dumps(corrections)}; changed(''); 0")
    looks = """[...document.querySelectorAll('.rows tbody tr, .speakers tbody tr:not([hidden]), .lane, .provenance')].map((row) => {
      const copy = row.cloneNode(true);
      for (const part of copy.querySelectorAll('#actions, .was')) part.remove();
      return [[...row.classList].sort().join(' ').replace(/\\bs\\d+\\b/, (name) => getComputedStyle(row).getPropertyValue('--s')),
        copy.textContent.replace(/#\\d+/, ''), copy.querySelector('path')?.getAttribute('d') ?? ''];
    })"""
    for one, other in zip(applied.run(looks), made.run(looks)):
        equal(other, one)
    require("2 of 22 rows checked by a person, 7 corrections by people, 1 correction that could not be applied." in applied.run("document.querySelector('.provenance').textContent"), "the header does not count")
    applied.run("toggleChecked(0)")
    require("1 of 22 rows" in applied.run("document.querySelector('.provenance').textContent"), "a correction on top is not counted")
    equal(applied.run("data.people.length"), 5, "the machine's speakers")
    equal(applied.run("byId('was').click(); document.querySelectorAll('.rows .was').length"), 5)


@test
def corrected_pages_read_without_scripts(report):
    page = report("corrected", scripts=False)
    root = page.send("DOM.getDocument", depth=-1)["root"]
    for selector, count in ((".rows .ok", 2), (".rows tr:is(.w, .v)", 5), (".rows .was", 5)):
        nodes = page.send("DOM.querySelectorAll", nodeId=root["nodeId"], selector=selector)["nodeIds"]
        equal(len(nodes), count, selector)
    note = page.send("DOM.querySelector", nodeId=root["nodeId"], selector=".rows .was")["nodeId"]
    require(page.send("DOM.getBoxModel", nodeId=note)["model"]["height"] > 10, "the machine's text cannot be seen")
