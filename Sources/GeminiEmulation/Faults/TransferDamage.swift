internal import LoopbackHTTP
internal import OrderedJSON

/// What happens to an answer on its way, as a stream and as a whole body.
enum TransferDamage: Sendable {
  /// It arrives a few bytes at a time.
  case drip
  /// The connection breaks in the middle.
  case reset
  /// The connection breaks after the headers.
  case resetAtOnce
  /// It ends early, in due form.
  case truncated
  /// It turns into an error object.
  case errorObject
  /// It turns into what is no JSON.
  case malformed
  /// It is nothing but an error.
  case errorAlone
  /// An error arrives in the same bytes as what comes before it.
  case rowsAndError
}

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
    switch fault?.transferDamage {
    case nil, .drip: false
    default: true
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
    switch fault?.transferDamage {
    case nil: return bodies.map { .bytes($0) } + [.bytes(framing.end)]
    case .reset:
      return half.map { .bytes($0) } + [.bytes(Array(bodies[half.count].prefix(30))), .reset]
    case .truncated: return half.map { .bytes($0) }
    case .errorObject: return half.map { .bytes($0) } + [.bytes(Self.errorObject)]
    case .resetAtOnce: return [.bytes(Array(": \r\n\r\n".utf8)), .reset]
    case .errorAlone: return [.bytes(framing.framed(Self.error.renderedBytes(), isFirst: true))]
    case .rowsAndError:
      let error = framing.framed(Self.error.renderedBytes(), isFirst: half.isEmpty)
      return [.bytes(half.flatMap { $0 } + error)]
    case .malformed:
      return half.map { .bytes($0) } + [
        .bytes(Array("data: {\"candidates\": [{\"cont\r\n\r\n".utf8))
      ]
    case .drip:
      let bytes = bodies.flatMap { $0 } + framing.end
      let step = max(1, bytes.count / 20)
      let pause = Int((fault?.seconds ?? 1) * 1000) / 20
      return stride(from: 0, to: bytes.count, by: step).flatMap { start -> [Frame] in
        [.bytes(Array(bytes[start..<min(start + step, bytes.count)])), .wait(pause)]
      }
    }
  }

  /// An error in the middle: bare JSON over several lines, without `data:`, as recorded.
  private static let errorObject: [UInt8] =
    error.renderedBytes(.pretty) + Array("\n".utf8)

  private static let error: JSONValue = ServiceError.overloaded.body
}
