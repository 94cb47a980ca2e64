internal import OrderedJSON

/// The frames of a stream, with a fault where one is to be played.
struct FaultyStream {
  enum Frame {
    case bytes([UInt8])
    case wait(Int)
    case reset
  }

  let fault: Fault?
  let framing: StreamFraming

  /// Whether a fault keeps the stream from arriving whole.
  static func damages(_ fault: Fault?) -> Bool {
    switch fault?.kind {
    case .resetBody, .truncatedStream, .streamError, .malformedJSON, .resetHeaders,
      .overloadInside, .rowsThenError:
      true
    default: false
    }
  }

  func frames(of chunks: [JSONValue]) -> [Frame] {
    frames(
      framed: chunks.enumerated().map { index, chunk in
        framing.framed(fault.damaged(chunk).renderedBytes(), isFirst: index == 0)
      }
    )
  }

  /// The frames of a stream whose parts are framed already.
  func frames(framed bodies: [[UInt8]]) -> [Frame] {
    // A fault strikes after half of the answer, and always before its end.
    let half = bodies.prefix(bodies.count / 2)
    switch fault?.kind {
    case .resetBody:
      return half.map { .bytes($0) } + [.bytes(Array(bodies[half.count].prefix(30))), .reset]
    case .truncatedStream: return half.map { .bytes($0) }
    case .streamError: return half.map { .bytes($0) } + [.bytes(Self.errorObject)]
    case .resetHeaders: return [.bytes(Array(": \r\n\r\n".utf8)), .reset]
    case .overloadInside: return [.bytes(framing.framed(Self.error.renderedBytes(), isFirst: true))]
    case .rowsThenError:
      let error = framing.framed(Self.error.renderedBytes(), isFirst: half.isEmpty)
      return [.bytes(half.flatMap { $0 } + error)]
    case .malformedJSON:
      return half.map { .bytes($0) } + [
        .bytes(Array("data: {\"candidates\": [{\"cont\r\n\r\n".utf8))
      ]
    case .slowDrip:
      let bytes = bodies.flatMap { $0 } + framing.end
      let step = max(1, bytes.count / 20)
      let pause = Int((fault?.seconds ?? 1) * 1000) / 20
      return stride(from: 0, to: bytes.count, by: step).flatMap { start -> [Frame] in
        [.bytes(Array(bytes[start..<min(start + step, bytes.count)])), .wait(pause)]
      }
    default: return bodies.map { .bytes($0) } + [.bytes(framing.end)]
    }
  }

  /// An error in the middle: bare JSON over several lines, without `data:`, as recorded.
  private static let errorObject: [UInt8] =
    error.renderedBytes(.pretty) + Array("\n".utf8)

  private static let error: JSONValue = ServiceError(
    code: 503,
    status: "UNAVAILABLE",
    message: "The model is overloaded. Please try again later."
  ).body
}

extension Fault? {
  /// A response with the members that some faults change.
  func damaged(_ response: JSONValue) -> JSONValue {
    switch self?.kind {
    case .unknownEnums: response.withUnknownEnums
    case .duplicateKeys: response.withDuplicateKeys
    case .otherTier: response.with("serviceTier", "priority", in: "usageMetadata")
    case .otherModel: response.with("modelVersion", "gemini-2.5-pro")
    default: response
    }
  }
}

extension JSONValue {
  /// Enumerations that no document lists, as the service adds them without notice.
  fileprivate var withUnknownEnums: JSONValue {
    guard var object else { return self }
    object["modelStatus"] = ["modelStage": "MODEL_STAGE_OF_TOMORROW"]
    if var usage = object["usageMetadata"]?.object {
      let details =
        (usage["promptTokensDetails"]?.array ?? [])
        + [["modality": "MODALITY_OF_TOMORROW", "tokenCount": 1]]
      usage["promptTokensDetails"] = .array(details)
      object["usageMetadata"] = .object(usage)
    }
    if var candidate = object["candidates"]?[0]?.object {
      candidate["safetyRatings"] = [
        ["category": "HARM_CATEGORY_OF_TOMORROW", "probability": "BARELY"]
      ]
      object["candidates"] = [.object(candidate)]
    }
    return .object(object)
  }

  /// The response with a member set, in an object of it where one is named.
  fileprivate func with(_ name: String, _ value: JSONValue, in holder: String? = nil) -> JSONValue {
    guard var object else { return self }
    guard let holder else {
      object[name] = value
      return .object(object)
    }
    object[holder] = object[holder]?.with(name, value)
    return .object(object)
  }

  /// Members written twice, first with another value.
  fileprivate var withDuplicateKeys: JSONValue {
    guard let object else { return self }
    let stale: [(key: String, value: JSONValue)] = [
      ("modelVersion", "stale"), ("usageMetadata", ["promptTokenCount": 1]),
    ]
    return .object(JSONObject(uniqueMembers: stale + object.members))
  }
}
