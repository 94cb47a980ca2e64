import OrderedJSON
import TabularExtraction
import TestSupport
import TranscriptModel

/// Makes schemas and tables by chance, the same for the same seed.
struct TableGenerator {
  var random: SeededGenerator
  /// Whether texts may hold what looks like entities or tags.
  var hasMarkup = true

  init(seed: UInt64, hasMarkup: Bool = true) {
    random = SeededGenerator(seed: seed)
    self.hasMarkup = hasMarkup
  }

  mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

  mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[Int.random(in: elements.indices, using: &random)]
  }

  // MARK: Schemas

  /// One to three tables of one to five columns with any types, roles and values.
  mutating func schema() throws -> TableSchema {
    let tables = Int.random(in: 1...3, using: &random)
    var properties = JSONObject()
    for index in 0..<tables {
      var columns = JSONObject()
      for column in 0..<Int.random(in: 1...5, using: &random) {
        columns["c\(column)"] = self.column(position: column)
      }
      properties["task\(index + 1)_set\(index)"] = [
        "type": "array", "items": ["type": "object", "properties": .object(columns)],
      ]
    }
    let root: JSONValue = ["type": "object", "properties": .object(properties)]
    return try TableSchema(name: "generated", parsing: root.rendered())
  }

  private mutating func column(position: Int) -> JSONValue {
    switch Int.random(in: 0..<8, using: &random) {
    case 0: return ["type": "integer", "x-role": "voice"]
    case 1: return ["type": "number"]
    case 2: return ["type": "boolean"]
    case 3: return ["type": "string", "enum": ["voice", "animal", "R&B"]]
    case 4: return ["type": "string", "x-role": "text"]
    case 5 where position == 0: return ["type": "string", "x-role": "start"]
    default: return ["type": "string"]
    }
  }

  // MARK: Tables

  /// Tables whose cells a reply can express, so that reading gives them back.
  mutating func tables(of schema: TableSchema, rows: Int = 12) -> [Table] {
    schema.tables.map { definition in
      var table = Table(name: definition.name, columns: definition.tableColumns)
      for _ in 0..<Int.random(in: 0...rows, using: &random) {
        let row = definition.columns.map { cell($0) }
        // A row without any value is none.
        if row.contains(where: { $0 != .missing }) { table.append(row) }
      }
      return table
    }
  }

  private mutating func cell(_ column: ColumnDefinition) -> Cell {
    if chance(8) { return .missing }
    switch column.column.type {
    case .integer: return .integer(chance(90) ? pick([0, 1, 7, 42]) : pick([-3, .max, .min + 1]))
    case .number: return .number(pick(["0", "1.50", "-2e10", "3.14159265358979323846"]))
    case .boolean: return .boolean(chance(50))
    case .string:
      if column.column.role == .start { return .text(pick(["00:01", "1:02:03", "65:42.250"])) }
      if !column.enumValues.isEmpty { return .text(pick(column.enumValues)) }
      return .text(text())
    }
  }

  private static let plain = [
    "so", "well, yes", " ", "  two", "“no”", "naïve", "\"", "'", "\\", "\\n", "\\\\t", "{", "}",
    "[", "]", ":", ",", "\": ", "\",", "```", "😀", "日本", "\u{301}", "\t", "\n", "\r", "\r\n",
    "\u{1}", "\u{7F}", "\u{2028}", "null", "12", "//", "/*", "c1", "00:05", "true", "-", "`",
  ]
  private static let markup = [
    "&", "&amp;", "&lt;", "&#65;", "<", ">", "<b>", "</TASK1_SET0_TSV>", "<TASK2_SET1_TSV>",
    "</task1_set0>",
  ]

  /// Text made of what readers stumble over; never one that means a missing value.
  mutating func text() -> String {
    let pieces = hasMarkup ? Self.plain + Self.markup : Self.plain
    let parts = (0..<Int.random(in: 0...6, using: &random)).map { _ in pick(pieces) }
    return "w" + parts.joined() + (chance(50) ? "" : "z")
  }

  // MARK: Damage

  private static let scars = [
    "\"", "'", "{", "}", "[", "]", ",", ":", "\n", "\t", "\\", "<", ">", "&", "</", "```", "//",
    "null", "0", "\u{FEFF}", "“", "\r", "<TASK1_SET0_TSV>", "</TASK1_SET0_TSV>", "\"c0\":", "  ",
  ]

  /// A copy with pieces cut out, doubled, put in, or overwritten with arbitrary bytes.
  mutating func damaged(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...6, using: &random) where !bytes.isEmpty {
      let start = Int.random(in: bytes.indices, using: &random)
      let end = min(bytes.count, start + Int.random(in: 0...12, using: &random))
      switch Int.random(in: 0..<5, using: &random) {
      case 0: bytes.removeSubrange(start..<end)
      case 1: bytes.insert(contentsOf: bytes[start..<end], at: start)
      case 2: bytes.insert(contentsOf: pick(Self.scars).utf8, at: start)
      case 3: bytes[start] = UInt8.random(in: 0...255, using: &random)
      default: bytes.replaceSubrange(start..<end, with: pick(Self.scars).utf8)
      }
    }
    return bytes
  }
}
