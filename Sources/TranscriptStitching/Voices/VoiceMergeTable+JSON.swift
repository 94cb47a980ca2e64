public import OrderedJSON
public import TranscriptModel

/// # The format of a merge table
///
///     voices  [{voice, label, from: [{piece, clip: {startMS, endMS?}, voice, why}]}]
///     apart   [{voices: [number, number], why}]
///
/// A clip without `endMS` goes to the end of a source of unknown length. `label` and `apart` are
/// for people; only `voices` is applied.
extension VoiceMergeTable {
  /// The table as JSON.
  public var json: JSONValue {
    ["voices": .array(voices.map(\.json)), "apart": .array(apart.map(\.json))]
  }

  /// Reads a table.
  ///
  /// - Throws: `TranscriptDocumentError` with the place of what is wrong.
  public init(json: JSONValue) throws(TranscriptDocumentError) {
    let root = MergeTableReader(value: json, path: "")
    voices = try root.elements("voices") { reader throws(TranscriptDocumentError) in
      try Voice(reader)
    }
    apart = try root.optionalElements("apart") { reader throws(TranscriptDocumentError) in
      try Doubt(reader)
    }
    var seen: Set<[Int]> = []
    for (index, voice) in voices.enumerated() {
      for member in voice.from where !seen.insert([member.piece, member.voice]).inserted {
        throw TranscriptDocumentError(
          path: "voices[\(index)]",
          problem: "voice \(member.voice) of piece \(member.piece) stands twice"
        )
      }
    }
  }
}

extension VoiceMergeTable.Voice {
  fileprivate var json: JSONValue {
    ["voice": .init(voice), "label": .init(label), "from": .array(from.map(\.json))]
  }

  fileprivate init(_ reader: MergeTableReader) throws(TranscriptDocumentError) {
    voice = try reader.int("voice")
    label = reader.value["label"]?.string ?? ""
    from = try reader.elements("from") { reader throws(TranscriptDocumentError) in
      try VoiceMergeTable.Member(reader)
    }
  }
}

extension VoiceMergeTable.Member {
  fileprivate var json: JSONValue {
    var range: JSONObject = ["startMS": .init(clip.start.milliseconds)]
    if !clip.isOpenEnded { range["endMS"] = .init(clip.end.milliseconds) }
    return [
      "piece": .init(piece), "clip": .object(range), "voice": .init(voice), "why": .init(why),
    ]
  }

  fileprivate init(_ reader: MergeTableReader) throws(TranscriptDocumentError) {
    piece = try reader.int("piece")
    voice = try reader.int("voice")
    why = reader.value["why"]?.string ?? ""
    let range = MergeTableReader(value: reader.value["clip"] ?? .null, path: reader.path + ".clip")
    let start = Timecode(milliseconds: try range.int("startMS"))
    guard range.value["endMS"] != nil else {
      clip = .toTheEnd(from: start)
      return
    }
    let end = Timecode(milliseconds: try range.int("endMS"))
    guard start <= end else {
      throw TranscriptDocumentError(path: range.path, problem: "the clip ends before it starts")
    }
    clip = TimeRange(start: start, end: end)
  }
}

extension VoiceMergeTable.Doubt {
  fileprivate var json: JSONValue {
    ["voices": .array(voices.map { .init($0) }), "why": .init(why)]
  }

  fileprivate init(_ reader: MergeTableReader) throws(TranscriptDocumentError) {
    voices = try reader.elements("voices") { reader throws(TranscriptDocumentError) in
      guard let number = reader.value.int else {
        throw TranscriptDocumentError(path: reader.path, problem: "a whole number is due")
      }
      return number
    }
    why = reader.value["why"]?.string ?? ""
  }
}

/// A value of a merge table with its place, so that errors can say where.
private struct MergeTableReader {
  let value: JSONValue
  let path: String

  func int(_ key: String) throws(TranscriptDocumentError) -> Int {
    guard let number = value[key]?.int else {
      throw TranscriptDocumentError(path: place(key), problem: "a whole number is due")
    }
    return number
  }

  func elements<Element>(
    _ key: String,
    _ read: (MergeTableReader) throws(TranscriptDocumentError) -> Element
  ) throws(TranscriptDocumentError) -> [Element] {
    guard let array = value[key]?.array else {
      throw TranscriptDocumentError(path: place(key), problem: "a list is due")
    }
    var elements: [Element] = []
    for (index, element) in array.enumerated() {
      let reader = MergeTableReader(value: element, path: "\(place(key))[\(index)]")
      elements.append(try read(reader))
    }
    return elements
  }

  func optionalElements<Element>(
    _ key: String,
    _ read: (MergeTableReader) throws(TranscriptDocumentError) -> Element
  ) throws(TranscriptDocumentError) -> [Element] {
    guard let member = value[key], !member.isNull else { return [] }
    return try elements(key, read)
  }

  private func place(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }
}
