"""Files saved from a page: byte for byte what the command line writes of the same document."""
import json

from harness import equal, require, test

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
def a_file_is_saved_from_the_menu(report):
    page = report("sample")
    page.click("#save")
    page.click("[data-format=srt]")
    expected = json.loads((report.folder / "exports" / "sample.json").read_text("utf-8"))
    equal(page.downloaded("sample.srt"), expected["srt"].encode(), "bytes")


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
    for selector, count in ((".rows .ok", 2), (".rows tr.e", 5), (".rows .was", 5)):
        nodes = page.send("DOM.querySelectorAll", nodeId=root["nodeId"], selector=selector)["nodeIds"]
        equal(len(nodes), count, selector)
    note = page.send("DOM.querySelector", nodeId=root["nodeId"], selector=".rows .was")["nodeId"]
    require(page.send("DOM.getBoxModel", nodeId=note)["model"]["height"] > 10, "the machine's text cannot be seen")
