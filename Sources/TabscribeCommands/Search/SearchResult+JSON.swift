internal import OrderedJSON
internal import PlainText
internal import RunStore
internal import TranscriptModel

extension SearchResult {
  /// The result for machines; `matches` are positions of Unicode code points in the text.
  var json: JSONValue {
    [
      "hits": .array(hits.map(\.json)),
      "hasMore": .bool(hasMore),
      "rankedAmongNewest": rankedAmongNewest.map { JSONValue($0) } ?? .null,
    ]
  }
}

extension SearchHit {
  var json: JSONValue {
    var object: JSONObject = [
      "run": .string(place.run),
      "item": .string(place.reference),
      "startedAt": .string(MomentText.exact(place.startedAt)),
      "source": place.source.json,
      "files": .array(place.files.map { .string($0) }),
      "prompt": .string(place.prompt),
      "model": .string(place.model),
      "language": place.language.map { .string($0) } ?? .null,
    ]
    for (key, value) in row.json.object?.members ?? [] { object[key] = value }
    object["matches"] = .array(
      codePointMatches.map { [JSONValue($0.lowerBound), JSONValue($0.upperBound)] }
    )
    object["before"] = .array(before.map(\.json))
    object["after"] = .array(after.map(\.json))
    return .object(object)
  }

  private var codePointMatches: [Range<Int>] {
    var ranges: [Range<Int>] = []
    var position = 0
    for piece in pieces {
      let end = position + piece.text.unicodeScalars.count
      if piece.isMatch { ranges.append(position..<end) }
      position = end
    }
    return ranges
  }
}

extension SearchRow {
  var json: JSONValue {
    [
      "table": table.map { .string($0) } ?? .null,
      "machine": .bool(isMachine),
      "row": JSONValue(row),
      "startMS": start.map { JSONValue($0.milliseconds) } ?? .null,
      "endMS": end.map { JSONValue($0.milliseconds) } ?? .null,
      "voice": voice.map { JSONValue($0) } ?? .null,
      "speaker": speaker.map { .string($0) } ?? .null,
      "text": .string(text),
    ]
  }
}
