package import OrderedJSON

/// A value of a document of our own, which another machine or a hand may have changed.
typealias RecordReader = JSONCursor<TranscriptionError>

extension TranscriptionError: JSONFault {
  /// A fault of what is kept of a batch.
  package init(at path: JSONPath, problem: String) {
    let place = path.description
    self.init(
      .storage,
      "The record of the batch is damaged: \(place.isEmpty ? problem : "\(place): \(problem)").",
      remedy: "Take another copy of it."
    )
  }
}

extension JSONCursor<TranscriptionError> {
  /// The element of a list that a number names.
  func element<Element>(_ key: String, of list: [Element]) throws(Fault) -> Element {
    let number = try required(key)
    let index = try number.int()
    guard list.indices.contains(index) else {
      throw number.fault("a number of what is there is due")
    }
    return list[index]
  }
}
