"""Renders the prompt library and generated templates with tabscribe and with dotpromptz, and
compares what comes out.

    python compare_dotpromptz.py PATH/TO/tabscribe [COUNT [SEED]]

Needs the package dotpromptz. Ends with an error code when anything differs that is not listed in
KNOWN_DIFFERENCES, or when one listed there no longer does.
"""

import asyncio
import concurrent.futures
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile

from dotpromptz import Dotprompt
from dotpromptz.typing import DataArgument

ROOT = pathlib.Path(__file__).resolve().parents[3]
KEYS = ["messages", "model", "config", "input", "output", "ext", "raw"]

INPUT = {
    "title": "Panel <1> & more",
    "name": "Ada",
    "count": 3,
    "zero": 0,
    "ratio": 0.5,
    "flag": True,
    "off": False,
    "empty": [],
    "tags": ["red", "green", "blue"],
    "people": [
        {"name": "Ada", "age": 36, "roles": ["host", "guest"]},
        {"name": "Bo", "age": 7, "roles": []},
    ],
    "map": {"one": 1, "two": {"three": 3}, "with blank": "wb"},
    "unicode": "caf\u00e9 \u6771\u4eac \U0001F399",
    "url": "https://example.com/v.mp4",
}
CONTEXT = {"state": {"step": 2, "user": {"name": "Cy"}}, "auth": {"email": "a@example.com"}}
HISTORY = [
    {"role": "user", "content": [{"text": "Earlier question"}]},
    {"role": "model", "content": [{"text": "Earlier answer"}]},
]
PARTIALS = {
    "greet": "Hello, {{name}}!",
    "row": "- {{name}}{{#if age}} ({{age}}){{/if}}\n",
    "lines": "first {{title}}\nsecond\n",
    "wrap": "<{{> @partial-block}}>",
    "nested": "[{{> greet}}]",
    "tree-1.x": "{{#each this}}{{this}};{{/each}}",
}
SCHEMAS = {"Person": {"type": "object", "properties": {"name": {"type": "string"}}}}

# Where dotpromptz 0.2.0 leaves the format (the reference is Handlebars 4.7 and the specification's
# cases). Each entry: why, the template, and the input.
KNOWN_DIFFERENCES = [
    ("lists and texts have a length in Handlebars", "{{tags.length}}", {}),
    ("a literal in the place of a name is a variable", '{{"name"}}', {}),
    ("json escapes nothing beyond ASCII, as JSON.stringify does", "{{json unicode}}", {}),
    ("what is missing has no JSON, so nothing is printed", "{{json missing}}", {}),
    ("a role's named arguments are its message's metadata", '{{role "user" purpose="task"}}Go.', {}),
    ("~ takes white space only once, and the next line stays", "{{title~}}\n{{! c }}\n\n", {}),
    ("a tag alone on its line is so whatever ~ took before it", "{{#if flag}}\n{{name~}} \n{{/if}}\ny", {}),
    ("a block in a partial is indented as the tag is", "{{#> pad}}x{{/pad}}", {}),
    ("a passed block keeps the blanks before its closing tag", "{{#if flag~}} a\n{{~/if}}\nb", {}),
    ("a tag with a blank and another tag after it is not alone", "{{> greet}} {{name}}", {}),
    ("any at the top is the empty schema", "---\noutput: {schema: any}\n---\nx", {}),
    ("yes is a text in YAML 1.2", "---\nconfig: {a: yes}\n---\nx", {}),
]


