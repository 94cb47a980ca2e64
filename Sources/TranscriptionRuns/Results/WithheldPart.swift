internal import HostSystem
internal import PlainText

/// A part of what is withheld, as people name it.
package enum WithheldPart: Equatable {
  /// The names of speakers.
  case speakers
  /// What derive redact found.
  case redactions
  /// Rows, counted from 0.
  case rows(ClosedRange<Int>)
  /// Words wherever they stand.
  case words(String)

  /// One of `speakers`, `redactions`, rows as `#12` or `#12-15`, and words.
  ///
  /// - Throws: `Refusal` of the kind `usage`, for rows that are none.
  package init(_ text: String) throws(Refusal) {
    let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    switch line {
    case "speakers": self = .speakers
    case "redactions": self = .redactions
    case _ where line.hasPrefix("#"): self = .rows(try Self.rows(line))
    default: self = .words(line)
    }
  }

  /// What a user names: `speakers`, `redactions`, or the lines of a file.
  package static func named(_ name: String, _ place: Workplace) throws -> [WithheldPart] {
    switch name {
    case "speakers": [.speakers]
    case "redactions": [.redactions]
    default: try lines(of: name, place)
    }
  }

  /// Reads a file: on each line some words, or rows as `#12` or `#12-15`.
  package static func lines(of name: String, _ place: Workplace) throws -> [WithheldPart] {
    let bytes = try HostFiles.read(place.absolutePath(name), limit: 1 << 24)
    let lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
      .filter { $0.contains { !$0.isWhitespace } }
    guard !lines.isEmpty else {
      throw Refusal.usage(
        "\(SafeText.quoted(name)) has neither words nor rows.",
        remedy: "Write what is to be withheld into it, one a line; #12 or #12-15 stands for rows."
      )
    }
    return try lines.map { line throws(Refusal) in
      let line = line.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      return line.hasPrefix("#") ? .rows(try rows(line, of: name)) : .words(line)
    }
  }

  private static func rows(
    _ line: String,
    of name: String? = nil
  ) throws(Refusal) -> ClosedRange<Int> {
    let ends = line.dropFirst().split(separator: "-").map { part in
      Int(part.filter { $0 != "#" && $0 != " " })
    }
    guard let first = ends.first ?? nil, let last = ends.last ?? nil, ends.count <= 2, first >= 1,
      first <= last, last < 1 << 30
    else {
      let place = name.map { SafeText.line($0) + ": " } ?? ""
      throw .usage(
        "\(place)\(SafeText.quoted(line)) names no rows.",
        remedy: "Write #12, or #12-15, counted from 1."
      )
    }
    return (first - 1)...(last - 1)
  }
}
