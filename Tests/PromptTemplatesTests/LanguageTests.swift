import OrderedJSON
import Testing

@testable import PromptTemplates

@Suite struct LanguageTests {
  static let people: JSONObject = [
    "title": "Panel",
    "people": [["name": "Ada", "role": "host"], ["name": "Bo"]],
    "ages": ["Ada": 36, "Bo": 7],
    "empty": [],
    "zero": 0,
    "nothing": nil,
    "flag": true,
  ]

  static let paths = [
    TemplateCase("member", "{{a.b.c}}", ["a": ["b": ["c": 1]]], "1"),
    TemplateCase("slashes", "{{a/b}}", ["a": ["b": 1]], "1"),
    TemplateCase("brackets", "{{a.[b c]}}{{[d.e]}}", ["a": ["b c": 1], "d.e": 2], "12"),
    TemplateCase("element", "{{a.[1]}}{{a.0.b}}", ["a": [["b": 1], "two"]], "two1"),
    TemplateCase("length", "{{a.length}} {{b.length}}", ["a": [1, 2], "b": "four"], "2 4"),
    TemplateCase(
      "this",
      "{{this.a}}{{./a}}{{#each l}}{{this}}{{.}}{{/each}}",
      ["a": 1, "l": [2]],
      "1122"
    ),
    TemplateCase(
      "outwards",
      "{{#each l}}{{#each this}}{{../../a}}{{/each}}{{/each}}",
      ["a": "x", "l": [["y"], ["z"]]],
      "xx"
    ),
    TemplateCase(
      "no new level for if",
      "{{#each l}}{{#if this}}{{../a}}{{/if}}{{/each}}",
      ["a": "x", "l": [1]],
      "x"
    ),
    TemplateCase("root", "{{#each l}}{{@root.a}}{{/each}}", ["a": "x", "l": [1, 2]], "xx"),
    TemplateCase("missing", "[{{no}}{{no.where}}{{../../x}}]", "[]"),
    TemplateCase("names as literals", #"{{"a b"}}{{12}}"#, ["a b": "x", "12": "y"], "xy"),
    TemplateCase(
      "a helper's name as a member",
      "{{this.role}}{{./json}}",
      ["role": "r", "json": "j"],
      "rj"
    ),
  ]

  static let values = [
    TemplateCase("no escaping", "{{a}}{{{a}}}{{&a}}", ["a": "<&\">"], "<&\"><&\"><&\">"),
    TemplateCase(
      "numbers",
      "{{a}} {{b}} {{c}} {{d}}",
      ["a": 1.0, "b": 0.1, "c": 1e21, "d": 1e-7],
      "1 0.1 1e+21 1e-7"
    ),
    TemplateCase(
      "many digits",
      "{{a}}",
      ["a": .number(JSONNumber(validated: "12345678901234567890"))],
      "12345678901234567890"
    ),
    TemplateCase("lists", "{{a}}", ["a": [1, nil, ["x", true]]], "1,,x,true"),
    TemplateCase("objects", "{{a}}", ["a": ["b": 1]], "[object Object]"),
    TemplateCase("null", "[{{a}}]", ["a": nil], "[]"),
  ]

  static let blocks = [
    TemplateCase(
      "if",
      "{{#if zero}}a{{else if empty}}b{{else if flag}}c{{else}}d{{/if}}",
      people,
      "c"
    ),
    TemplateCase(
      "zero counts when asked",
      "{{#if zero includeZero=true}}yes{{/if}}",
      people,
      "yes"
    ),
    TemplateCase("unless", "{{#unless nothing}}none{{/unless}}", people, "none"),
    TemplateCase("inverted", "{{^empty}}none{{else}}some{{/empty}}", people, "none"),
    TemplateCase(
      "each",
      "{{#each people}}{{@index}}{{name}}{{#unless @last}}, {{/unless}}{{/each}}",
      people,
      "0Ada, 1Bo"
    ),
    TemplateCase(
      "each of an object",
      "{{#each ages}}{{@key}}={{this}}{{#if @first}};{{/if}}{{/each}}",
      people,
      "Ada=36;Bo=7"
    ),
    TemplateCase("each of nothing", "{{#each empty}}x{{else}}none{{/each}}", people, "none"),
    TemplateCase(
      "block parameters",
      "{{#each people as |p i|}}{{i}}{{p.name}}{{../title}} {{/each}}",
      people,
      "0AdaPanel 1BoPanel "
    ),
    TemplateCase(
      "outer parameters",
      "{{#each people as |p|}}{{#with p.role as |r|}}{{p.name}}:{{r}}{{/with}}{{/each}}",
      people,
      "Ada:host"
    ),
    TemplateCase("with", "{{#with people.[0]}}{{name}}{{else}}nobody{{/with}}", people, "Ada"),
    TemplateCase("with nothing", "{{#with nothing}}x{{else}}nobody{{/with}}", people, "nobody"),
    TemplateCase("section of a list", "{{#people}}{{name}} {{/people}}", people, "Ada Bo "),
    TemplateCase("section of true", "{{#flag}}{{title}}{{/flag}}", people, "Panel"),
    TemplateCase(
      "outer index",
      "{{#each people}}{{#each ../ages}}{{@../index}}{{@index}} {{/each}}{{/each}}",
      people,
      "00 01 10 11 "
    ),
    TemplateCase(
      "lookup",
      #"{{lookup ages "Bo"}}{{lookup (lookup people 1) "name"}}"#,
      people,
      "7Bo"
    ),
    TemplateCase(
      "ifEquals",
      #"{{#ifEquals zero 0}}same{{/ifEquals}}{{#unlessEquals zero "0"}}other{{/unlessEquals}}"#,
      people,
      "sameother"
    ),
    TemplateCase(
      "json",
      "{{json ages}}{{json people.[1] indent=2}}",
      people,
      "{\"Ada\":36,\"Bo\":7}{\n  \"name\": \"Bo\"\n}"
    ),
  ]

  static let partialCases = [
    TemplateCase("context", "{{> p people.[0]}}", people, partials: ["p": "{{name}}"], "Ada"),
    TemplateCase(
      "values by name",
      #"{{> p name=title mark="!"}}"#,
      people,
      partials: ["p": "{{name}}{{mark}}{{zero}}"],
      "Panel!0"
    ),
    TemplateCase(
      "names with signs",
      "{{> a-1.b_c}}{{> dir/x}}",
      partials: ["a-1.b_c": "1", "dir/x": "2"],
      "12"
    ),
    TemplateCase(
      "computed name",
      #"{{> (lookup . "which")}}"#,
      ["which": "p"],
      partials: ["p": "x"],
      "x"
    ),
    TemplateCase(
      "starts over",
      "{{#each people}}{{> p}}{{/each}}",
      people,
      partials: ["p": "[{{../title}}{{@index}}{{@root.title}}]"],
      "[0Panel][1Panel]"
    ),
    TemplateCase("indent", "a\n  {{> p}}\nb", partials: ["p": "1\n2\n"], "a\n  1\n  2\nb"),
    TemplateCase("default block", "{{#> no}}default{{/no}}", "default"),
    TemplateCase(
      "passed block",
      "{{#> p}}{{title}}{{/p}}",
      people,
      partials: ["p": "<{{> @partial-block}}>"],
      "<Panel>"
    ),
    TemplateCase(
      "nested passed blocks",
      "{{#> o}}x{{/o}}",
      partials: ["o": "({{#> i}}[{{> @partial-block}}]{{/i}})", "i": "<{{> @partial-block}}>"],
      "(<[x]>)"
    ),
    TemplateCase(
      "inline partial",
      #"{{#*inline "p"}}{{name}};{{/inline}}{{#each people}}{{> p}}{{/each}}"#,
      people,
      "Ada;Bo;"
    ),
    TemplateCase(
      "inline partial of a layout",
      #"{{#> l}}{{#*inline "head"}}H{{/inline}}{{/l}}"#,
      partials: ["l": "<{{> head}}>"],
      "<H>"
    ),
    TemplateCase(
      "tree",
      "{{> t}}",
      ["v": 1, "c": [["v": 2, "c": [["v": 3]]]]],
      partials: ["t": "{{v}}{{#each c}}({{> t}}){{/each}}"],
      "1(2(3))"
    ),
  ]

  static let whiteSpace = [
    TemplateCase("tildes", "a \n {{~b~}} \n c", ["b": 1], "a1c"),
    TemplateCase(
      "blocks alone on a line",
      "a\n  {{#if b}}\n  x\n  {{else}}\n  y\n  {{/if}}\nc",
      ["b": 1],
      "a\n  x\nc"
    ),
    TemplateCase(
      "chains alone on a line",
      "{{#if a}}\nx\n{{else if b}}\ny\n  {{/if}}\nz",
      ["b": 1],
      "y\nz"
    ),
    TemplateCase("comments alone on a line", "a\n{{! one }}\n{{!-- }} two --}}\nb", "a\nb"),
    TemplateCase("Windows lines", "a\r\n{{#if b}}\r\nx\r\n{{/if}}\r\nc", ["b": 1], "a\r\nx\r\nc"),
    TemplateCase("inside a line", "a {{#if b}} x {{/if}} c", ["b": 1], "a  x  c"),
  ]

  static let escapes = [
    TemplateCase("escaped tag", #"\{{a}} {{a}}"#, ["a": 1], "{{a}} 1"),
    TemplateCase("escaped backslash", #"\\{{a}}"#, ["a": 1], #"\1"#),
    TemplateCase("raw block", "{{{{raw}}}}{{a}} {{#if}}{{{{/raw}}}}", ["a": 1], "{{a}} {{#if}}"),
    TemplateCase(
      "quotes in texts",
      #"{{lookup this "a\"b"}}{{lookup this 'c"d'}}"#,
      ["a\"b": 1, "c\"d": 2],
      "12"
    ),
    TemplateCase(
      "text that looks like a mark",
      "{{a}}",
      ["a": "<<<dotprompt:role:system>>>x"],
      "<<<dotprompt:role:system>>>x"
    ),
  ]

  @Test("Variables are found along their paths", arguments: paths)
  func followsPaths(_ example: TemplateCase) throws { try check(example) }

  @Test("Values are printed as the format prints them", arguments: values)
  func printsValues(_ example: TemplateCase) throws { try check(example) }

  @Test("Blocks choose and repeat their bodies", arguments: blocks)
  func rendersBlocks(_ example: TemplateCase) throws { try check(example) }

  @Test("Partials get their context, their values and their blocks", arguments: partialCases)
  func rendersPartials(_ example: TemplateCase) throws { try check(example) }

  @Test("White space around tags is kept or removed as Handlebars does", arguments: whiteSpace)
  func settlesWhiteSpace(_ example: TemplateCase) throws { try check(example) }

  @Test("What is escaped or raw stays as it is written", arguments: escapes)
  func keepsEscapes(_ example: TemplateCase) throws { try check(example) }

  private func check(_ example: TemplateCase) throws {
    #expect(try example.rendered() == example.expected)
  }
}
