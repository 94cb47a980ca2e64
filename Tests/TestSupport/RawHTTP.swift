import Foundation
public import OrderedJSON

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A bare HTTP/1.1 client over sockets: it sends exactly the bytes it is given and hides nothing.
public struct RawHTTP: Sendable {
  /// An answer as it came.
  public struct Response: Sendable {
    /// The status code; 0 when the connection closed without an answer.
    public var status = 0
    /// The header fields, names in lower case.
    public var headers: [String: String] = [:]
    /// The body, with chunked framing removed.
    public var body: [UInt8] = []
    /// Whether the body is as long as it said it would be.
    public var isComplete = false

    /// The body as text.
    public var text: String { String(decoding: body, as: UTF8.self) }

    /// The body as JSON; null when it is none.
    public var json: JSONValue { (try? JSONValue(parsing: body)) ?? .null }

    /// The data of each server-sent event.
    public var events: [String] {
      text.replacingOccurrences(of: "\r\n", with: "\n").components(separatedBy: "\n\n")
        .compactMap { frame in
          frame.split(separator: "\n").first { $0.hasPrefix("data: ") }.map {
            String($0.dropFirst(6))
          }
        }
    }
  }

  /// The server's port on 127.0.0.1.
  public let port: UInt16

  /// A client of a port.
  public init(port: UInt16) { self.port = port }

  /// A client of an address such as `http://127.0.0.1:8080`.
  public init(baseURL: String) {
    port = UInt16(baseURL.split(separator: ":").last ?? "") ?? 0
  }

  /// Sends a request and reads the answer to its end.
  public func send(
    _ method: String,
    _ target: String,
    headers: [(String, String)] = [],
    body: [UInt8] = []
  ) async -> Response {
    var head = "\(method) \(target) HTTP/1.1\r\n"
    if !headers.contains(where: { $0.0 == "Host" }) { head += "Host: 127.0.0.1:\(port)\r\n" }
    for (name, value) in headers { head += "\(name): \(value)\r\n" }
    if !body.isEmpty || method == "POST" { head += "Content-Length: \(body.count)\r\n" }
    return await exchange(Array((head + "Connection: close\r\n\r\n").utf8) + body)
  }

  /// Sends JSON.
  public func send(
    _ method: String,
    _ target: String,
    headers: [(String, String)] = [("x-goog-api-key", "test")],
    json: JSONValue
  ) async -> Response {
    await send(
      method,
      target,
      headers: headers + [("Content-Type", "application/json")],
      body: json.renderedBytes()
    )
  }

  /// Sends bytes as they are, and reads until the server closes.
  ///
  /// Runs on a thread of its own: a blocked thread of Swift's pool could be the one the server needs.
  public func exchange(_ bytes: [UInt8]) async -> Response {
    let port = port
    return await withCheckedContinuation { continuation in
      Thread.detachNewThread {
        continuation.resume(returning: Response(parsing: Self.blockingExchange(port, bytes)))
      }
    }
  }

  /// Sends text and closes the connection without reading an answer.
  public func leave(after text: String) async {
    let port = port
    await withCheckedContinuation { continuation in
      Thread.detachNewThread {
        let descriptor = Self.connected(to: port)
        Self.sendAll(Array(text.utf8), descriptor)
        usleep(50_000)
        close(descriptor)
        continuation.resume()
      }
    }
  }

  private static func connected(to port: UInt16) -> Int32 {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
    _ = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    return descriptor
  }

  private static func sendAll(_ bytes: [UInt8], _ descriptor: Int32) {
    var sent = 0
    while sent < bytes.count {
      let count = bytes.withUnsafeBytes {
        Glibc.send(
          descriptor,
          $0.baseAddress?.advanced(by: sent),
          bytes.count - sent,
          Int32(MSG_NOSIGNAL)
        )
      }
      guard count > 0 else { return }
      sent += count
    }
  }

  private static func blockingExchange(_ port: UInt16, _ bytes: [UInt8]) -> [UInt8] {
    let descriptor = connected(to: port)
    defer { close(descriptor) }
    sendAll(bytes, descriptor)
    var received: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = recv(descriptor, &buffer, buffer.count, 0)
      guard count > 0 else { return received }
      received.append(contentsOf: buffer[..<count])
    }
  }
}

extension RawHTTP.Response {
  /// Reads an answer that ended with its connection.
  init(parsing bytes: [UInt8]) {
    guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return }
    let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self)
      .components(separatedBy: "\r\n")
    status = Int(lines[0].split(separator: " ").dropFirst().first ?? "") ?? 0
    for line in lines.dropFirst() {
      guard let colon = line.firstIndex(of: ":") else { continue }
      headers[line[..<colon].lowercased()] = line[line.index(after: colon)...]
        .trimmingCharacters(in: .whitespaces)
    }
    let rest = bytes[end.upperBound...]
    if headers["transfer-encoding"]?.lowercased() == "chunked" {
      (body, isComplete) = Self.unchunked(Array(rest))
    } else {
      body = Array(rest)
      isComplete = headers["content-length"].flatMap { Int($0) } == body.count
    }
  }

  private static func unchunked(_ bytes: [UInt8]) -> ([UInt8], Bool) {
    var result: [UInt8] = []
    var rest = bytes[...]
    while let line = rest.firstRange(of: [13, 10]) {
      let size = String(decoding: rest[..<line.lowerBound], as: UTF8.self)
      guard let count = Int(size, radix: 16) else { return (result, false) }
      if count == 0 { return (result, true) }
      let data = rest[line.upperBound...].prefix(count)
      result.append(contentsOf: data)
      guard data.count == count, rest.endIndex - data.endIndex >= 2 else { return (result, false) }
      rest = rest[(data.endIndex + 2)...]
    }
    return (result, false)
  }
}
