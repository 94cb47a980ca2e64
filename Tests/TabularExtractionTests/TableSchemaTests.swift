import EmbeddedLibrary
import OrderedJSON
import TabularExtraction
import Testing
import TranscriptModel

@Suite struct TableSchemaTests {
  static let oddNames = """
    {"type": "OBJECT", "properties": {
      "task2_sources": {"type": "array", "x-table": "sources", "minItems": 1, "items": {
        "type": "object", "additionalProperties": false, "properties": {
          "asid": {"type": "integer", "x-role": "voice"},
          "type": {"type": "string", "x-role": "type", "enum": ["voice", "animal"]},
          "x-ray": {"type": ["string", "null"], "maxLength": 9}},
        "required": ["asid"]}},
      "task1_rows": {"type": "array", "items": {
        "type": "object", "properties": {
          "said": {"type": "string", "nullable": true, "x-role": "text"},
          "asid": {"type": "integer", "x-references": "task2_sources.asid"}},
        "propertyOrdering": ["asid", "said"]}}},
     "propertyOrdering": ["task1_rows", "task2_sources"]}
    """

  @Test func readsTablesAndColumnsInTheirOrder() throws {
    let schema = try TableSchema(name: "odd", parsing: Self.oddNames)
    #expect(schema.tables.map(\.name) == ["task1_rows", "sources"])
    #expect(schema.tables[0].header == ["asid", "said"])
    #expect(schema.tables[0].columns[0].references?.property == "task2_sources")
    #expect(schema.tables[0].columns[1].isNullable)
    #expect(schema.tables[0].tableColumns[1].role == .text)
    #expect(schema.tables[1].columns[1].enumValues == ["voice", "animal"])
    #expect(schema.tables[1].columns[2].isNullable)
    #expect(schema.table(named: "sources") == schema.table(named: "task2_sources"))
    #expect(schema.tables[0].tag == "TASK1_ROWS_TSV")
  }

  @Test func sendsTheSchemaWithoutItsOwnKeywords() throws {
    let schema = try TableSchema(name: "odd", parsing: Self.oddNames).responseJSONSchema
    let sources = schema["properties"]?["task2_sources"]
    #expect(schema["type"] == "object")
    #expect(schema["propertyOrdering"] == ["task1_rows", "task2_sources"])
    #expect(sources?["x-table"] == nil)
    #expect(sources?["minItems"] == 1)
    let columns = sources?["items"]?["properties"]
    #expect(columns?.object?.keys == ["asid", "type", "x-ray"])
    #expect(columns?["asid"] == ["type": "integer"])
    #expect(columns?["x-ray"] == ["type": ["string", "null"]])
    #expect(
      schema["properties"]?["task1_rows"]?["items"]?["properties"]?["said"]?["type"]
        == ["string", "null"]
    )
  }

  @Test func sendsTheOpenAPIDialectWithCapitalsAndCountsAsStrings() throws {
    let schema = try TableSchema(name: "odd", parsing: Self.oddNames).responseSchema
    let sources = schema["properties"]?["task2_sources"]
    #expect(sources?["type"] == "ARRAY")
    #expect(sources?["minItems"] == "1")
    #expect(sources?["items"]?["additionalProperties"] == nil)
    #expect(sources?["items"]?["propertyOrdering"] == ["asid", "type", "x-ray"])
    #expect(
      sources?["items"]?["properties"]?["x-ray"]
        == ["type": "STRING", "nullable": true, "maxLength": "9"]
    )
  }

  @Test func tellsTheModelTheHeaderAndTheValuesOfEveryColumn() throws {
    let contract = try TableSchema(name: "odd", parsing: Self.oddNames).tsvContract
    #expect(contract.contains("<TASK1_ROWS_TSV>\nasid\tsaid\n…\n</TASK1_ROWS_TSV>\n"))
    #expect(contract.contains("- type: one of voice, animal"))
    #expect(contract.contains("- asid: a whole number; the asid of a row of TASK2_SOURCES_TSV"))
  }

  @Test func digestDependsOnContentAndNotOnSpace() throws {
    let schema = try TableSchema(name: "a", parsing: Self.oddNames)
    let spaced = Self.oddNames.replacing(": ", with: " :\n ")
    let changed = Self.oddNames.replacing("animal", with: "music")
    #expect(try TableSchema(name: "b", parsing: spaced).digest == schema.digest)
    #expect(try TableSchema(name: "a", parsing: changed).digest != schema.digest)
  }

  struct Broken: Sendable, CustomTestStringConvertible {
    let text: String
    let problem: String
    var testDescription: String { problem }
  }

  static let broken = [
    Broken(text: "[", problem: "schema s: line 1, column 2: the text ends where a value is due"),
    Broken(text: "[]", problem: #"schema s: "type" must name one type"#),
    Broken(
      text: #"{"type":"object","properties":{}}"#,
      problem: #"schema s: "properties" is missing or empty"#
    ),
    Broken(
      text: #"{"type":"object","properties":{"a":{"type":"string"}}}"#,
      problem: "schema s, properties.a: a table is an array of objects"
    ),
    Broken(
      text: """
        {"type":"object","properties":{"a":{"type":"array","items":{"type":"object",
        "properties":{"b":{"type":"array"}}}}}}
        """,
      problem: "schema s, properties.a.items.properties.b: a column is a string, integer, number"
        + " or boolean, not array"
    ),
    Broken(
      text: """
        {"type":"object","properties":{"a":{"type":"array","items":{"type":"object",
        "properties":{"b":{"type":"string","x-references":"c.d"}}}}}}
        """,
      problem: #"schema s, properties.a.items.properties.b: "x-references" names c.d, which is"#
        + " not there"
    ),
  ]

  @Test(arguments: broken) func saysWhatIsWrongWithASchemaAndWhere(_ example: Broken) {
    let error = #expect(throws: TableSchemaError.self) {
      try TableSchema(name: "s", parsing: example.text)
    }
    #expect(error?.description == example.problem)
  }

  @Test func everyEmbeddedSchemaIsRead() throws {
    for file in EmbeddedLibrary.schemas.files {
      #expect(try !TableSchema(name: file.name, parsing: file.text).tables.isEmpty)
    }
  }
}
