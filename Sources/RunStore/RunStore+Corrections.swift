public import TranscriptModel

extension RunStore {
  /// The corrections of an item, in order, undone ones included.
  public func corrections(of item: Int64) throws(RunStoreError) -> [StoredCorrection] {
    try access { connection throws(RunStoreError) in try connection.corrections(of: item) }
  }

  /// Changes the corrections of a transcript in one step: nobody else changes them between what the
  /// body is given and what it leaves, in this process or another.
  ///
  /// Those that are no longer in the list are kept as undone. Nothing is changed when the body
  /// throws.
  ///
  /// - Parameter change: Gets the result of the item with the corrections in force, of which it may
  ///   change only these; must not use the store.
  /// - Returns: What the body returns; `nil`, without it having run, when the item has no result.
  public func changeCorrections<Value: Sendable>(
    of item: Int64,
    _ change: (inout TranscriptDocument) throws -> Value
  ) throws -> Value? {
    let outcome = try access { connection throws(RunStoreError) -> Result<Value?, any Error> in
      try connection.transaction(.power) { () throws(RunStoreError) in
        guard var document = try connection.document(of: item) else { return .success(nil) }
        let before = document.corrections
        let outcome = Result { try change(&document) }
        if case .success = outcome, document.corrections != before {
          try connection.putCorrectionsInForce(of: document, item: item)
        }
        return outcome.map { $0 }
      }
    }
    return try outcome.get()
  }

  /// The newest item of the same recording, by its path or its contents, that has corrections in force;
  /// `nil` where none has.
  public func correctedItem(besides item: Int64) throws(RunStoreError) -> StoredItem? {
    try access { connection throws(RunStoreError) in
      let other = try connection.correctedItem(besides: item, isEarlier: false)
      return try other.flatMap { id throws(RunStoreError) in try connection.item(id) }
    }
  }

  /// The result of an item that is new, with the corrections in force of the newest earlier item of
  /// the same recording that has any, carried to its rows; they are its own from now on.
  ///
  /// None is lost: `TranscriptDocument.carry(correctionsOf:)` says how each fared. Those of another
  /// schema of which none has a place are left where they are. An item that people have corrected
  /// already keeps what they left.
  public func documentWithEarlierCorrections(
    of item: Int64
  ) throws(RunStoreError) -> TranscriptDocument? {
    try access { connection throws(RunStoreError) in
      try connection.transaction(.power) { () throws(RunStoreError) in
        guard var document = try connection.document(of: item) else { return nil }
        guard try connection.corrections(of: item).isEmpty else { return document }
        guard let earlier = try connection.correctedItem(besides: item, isEarlier: true),
          let other = try connection.document(of: earlier)
        else { return document }
        let carried = document.carry(correctionsOf: other)
        let havePlace = carried.contains { CarriedCorrection($0)?.outcome != .conflict }
        if havePlace || other.run.schema == document.run.schema {
          try connection.putCorrectionsInForce(of: document, item: item)
        } else {
          document.corrections = []
        }
        return document
      }
    }
  }

  /// Replaces all corrections of an item.
  public func setCorrections(
    _ corrections: [StoredCorrection],
    of item: Int64
  ) throws(RunStoreError) {
    try access { connection throws(RunStoreError) in
      try connection.transaction(.power) { () throws(RunStoreError) in
        try connection.setCorrections(corrections, of: item)
      }
    }
  }
}
