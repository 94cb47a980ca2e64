public import OrderedJSON
public import TranscriptModel

extension RunStore {
  /// Keeps the result of an item, in place of the one it had, and makes it searchable.
  ///
  /// - Parameters:
  ///   - merges: How voices of clips were matched; `nil` leaves the table that is there.
  ///   - files: The absolute paths of the results written.
  ///   - status: `complete` or `partial`.
  ///   - carriesCorrections: Whether a result that nobody has corrected takes the corrections in
  ///     force of the newest earlier item of the same recording that has any. None is lost:
  ///     `TranscriptDocument.carry(correctionsOf:)` says how each fared. Those of another schema of
  ///     which none has a place are left where they are.
  /// - Returns: The result with what holds of corrections and with what recipes made of it.
  @discardableResult
  public func save(
    _ document: TranscriptDocument,
    merges: JSONValue? = nil,
    files: [String],
    status: ItemStatus,
    failure: String? = nil,
    carriesCorrections: Bool = false,
    for item: Int64
  ) throws(RunStoreError) -> RenderedDocument {
    // Before others have to wait: it takes as long as all else here.
    let rendered = RenderedDocument(document)
    return try access { connection throws(RunStoreError) in
      try connection.transaction(.power) { () throws(RunStoreError) in
        var (document, saved) = (document, rendered)
        // What recipes made of it is paid for, and stays when replies are read anew.
        if document.derivations.isEmpty {
          document.derivations = try connection.savedDerivations(of: item)
          if !document.derivations.isEmpty { saved = RenderedDocument(document) }
        }
        try connection.setStatus(of: item, status, failure: failure, at: now())
        try connection.removeRows(of: item)
        try connection.insertRows(of: document, item: item)
        try connection.setResult(of: item, document, files: files)
        try connection.setDocument(of: item, saved.json)
        if let merges { try connection.setMerges(merges, of: item) }
        let corrections = try connection.corrections(of: item)
        document.putInForce(corrections)
        if !corrections.isEmpty {
          try connection.indexCorrections(in: document, of: item)
        } else if carriesCorrections {
          try connection.carryCorrections(to: &document, of: item)
        }
        return document.corrections == saved.document.corrections
          ? saved : RenderedDocument(document)
      }
    }
  }

  /// Keeps the result of an item that has none yet, and makes it searchable.
  ///
  /// Its JSON is never in memory as a whole: what people take in may be larger than any reply.
  ///
  /// - Parameters:
  ///   - status: `complete` or `partial`.
  ///   - carriesCorrections: As for ``save(_:merges:files:status:failure:carriesCorrections:for:)``.
  public func saveImported(
    _ document: TranscriptDocument,
    status: ItemStatus,
    carriesCorrections: Bool,
    for item: Int64
  ) throws(RunStoreError) {
    var size = 0
    document.forEachJSONPiece { size += $0.count }
    try access { [size] connection throws(RunStoreError) in
      try connection.transaction(.power) { () throws(RunStoreError) in
        try connection.setStatus(of: item, status, failure: nil, at: now())
        try connection.insertRows(of: document, item: item)
        try connection.setResult(of: item, document, files: [])
        try connection.setDocument(of: item, size: size) { document.forEachJSONPiece($0) }
        guard carriesCorrections else { return }
        var corrected = document
        try connection.carryCorrections(to: &corrected, of: item)
      }
    }
  }

  /// The result of an item with the corrections that hold, or `nil` when it has none.
  public func document(of item: Int64) throws(RunStoreError) -> TranscriptDocument? {
    try access { connection throws(RunStoreError) in try connection.document(of: item) }
  }

  /// The result of an item as it was saved, UTF-8, or `nil` when it has none.
  public func documentBytes(of item: Int64) throws(RunStoreError) -> [UInt8]? {
    try access { connection throws(RunStoreError) in try connection.documentBytes(of: item) }
  }

  /// The table of voices that were matched across clips, as it was saved.
  public func merges(of item: Int64) throws(RunStoreError) -> JSONValue? {
    try access { connection throws(RunStoreError) in try connection.merges(of: item) }
  }

  /// Changes the table of voices that were matched across clips in one step, as
  /// ``changeCorrections(of:_:)`` does corrections.
  ///
  /// - Returns: What the body returns; `nil`, without it having run, when there is no table.
  public func changeMerges<Value: Sendable>(
    of item: Int64,
    _ change: (inout JSONValue) throws -> Value
  ) throws -> Value? {
    let outcome = try access { connection throws(RunStoreError) -> Result<Value?, any Error> in
      try connection.transaction { () throws(RunStoreError) in
        guard var merges = try connection.merges(of: item) else { return .success(nil) }
        let before = merges
        let outcome = Result { try change(&merges) }
        if case .success = outcome, merges != before { try connection.setMerges(merges, of: item) }
        return outcome.map { $0 }
      }
    }
    return try outcome.get()
  }

  /// Replaces the table of voices that were matched across clips.
  public func setMerges(_ merges: JSONValue, of item: Int64) throws(RunStoreError) {
    try access { connection throws(RunStoreError) in
      try connection.setMerges(merges, of: item)
    }
  }

  /// Puts what a recipe made into the result of an item, in place of an earlier answer to the same
  /// question.
  ///
  /// - Returns: Whether there is a result.
  public func add(_ derivation: Derivation, to item: Int64) throws(RunStoreError) -> Bool {
    try access { connection throws(RunStoreError) in
      try connection.transaction(.power) { () throws(RunStoreError) in
        guard var document = try connection.savedDocument(of: item) else { return false }
        document.add(derivation)
        try connection.setDocument(of: item, document.jsonBytes())
        document.putInForce(try connection.corrections(of: item))
        try connection.replaceTables(of: document, item: item)
        return true
      }
    }
  }
}
