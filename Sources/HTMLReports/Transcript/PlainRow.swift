internal import PlainText
internal import TranscriptModel

extension TranscriptRows {
  /// Writes a row in which nothing has to be marked or escaped, as nearly all are: from bytes, which takes a
  /// fifth of the time of a tree.
  ///
  /// - Returns: Whether it was written; a row of any other kind is left to the tree, which writes these
  ///   to the same.
  func writePlain(_ position: Int, _ style: SpeakerStyle, to sink: HTMLSink) -> Bool {
    let segment = segments[position]
    guard let start = segment.start, !isWorkedOn(segment),
      let notes = notes.plainCell(row: segment.row),
      segment.extras.allSatisfy({ $0.value == .missing })
    else { return false }
    var (text, label) = (segment.text, labels[position].text)
    return label.withUTF8 { label in
      text.withUTF8 { text in
        guard MarkedText.isPlain(text), MarkedText.isPlain(label) else { return false }
        let moment = "t=" + PageNumbers.seconds(start)
        sink.append("<tr id=\"", anchors.anchor(position: position, moment: moment))
        sink.append("\" class=\"", rowClass(position, style))
        sink.append("\"><td><a href=\"#", moment)
        sink.append("\">", start.rendered)
        sink.append("</a></td><th>".utf8)
        sink.append(label)
        sink.append("</th><td dir=\"auto\">".utf8)
        sink.append(text)
        sink.append("</td>", notes)
        sink.append("</tr>".utf8)
        return true
      }
    }
  }
}

extension HTMLSink {
  /// Appends HTML, and behind it a text that needs no escapes.
  fileprivate func append(_ html: StaticString, _ text: String) {
    append(UnsafeBufferPointer(start: html.utf8Start, count: html.utf8CodeUnitCount))
    append(text.utf8)
  }
}

extension MarkedText {
  /// Whether a text stands in a page as it is: nothing in it is marked, escaped or replaced.
  static func isPlain(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    let raw = UnsafeRawBufferPointer(text)
    var start = 0
    while start + 8 <= text.count {
      let eight = raw.loadUnaligned(fromByteOffset: start, as: UInt64.self)
      guard eight & EightBytes.high == 0 else { break }
      let controls = EightBytes.below(eight, 0x20) | EightBytes.equal(eight, 0x7F)
      // `<` and `>` differ in one bit; `&`, `[`.
      let angles = EightBytes.equal(eight & ~EightBytes.repeated(0x02), 0x3C)
      let others = EightBytes.equal(eight, 0x26) | EightBytes.equal(eight, 0x5B)
      guard controls | angles | others == 0 else { return false }
      start += 8
    }
    let rest = UnsafeBufferPointer(rebasing: text[start...])
    let hasSigns = rest.contains { byte in
      byte == UInt8(ascii: "<") || byte == UInt8(ascii: ">") || byte == UInt8(ascii: "&")
        || byte == UInt8(ascii: "[")
    }
    return !hasSigns && PageText.isClean(rest)
  }
}
