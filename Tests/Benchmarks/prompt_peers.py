"""Times one render of the prompt `transcribe` beside the peers, in one run.

    python prompt_peers.py PATH/TO/TabscribeBenchmarks [RENDERS [PATH/TO/handlebars.js]]

Needs the package dotpromptz; JavaScript's Handlebars joins in when node and its file are there, by
default that of Debian's libjs-handlebars. Every engine parses once and renders the same data.
"""

import asyncio
import json
import pathlib
import re
import shutil
import subprocess
import sys
import time

from dotpromptz import Dotprompt
from dotpromptz.typing import DataArgument

ROOT = pathlib.Path(__file__).resolve().parents[2]
DATA = {"video": "https://example.com/v.mp4", "timecode": "MM:SS", "context": "A talk on bees."}
HANDLEBARS = "/usr/share/javascript/handlebars/handlebars.js"

PROMPT = (ROOT / "Prompts/transcribe.prompt").read_text()
PARTIALS = {
    path.stem.removeprefix("_"): path.read_text() for path in (ROOT / "Prompts").glob("_*.prompt")
}
SCHEMAS = {path.stem: json.loads(path.read_text()) for path in (ROOT / "Schemas").glob("*.json")}

# Only the template: neither front matter nor messages. The helpers are stand-ins.
JAVASCRIPT = """
const [file] = process.argv.slice(1);
const { template, partials, data, renders } = JSON.parse(require('fs').readFileSync(0));
const handlebars = require(file).create();
for (const name in partials) handlebars.registerPartial(name, partials[name]);
handlebars.registerHelper('media', options => `<<<media ${options.hash.url}>>>`);
handlebars.registerHelper('ifEquals', function (a, b, options) {
  return a === b ? options.fn(this) : options.inverse(this);
});
const render = handlebars.compile(template, { noEscape: true });
render(data);
const start = process.hrtime.bigint();
for (let index = 0; index < renders; index++) render(data);
console.log(Number(process.hrtime.bigint() - start) / 1000 / renders);
"""


def ours(program, renders):
    output = subprocess.run([program, "prompts", str(renders)], capture_output=True, text=True, check=True)
    print(output.stdout.strip())
    return float(re.search(r"us_each ([\d.]+)", output.stdout)[1])


async def dotpromptz(renders):
    render = await Dotprompt(partials=PARTIALS, schemas=SCHEMAS).compile(PROMPT)
    data = DataArgument(input=DATA)
    await render(data)
    start = time.perf_counter()
    for _ in range(renders):
        await render(data)
    return (time.perf_counter() - start) * 1e6 / renders


def javascript(renders, library):
    node = shutil.which("node")
    if not node or not pathlib.Path(library).exists():
        return None
    job = {
        "template": PROMPT.split("---\n", 2)[2].strip(),
        "partials": PARTIALS,
        "data": DATA | {"favor": "precision"},
        "renders": renders,
    }
    output = subprocess.run(
        [node, "-e", JAVASCRIPT, library], input=json.dumps(job), capture_output=True, text=True, check=True
    )
    return float(output.stdout)


def main():
    renders = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
    mine = ours(sys.argv[1], renders)
    python = asyncio.run(dotpromptz(max(renders // 50, 100)))
    print(f"dotpromptz us_each {python:.1f} times_ours {python / mine:.1f}")
    node = javascript(renders, sys.argv[3] if len(sys.argv) > 3 else HANDLEBARS)
    if node is None:
        print("handlebars.js not found")
    else:
        print(f"handlebars.js us_each {node:.1f} times_ours {node / mine:.1f} (template only)")


if __name__ == "__main__":
    main()
