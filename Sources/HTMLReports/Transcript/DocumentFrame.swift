internal import OrderedJSON
internal import TranscriptModel

/// `STEM.json` without what the page shows anyway, so that the page can write the file again.
///
/// The rows of the transcript stand on the page, times and voices in `PageData`. What is left is cut
/// where rows, segments and corrections go; cells that do not follow from a row are listed.
struct DocumentFrame {
  let document: TranscriptDocument

  /// The pieces between the gaps, and what fills the first gap beside the rows.
  var json: JSONObject {
    let index = document.tables.firstIndex { $0.column(.text) != nil }
    var pieces: [JSONValue] = []
    var rest = emptied(tableAt: index)[...]
    if let index {
      let name = JSONValue.string(document.tables[index].name).rendered()
      cut(&rest, behind: "\n  \(name): {", "\n   \"rows\": [", into: &pieces)
    }
    cut(&rest, behind: "\n \"segments\": [", into: &pieces)
    cut(&rest, behind: "\n \"corrections\": [", into: &pieces)
    pieces.append(.string(String(decoding: rest, as: UTF8.self)))
    var frame: JSONObject = ["pieces": .array(pieces)]
    if let index { frame["columns"] = .array(columns(of: document.tables[index])) }
    let extras = document.transcript.segments.enumerated().filter { !$1.extras.isEmpty }
    if !extras.isEmpty {
      frame["extras"] = .object(
        JSONObject(
          extras.map { (String($0), .string(TranscriptSegment.Field.json($1.extras).rendered())) }
        )
      )
    }
    return frame
  }

  /// The document with empty lists where the gaps are; the first table's faulty cells go with it.
  private func emptied(tableAt index: Int?) -> [UInt8] {
    var copy = document
    copy.source.uri = document.source.shownURI
    copy.transcript.segments = []
    copy.corrections = []
    if let index {
      let table = document.tables[index]
      copy.tables[index] = Table(name: table.name, columns: table.columns)
    }
    return copy.jsonBytes()
  }

  private func cut(
    _ rest: inout ArraySlice<UInt8>,
    behind marks: String...,
    into pieces: inout [JSONValue]
  ) {
    var end = rest.startIndex
    for mark in marks {
      guard let start = rest[end...].firstIndex(of: Array(mark.utf8)) else {
        preconditionFailure("the document lacks \(mark)")
      }
      end = start + mark.utf8.count
    }
    pieces.append(.string(String(decoding: rest[..<end], as: UTF8.self)))
    rest = rest[end...]
  }

  /// For each column its role, with the cells that say something else than the segment of the row.
  private func columns(of table: Table) -> [JSONValue] {
    table.columns.indices.map { column in
      let role = table.columns[column].role ?? .init(rawValue: "")
      var others: [(String, JSONValue)] = []
      for row in 0..<table.rowCount {
        let cell = table[row, column]
        let segments = document.transcript.segments
        let segment = row < segments.count && segments[row].row == row ? segments[row] : nil
        if segment.map({ Self.cell(role, of: $0) }) != cell {
          others.append((String(row), .string(cell.json.rendered())))
        }
      }
      return ["role": .string(role.rawValue), "cells": .object(JSONObject(others))]
    }
      + [["rows": .init(table.rowCount), "invalid": .string(Self.invalid(table))]]
  }

  /// What a segment has in a column of a role.
  private static func cell(_ role: Column.Role, of segment: TranscriptSegment) -> Cell? {
    switch role {
    case .start: segment.start.map(Cell.time) ?? .missing
    case .end: segment.endIsEstimate ? .missing : segment.end.map(Cell.time) ?? .missing
    case .voice: segment.voice.map(Cell.integer) ?? .missing
    case .text: .text(segment.text)
    default: nil
    }
  }

  /// The list of cells of the wrong type as the file has it; empty when there are none.
  private static func invalid(_ table: Table) -> String {
    var places: [JSONValue] = []
    for row in 0..<table.rowCount {
      for column in table.columns.indices {
        if case .invalid = table[row, column] { places.append([.init(row), .init(column)]) }
      }
    }
    return places.isEmpty ? "" : JSONValue.array(places).rendered()
  }
}
