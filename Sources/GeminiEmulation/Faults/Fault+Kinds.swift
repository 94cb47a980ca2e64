internal import LoopbackHTTP
internal import OrderedJSON

extension Fault {
  /// What goes wrong; the names are those of scenario files.
  ///
  /// This file is the table of faults: a name here and its row in ``strike`` make one.
  package enum Kind: String, CaseIterable, Sendable {
    /// 429 with RetryInfo, for a quota per minute.
    case quota
    /// 429 without any detail.
    case quotaBare = "quota-bare"
    /// 429 for a quota per day: RetryInfo names seconds all the same.
    case quotaPerDay = "quota-per-day"
    /// 500 INTERNAL.
    case internalError = "internal"
    /// 503 UNAVAILABLE.
    case unavailable
    /// A 502 page of HTML, as a proxy sends it.
    case htmlError = "html-error"
    /// No answer until the client leaves.
    case hang
    /// The body arrives a few bytes at a time.
    case slowDrip = "slow-drip"
    /// The connection breaks in the middle of the body.
    case resetBody = "reset-body"
    /// The connection breaks in the middle of an uploaded chunk.
    case resetUpload = "reset-upload"
    /// A stream that ends early, in due form but without a finish reason.
    case truncatedStream = "truncated-stream"
    /// A stream that turns into an error object.
    case streamError = "stream-error"
    /// The answer is cut inside a row, with MAX_TOKENS.
    case maxTokens = "max-tokens"
    /// The answer repeats a row until it is cut.
    case loop
    /// The prompt is blocked.
    case blockedPrompt = "blocked-prompt"
    /// The answer stops with RECITATION.
    case recitation
    /// A 200 without candidates and without a reason.
    case emptyCandidates = "empty-candidates"
    /// A body that is not JSON.
    case malformedJSON = "malformed-json"
    /// Members of the body appear twice.
    case duplicateKeys = "duplicate-keys"
    /// Enumerations hold values that no document lists.
    case unknownEnums = "unknown-enums"
    /// A status of a proxy that no document of the service lists: 520, 522, 524 or 529.
    case unknownStatus = "unknown-status"
    /// The connection is reset after the headers, before a word of the answer.
    case resetHeaders = "reset-headers"
    /// An answer with status 200 that is nothing but an overload.
    case overloadInside = "overload-inside"
    /// An overload in the same bytes as the rows before it.
    case rowsThenError = "rows-then-error"
    /// The request is served at another tier than was asked for.
    case otherTier = "other-tier"
    /// Another model answers.
    case otherModel = "other-model"
    /// The answers of a batch do not name what they answer.
    case missingKeys = "missing-keys"
    /// A batch fails as a whole, a file is not prepared: answers with an `error` of their own.
    case failedOperation = "failed-operation"
  }
}

extension Fault.Kind {
  /// Where and how the fault strikes.
  var strike: FaultStrike {
    switch self {
    case .quota: .error { .quota("GenerateRequestsPerMinutePerProjectPerModel", $1, $0.seconds) }
    case .quotaPerDay:
      .error { .quota("GenerateRequestsPerDayPerProjectPerModel", $1, $0.seconds) }
    case .quotaBare:
      .error { _, _ in .exhausted("Resource has been exhausted (e.g. check quota).") }
    case .internalError: .error { _, _ in .internalError }
    case .unavailable: .error { _, _ in .overloaded }
    case .htmlError: .page { _ in .proxyPage }
    case .unknownStatus: .page { .proxyError($0.row) }
    case .hang: .hang
    case .maxTokens: .answer(.cut("MAX_TOKENS"))
    case .recitation: .answer(.cut("RECITATION"))
    case .loop: .answer(.loop)
    case .blockedPrompt: .answer(.block("PROHIBITED_CONTENT"))
    case .emptyCandidates: .answer(.silence)
    case .unknownEnums: .response { $0.withUnknownEnums }
    case .duplicateKeys: .response { $0.withDuplicateKeys }
    case .otherTier: .response { $0.with("serviceTier", "priority", in: "usageMetadata") }
    case .otherModel: .response { $0.with("modelVersion", "gemini-2.5-pro") }
    case .slowDrip: .transfer(.drip)
    case .resetBody: .transfer(.reset)
    case .truncatedStream: .transfer(.truncated)
    case .streamError: .transfer(.errorObject)
    case .malformedJSON: .transfer(.malformed)
    case .resetHeaders: .transfer(.resetAtOnce)
    case .overloadInside: .transfer(.errorAlone)
    case .rowsThenError: .transfer(.rowsAndError)
    case .resetUpload: .upload
    case .missingKeys: .batch(.hidesLabels)
    case .failedOperation: .batch(.fails)
    }
  }
}
