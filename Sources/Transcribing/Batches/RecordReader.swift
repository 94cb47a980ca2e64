internal import OrderedJSON

/// Reads members of a document of our own, which another machine or a hand may have changed.
struct RecordReader {
  let value: JSONValue
  /// Where in the document it stands, for messages.
  let place: String

  func text(_ key: String) throws(TranscriptionError) -> String {
    guard let text = value[key]?.string else { throw failure(key, "a text") }
    return text
  }

  func int(_ key: String) throws(TranscriptionError) -> Int {
    guard let number = value[key]?.int else { throw failure(key, "a whole number") }
    return number
  }

  /// The elements of a list, at most a million of them.
  func list(_ key: String) throws(TranscriptionError) -> [RecordReader] {
    guard let list = value[key]?.array, list.count <= 1_000_000 else {
      throw failure(key, "a list")
    }
    return list.enumerated().map { RecordReader(value: $1, place: "\(place)\(key)[\($0)].") }
  }

  func member(_ key: String) throws(TranscriptionError) -> RecordReader {
    guard let value = value[key], value.object != nil else { throw failure(key, "an object") }
    return RecordReader(value: value, place: "\(place)\(key).")
  }

  /// The element of a list that a number names.
  func element<Element>(
    _ key: String,
    of list: [Element]
  ) throws(TranscriptionError) -> Element {
    let index = try int(key)
    guard list.indices.contains(index) else { throw failure(key, "a number of what is there") }
    return list[index]
  }

  func failure(_ key: String, _ expected: String) -> TranscriptionError {
    TranscriptionError(
      .storage,
      "The record of the batch is damaged: \(place)\(key) should be \(expected).",
      remedy: "Take another copy of it."
    )
  }
}