class Generator:
    """Templates of the parts of the language in which both keep to the format."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def value(self):
        return self.random.choice([
            "title", "name", "count", "zero", "ratio", "flag", "off", "map.one", "map.two.three",
            "map.[with blank]", "people.[0].name", "people.[1].roles", "tags.[2]", "missing",
            "map.missing", "unicode", "this.name", "./title", "@root.name", "@state.step",
            "@state.user.name", "@auth.email", "@missing", "tags", "people.[0].age",
        ])

    def printed(self):
        left, right = self.random.choice([("{{", "}}"), ("{{{", "}}}"), ("{{&", "}}"), ("{{ ", " }}")])
        return left + self.value() + right

    def condition(self):
        return self.random.choice([
            "flag", "off", "zero", "empty", "tags", "missing", "name", "map", "count", "map.missing",
            "@state.step", "(lookup map \"one\")", "zero includeZero=true",
        ])

    def words(self):
        return self.random.choice([
            "Say it. ", "a, b; c ", "(x) ", "50 % ", "{ not a tag } ", "<b>bold</b> ", "\u00e9\u6771 ",
            "back\\slash ", "\\{{escaped}} ",
        ])

    def inline(self, depth):
        pick = self.random.random()
        if pick < 0.3 or depth > 2:
            return self.words()
        if pick < 0.6:
            return self.printed()
        return self.random.choice([
            lambda: "{{#if %s}}%s{{else}}%s{{/if}}" % (self.condition(), self.run(depth + 1), self.run(depth + 1)),
            lambda: "{{#if %s}}%s{{else if %s}}%s{{else}}%s{{/if}}" % (
                self.condition(), self.run(depth + 1), self.condition(), self.words(), self.words()),
            lambda: "{{#unless %s}}%s{{/unless}}" % (self.condition(), self.run(depth + 1)),
            lambda: "{{#each tags}}{{@index}}{{this}}{{#unless @last}}, {{/unless}}{{/each}}",
            lambda: "{{#each people}}{{name}}{{#if @first}}*{{/if}}%s{{../title}};{{else}}-{{/each}}" % self.words(),
            lambda: "{{#each map}}{{@key}}={{this}};{{/each}}",
            lambda: "{{#each people as |p i|}}{{i}}:{{p.name}}{{#each p.roles as |r|}}/{{r}}{{p.age}}{{/each}} {{/each}}",
            lambda: "{{#each empty}}x{{else}}%s{{/each}}" % self.words(),
            lambda: "{{#with people.[0]}}{{name}}{{age}}{{../title}}{{else}}none{{/with}}",
            lambda: "{{#with missing}}x{{else}}%s{{/with}}" % self.words(),
            lambda: "{{#people}}{{name}} {{/people}}{{^empty}}%s{{/empty}}" % self.words(),
            lambda: "{{#ifEquals %s %s}}same{{else}}other{{/ifEquals}}" % (
                self.random.choice(["name", "count"]), self.random.choice(['"Ada"', "3", "name"])),
            lambda: "{{#unlessEquals count %s}}other{{else}}same{{/unlessEquals}}" % self.random.choice(["3", "4"]),
            lambda: "{{lookup map \"one\"}}{{lookup tags 1}}{{lookup (lookup people 0) \"name\"}}",
            lambda: "{{#if map}}{{json map}}{{/if}}{{#if tags}}{{json tags}}{{/if}}",
            lambda: "{{#if people}}{{json people indent=2}}{{/if}}{{#if name}}{{json name}}{{/if}}",
            lambda: "{{> greet}}, {{> greet name=title}}; {{> nested}}, {{> tree-1.x tags}}",
            lambda: "{{#> wrap}}%s{{/wrap}}{{#> nowhere}}default{{/nowhere}}" % self.printed(),
            lambda: '{{#*inline "in"}}<{{name}}>{{/inline}}{{> in}}{{#each people}}{{> in}}{{/each}}',
            lambda: "{{{{raw}}}}{{name}} {{#if}}{{{{/raw}}}}",
            lambda: "a {{~name~}} b {{! note }}{{!-- note }} --}}",
            lambda: "{{~> greet ~}} ; ",
        ])()

    def run(self, depth=0):
        return "".join(self.inline(depth) for _ in range(self.random.randint(1, 3)))

    def block(self):
        return self.random.choice([
            lambda: self.run() + "\n",
            lambda: self.run() + "\n",
            lambda: "{{#if %s}}\n%s\n{{else}}\n%s\n{{/if}}\n" % (self.condition(), self.run(), self.run()),
            lambda: "  {{#each people}}\n  {{> row}}\n  {{/each}}\n",
            lambda: "Intro:\n  {{> lines}}\nOutro\n",
            lambda: "{{! a note on its own line }}\n",
            lambda: "\r\n%s\r\n{{#unless off}}\r\nx\r\n{{/unless}}\r\n" % self.words(),
            lambda: "\n",
            lambda: '{{role "%s"}}%s\n' % (self.random.choice(["user", "model", "system"]), self.run()),
            lambda: "{{media url=url}}\n",
            lambda: '{{media url=url contentType="video/mp4"}}%s\n' % self.words(),
            lambda: '{{section "%s"}}%s\n' % (self.random.choice(["code", "notes"]), self.words()),
            lambda: "{{history}}\n",
        ])()

    def front_matter(self):
        lines = self.random.sample([
            "model: googleai/gemini-3.5-flash",
            "config: {temperature: 0.5, topK: 4, stop: [a, b]}",
            "description: What it is for",
            "input:\n  schema:\n    name: string, who\n    count?: integer\n    tags(array, words): string, one word\n  default: {name: Default, missing: given}",
            "input: {default: {missing: from the file, title: hidden}}",
            "output:\n  format: json\n  schema:\n    color(enum, of the shirt): [RED, BLUE]\n    inner?(object, details):\n      a: any\n      (*): string",
            "output: {schema: 'Person, who it is'}",
            "output: {format: text, schema: string}",
            "output:\n  schema: {type: array, items: {type: string}}",
            "tabscribe.passes: 2",
            "ext1.sub.key: {a: [1, null, true]}",
            "tools: [search, weather]",
            "custom: 'kept in raw'",
        ], self.random.randint(0, 5))
        keys = set()
        chosen = [line for line in lines if not (line.split(":")[0] in keys or keys.add(line.split(":")[0]))]
        if not chosen:
            return ""
        head = self.random.choice(["", "# A licence\n\n"])
        return head + "---\n" + "\n".join(chosen) + "\n---\n"

    def case(self):
        template = self.front_matter() + "".join(self.block() for _ in range(self.random.randint(1, 5)))
        given = {key: value for key, value in INPUT.items() if self.random.random() < 0.9}
        given["url"] = INPUT["url"]
        data = {"input": given, "context": CONTEXT}
        if self.random.random() < 0.4:
            data["messages"] = HISTORY
        return template, data


def library_cases():
    """The prompts of the library, each with several inputs."""
    inputs = [
        {"favor": "precision"},
        {"favor": "recall", "context": "A talk on bees.\nHost: Ada."},
        {"language": "Klingon", "timecode": "H:MM:SS"},
    ]
    for path in sorted((ROOT / "Prompts").glob("*.prompt")):
        if path.name.startswith("_"):
            continue
        for extra in inputs:
            given = {"video": "https://example.com/v.mp4", "transcript": "[1] Hello\n[2] \"Bye\""}
            yield path.read_text(), {"input": given | extra}


def library_files(folder, ending):
    return {
        path.name[: -len(ending)]: path.read_text()
        for path in sorted((ROOT / folder).glob("*" + ending))
    }


class Ours:
    """Runs tabscribe, with partials and schemas in a folder of their own."""

    def __init__(self, program, partials, schemas):
        self.program = os.path.abspath(program)
        self.folder = tempfile.TemporaryDirectory()
        self.path = pathlib.Path(self.folder.name)
        for name, text in partials.items():
            self.write(f"partials/_{name}.prompt", text)
        for name, schema in schemas.items():
            self.write(f"schemas/{name}.json", json.dumps(schema))
        self.environment = {**os.environ, "TABSCRIBE_HOME": self.folder.name + "/home"}

    def write(self, name, text):
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
        return str(path)

    def render(self, job):
        number, (template, data) = job
        prompt = self.write(f"cases/{number}.prompt", template)
        data = self.write(f"cases/{number}.json", json.dumps(data))
        result = subprocess.run(
            [self.program, "prompts", "render", prompt, "--data", data, "--partials", "partials",
             "--schemas", "schemas", "--lenient", "--json"],
            cwd=self.path, env=self.environment, capture_output=True, text=True,
        )
        return json.loads(result.stdout)


async def theirs(case, partials, schemas):
    template, data = case
    try:
        prompt = await Dotprompt(partials=dict(partials), schemas=dict(schemas)).render(
            template, DataArgument(**data))
    except Exception as error:  # any refusal is an outcome to compare
        return {"error": f"{type(error).__name__}: {error}"}
    return prompt.model_dump(exclude_none=True, by_alias=True, mode="json")


def comparable(prompt):
    """What both must agree on; an empty object says as much as a missing one."""
    if "error" in prompt:
        return "refused"
    return {key: prompt[key] for key in KEYS if prompt.get(key) not in (None, {})}


def compare(program, cases, partials, schemas):
    ours = Ours(program, partials, schemas)
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        mine = list(pool.map(ours.render, enumerate(cases)))

    async def all_theirs():
        return [await theirs(case, partials, schemas) for case in cases]

    for case, left, right in zip(cases, mine, asyncio.run(all_theirs())):
        yield case, left, right, comparable(left) == comparable(right)


def main():
    program = sys.argv[1]
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 400
    generator = Generator(int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    library = compare(
        program,
        list(library_cases()),
        {name.removeprefix("_"): text for name, text in library_files("Prompts", ".prompt").items()
         if name.startswith("_")},
        {name: json.loads(text) for name, text in library_files("Schemas", ".json").items()},
    )
    generated = compare(program, [generator.case() for _ in range(count)], PARTIALS, SCHEMAS)
    equal = different = refused = 0
    for results in (library, generated):
        for (template, data), left, right, is_equal in results:
            equal += is_equal
            refused += is_equal and "error" in left
            if is_equal:
                continue
            different += 1
            if different <= 5:
                print(f"--- different\n{template!r}\ntabscribe  {json.dumps(left)}\n"
                      f"dotpromptz {json.dumps(right)}", file=sys.stderr)
    known = [(template, {"input": INPUT | extra}) for _, template, extra in KNOWN_DIFFERENCES]
    partials = PARTIALS | {"pad": "a\n  {{> @partial-block}}\nb\n"}
    stale = 0
    for (reason, _, _), result in zip(KNOWN_DIFFERENCES, compare(program, known, partials, SCHEMAS)):
        if result[3]:
            stale += 1
            print(f"--- no longer different: {reason}", file=sys.stderr)
    print(f"{equal} templates equal, {different} different")
    print(f"{refused} of them refused by both, {len(known)} known differences")
    sys.exit(1 if different or stale else 0)


if __name__ == "__main__":
    main()
