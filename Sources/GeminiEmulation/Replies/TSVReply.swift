internal import OrderedJSON

/// Writes a script as tab-separated blocks in the tags a prompt names.
struct TSVReply {
  /// A block the prompt asks for.
  struct Block: Hashable {
    let tag: String
    let columns: [String]
  }

  let writer: TableWriter

  /// Finds the blocks that a prompt names, in order, each with the columns listed for it.
  static func blocks(in prompt: String) -> [Block] {
    var blocks: [Block] = []
    for line in prompt.split(separator: "\n", omittingEmptySubsequences: false) {
      for tag in tags(in: line) where !blocks.contains(where: { $0.tag == tag }) {
        blocks.append(Block(tag: tag, columns: columns(of: tag, in: prompt)))
      }
    }
    return blocks
  }

  /// Opening tags whose names end in `_TSV` or `_CSV`.
  private static func tags(in line: Substring) -> [String] {
    line.split(separator: "<").dropFirst(line.first == "<" ? 0 : 1).compactMap { piece in
      guard let end = piece.firstIndex(of: ">") else { return nil }
      let name = piece[..<end]
      let isName = name.allSatisfy { $0.isUppercase || $0.isNumber || $0 == "_" }
      return isName && (name.hasSuffix("_TSV") || name.hasSuffix("_CSV")) ? String(name) : nil
    }
  }

  /// The header line after a tag; without one, the columns of the usual table of that name.
  private static func columns(of tag: String, in prompt: String) -> [String] {
    for piece in prompt.split(separator: "<\(tag)>").dropFirst() {
      let lines = piece.drop { $0 == "\n" || $0 == "\r" }.split(separator: "\n")
      if let header = lines.first, let columns = header.columnNames { return columns }
    }
    return TableWriter.kind(table: tag, columns: []) == .speakers
      ? ["voice", "name", "company", "position", "role"] : ["start", "text", "voice"]
  }

  func text(_ blocks: [Block]) -> String {
    blocks.map { block in
      let rows = [block.columns.joined(separator: "\t")] + rows(block)
      return "<\(block.tag)>\n" + rows.joined(separator: "\n") + "\n</\(block.tag)>"
    }.joined(separator: "\n")
  }

  private func rows(_ block: Block) -> [String] {
    switch TableWriter.kind(table: block.tag, columns: block.columns) {
    case .speakers:
      writer.script.speakers.indices.map { index in
        line(block.columns) { writer.cell($0, .string, ofSpeaker: index) }
      }
    case .sounds:
      writer.sounds.map { sound in line(block.columns) { writer.cell($0, .string, of: sound) } }
    case .languages: [line(block.columns) { writer.languageCell($0, .string) }]
    case .segments, .unknown:
      writer.script.segments.indices.map { index in
        line(block.columns) { writer.cell($0, .string, of: index) }
      }
    }
  }

  private func line(_ columns: [String], _ cell: (String) -> JSONValue) -> String {
    columns.map { cell($0).string ?? "?" }.joined(separator: "\t")
  }
}

extension Substring {
  /// The names of a header line separated by tabs, spelled-out tabs, bars or commas.
  fileprivate var columnNames: [String]? {
    for separator in ["\t", "\\t", "<TAB>", "⇥", "|", ","] where contains(separator) {
      let names = split(separator: separator).map { String($0).trimmingSpaces }
      let areNames = names.allSatisfy { name in
        !name.isEmpty && name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
      }
      if areNames { return names }
    }
    return nil
  }
}
