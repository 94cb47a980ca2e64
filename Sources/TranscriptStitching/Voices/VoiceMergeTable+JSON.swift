package import OrderedJSON
package import TranscriptModel

/// # The format of a merge table
///
///     voices  [{voice, label, from: [{piece, clip: {startMS, endMS?}, voice, why}]}]
///     apart   [{voices: [number, number], why}]
///
/// A clip without `endMS` goes to the end of a source of unknown length. `label` and `apart` are
/// for people; only `voices` is applied.
extension VoiceMergeTable {
  /// The table as JSON.
  package var json: JSONValue {
    ["voices": .array(voices.map(\.json)), "apart": .array(apart.map(\.json))]
  }

  /// Reads a table.
  ///
  /// - Throws: `TranscriptDocumentError` with the place of what is wrong.
  package init(json: JSONValue) throws(TranscriptDocumentError) {
    let root = MergeTableReader(json)
    voices = try root.required("voices").elements(Voice.init)
    apart = try root.list("apart", Doubt.init)
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

private typealias MergeTableReader = JSONCursor<TranscriptDocumentError>

extension VoiceMergeTable.Voice {
  fileprivate var json: JSONValue {
    ["voice": .init(voice), "label": .init(label), "from": .array(from.map(\.json))]
  }

  fileprivate init(_ reader: MergeTableReader) throws(TranscriptDocumentError) {
    voice = try reader.int("voice")
    label = reader.value["label"]?.string ?? ""
    from = try reader.required("from").elements(VoiceMergeTable.Member.init)
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
    let range = try reader.required("clip")
    let start = Timecode(milliseconds: try range.int("startMS"))
    guard range.value["endMS"] != nil else {
      clip = .toTheEnd(from: start)
      return
    }
    let end = Timecode(milliseconds: try range.int("endMS"))
    guard start <= end else {
      throw range.fault("the clip ends before it starts")
    }
    clip = TimeRange(start: start, end: end)
  }
}

extension VoiceMergeTable.Doubt {
  fileprivate var json: JSONValue {
    ["voices": .array(voices.map { .init($0) }), "why": .init(why)]
  }

  fileprivate init(_ reader: MergeTableReader) throws(TranscriptDocumentError) {
    voices = try reader.required("voices").elements { reader throws(TranscriptDocumentError) in
      try reader.int()
    }
    why = reader.value["why"]?.string ?? ""
  }
}
