internal import HostSystem
public import TranscriptModel

extension RunStore {
  /// Who corrections are by that name nobody: in a store on a server, which people share, the user that this process
  /// belongs to; `nil` in a file.
  public var author: String? { Self.isAddress(path) ? HostProcess.userName : nil }

  /// The corrections of an item, in order, undone ones included.
  public func corrections(of item: Int64) throws(RunStoreError) -> [StoredCorrection] {
    try access { connection throws(RunStoreError) in try connection.corrections(of: item) }
  }

  /// Changes the corrections of a transcript in one step: nobody else changes them between what the
  /// body is given and what it leaves, in this process or another.
  ///
  /// Those that are no longer in the list are kept as undone. New ones that name nobody are by ``author``. Nothing is
  /// changed when the body throws.
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
          if let author { document.sign(correctionsBesides: before, as: author) }
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
