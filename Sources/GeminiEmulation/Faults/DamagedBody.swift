internal import LoopbackHTTP
internal import OrderedJSON

/// A body that a fault keeps from arriving as it should.
struct DamagedBody: Sendable {
  private let fault: Fault
  private let bytes: [UInt8]

  init(_ fault: Fault, _ bytes: [UInt8]) {
    self.fault = fault
    self.bytes = bytes
  }

  /// The reply, for faults that damage a body.
  func reply(type: String) -> HTTPReply? {
    let headers: HeaderFields = ["Content-Type": type]
    switch fault.transferDamage {
    case .malformed, .truncated:
      return HTTPReply(
        status: 200,
        headers: headers,
        body: .bytes(Array(bytes.prefix(bytes.count / 2)))
      )
    case .resetAtOnce:
      return HTTPReply(
        status: 200,
        headers: headers,
        body: .stream(length: bytes.count) { writer in
          try? await writer.write([0x20])
          writer.abort()
        }
      )
    case .errorAlone:
      let error = ServiceError.overloaded.body
      return HTTPReply(status: 200, headers: headers, body: .bytes(error.renderedBytes()))
    case .errorObject, .rowsAndError:
      return ServiceError.overloaded.reply
    case .reset:
      return HTTPReply(
        status: 200,
        headers: headers,
        body: .stream(length: bytes.count) { [bytes] writer in
          try? await writer.write(Array(bytes.prefix(bytes.count / 2)))
          writer.abort()
        }
      )
    case .drip:
      return HTTPReply(status: 200, headers: headers, body: .stream(length: bytes.count, drip))
    case nil: return nil
    }
  }

  private func drip(_ writer: ResponseWriter) async {
    let step = max(1, bytes.count / 20)
    for start in stride(from: 0, to: bytes.count, by: step) {
      guard !Task.isCancelled,
        (try? await writer.write(Array(bytes[start..<min(start + step, bytes.count)]))) != nil
      else { return writer.abort() }
      try? await Task.sleep(for: .seconds(fault.seconds / 20))
    }
  }
}
