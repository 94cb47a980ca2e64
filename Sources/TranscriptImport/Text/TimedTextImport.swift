extension ImportFormat {
  /// Text with times, as models, editors and services write it.
  static let timedText = ImportFormat(
    name: "timed text",
    summary:
      "text with times as [00:02] Name - text, Name: [00:02] text, Name 0:02 (models, Descript, Otter)",
    content: .text(
      fits: { source in
        guard !isReply(source) else { return false }
        var prefix = SpeakerPrefix()
        var bare: [Int] = []
        for line in source.first(400) {
          let text = line[...].drop { "-*• ".contains($0) }
          let time =
            TurnTime.leading(text, countsDays: false)?.time
            ?? TurnTime.named(line[...], &prefix)?.time
          guard let time else { continue }
          if time.isBracketed { return true }
          if let start = time.start { bare.append(start) }
        }
        // Times in a transcript go forward; one here and there may be a slip.
        let backward = zip(bare, bare.dropFirst()).count { $0 > $1 }
        return bare.count > 1 && backward * 10 < bare.count
      },
      read: { source throws(ImportError) in TextTurns.transcript(source, isTimed: true) }
    )
  )

  /// Lines of what people say, with or without who says it.
  static let plainText = ImportFormat(
    name: "text",
    summary: "lines of text, with or without Name: in front; no times",
    content: .text(
      fits: { _ in true },
      read: { source throws(ImportError) in
        if isReply(source) {
          throw ImportError("it is a model's reply with tables in tags")
        }
        if source.bytes.prefix(1 << 16).contains(0) || isNoise(source) {
          throw ImportError("it is no text")
        }
        return TextTurns.transcript(source, isTimed: false)
      }
    )
  )

  /// Whether more of it than a slip or two is what nobody types: controls, and what is no character.
  private static func isNoise(_ source: SourceText) -> Bool {
    let sample = String(decoding: source.bytes.prefix(1 << 14), as: UTF8.self).unicodeScalars
    let odd = sample.count { scalar in
      switch scalar.properties.generalCategory {
      case .unassigned, .privateUse: true
      case .control: !scalar.properties.isWhitespace
      default: false
      }
    }
    return odd * 50 > sample.count
  }

  /// Whether tables in tags are in it, which only their schema tells how to read.
  private static func isReply(_ source: SourceText) -> Bool {
    source.first(50).contains { line in
      line.hasPrefix("<") && (line.contains("_TSV>") || line.contains("_CSV>"))
    }
  }
}
