internal import Foundation
internal import HostSystem

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// A bare HTTP/1.1 server on this machine that does what a test tells it, faults included.
///
/// Each connection has a thread of its own; it serves requests until the handler ends it.
public final class LoopbackServer: Sendable {
  /// A request as it came.
  public struct Request: Sendable {
    /// The method and the path with its query.
    public let target: String
    /// The header lines, in lower case.
    public let headers: [String]
    /// The number of bytes of the body.
    public let bodyCount: Int
    /// The first bytes of the body, 64 KiB at the most.
    public let body: [UInt8]
  }

  /// One connection, to answer on.
  public struct Connection: Sendable {
    fileprivate let descriptor: Int32

    /// Sends bytes; `false` when the other side is gone.
    @discardableResult
    public func write(_ text: String) -> Bool { write(Array(text.utf8)) }

    /// Sends bytes; `false` when the other side is gone.
    @discardableResult
    public func write(_ bytes: [UInt8]) -> Bool {
      var sent = 0
      while sent < bytes.count {
        let count = bytes[sent...].withUnsafeBytes { buffer in
          send(descriptor, buffer.baseAddress, buffer.count, Int32(MSG_NOSIGNAL))
        }
        guard count > 0 else { return false }
        sent += count
      }
      return true
    }

    /// Sends a whole response that leaves the connection open.
    public func respond(_ body: String, status: String = "200 OK", headers: String = "") {
      write("HTTP/1.1 \(status)\r\nContent-Length: \(body.utf8.count)\r\n\(headers)\r\n\(body)")
    }

    /// Ends the connection as a crash would: with a reset.
    public func reset() {
      var now = linger(l_onoff: 1, l_linger: 0)
      setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &now, socklen_t(MemoryLayout<linger>.size))
      shutdown(descriptor, Int32(SHUT_RDWR))
    }

    /// Waits; `true` when the other side has gone meanwhile.
    public func waitForHangUp(milliseconds: Int32) -> Bool {
      var watched = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      guard poll(&watched, 1, milliseconds) > 0 else { return false }
      var byte: UInt8 = 0
      return recv(descriptor, &byte, 1, Int32(MSG_PEEK)) <= 0
    }
  }

  /// Answers a request; `false` ends the connection.
  public typealias Handler = @Sendable (Request, Connection) -> Bool

  /// The scheme, host and port.
  public let url: String
  private let listener: Int32
  private let handler: Handler
  private let counts = Lock(0)

  /// Starts on a free port.
  public init(_ handler: @escaping Handler) throws {
    self.handler = handler
    let listener = Self.listeningSocket()
    self.listener = listener
    var address = sockaddr_in()
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { socketAddress in
        _ = getsockname(listener, socketAddress, &length)
      }
    }
    url = "http://127.0.0.1:\(UInt16(bigEndian: address.sin_port))"
    Thread.detachNewThread { [self] in acceptConnections() }
  }

  /// How many connections were made.
  public var connectionCount: Int { counts.withLock { $0 } }

  /// Takes no further connections.
  public func stop() { shutdown(listener, Int32(SHUT_RDWR)) }

  private static func listeningSocket() -> Int32 {
    #if canImport(Darwin)
    let listener = socket(AF_INET, SOCK_STREAM, 0)
    #else
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #endif
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { socketAddress in
        _ = bind(listener, socketAddress, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    listen(listener, 128)
    return listener
  }

  private func acceptConnections() {
    while true {
      let descriptor = accept(listener, nil, nil)
      guard descriptor >= 0 else { break }
      counts.withLock { $0 += 1 }
      Thread.detachNewThread { [handler] in
        let connection = Connection(descriptor: descriptor)
        var reader = RequestReader(descriptor: descriptor)
        while let request = reader.next(), handler(request, connection) {}
        close(descriptor)
      }
    }
    close(listener)
  }
}

/// Reads requests from a connection.
private struct RequestReader {
  let descriptor: Int32
  private var pending: [UInt8] = []

  init(descriptor: Int32) { self.descriptor = descriptor }

  mutating func next() -> LoopbackServer.Request? {
    let separator = Array("\r\n\r\n".utf8)
    var end = pending.firstRange(of: separator)
    while end == nil {
      guard fill() else { return nil }
      end = pending.firstRange(of: separator)
    }
    guard let end else { return nil }
    let lines = String(decoding: pending[..<end.lowerBound], as: UTF8.self)
      .split(separator: "\r\n").map(String.init)
    pending.removeSubrange(..<end.upperBound)
    let headers = lines.dropFirst().map { $0.lowercased() }
    let length = headers.first { $0.hasPrefix("content-length:") }
      .flatMap { Int($0.dropFirst(15).filter(\.isNumber)) }
    return body(length ?? 0, target: lines.first ?? "", headers: headers)
  }

  private mutating func body(
    _ length: Int,
    target: String,
    headers: [String]
  )
    -> LoopbackServer.Request?
  {
    var seen = 0
    var kept: [UInt8] = []
    while seen < length {
      if pending.isEmpty, !fill() { return nil }
      let taken = min(pending.count, length - seen)
      if kept.count < 64 << 10 { kept += pending.prefix(min(taken, 64 << 10 - kept.count)) }
      pending.removeFirst(taken)
      seen += taken
    }
    let verbAndPath = target.split(separator: " ").prefix(2).joined(separator: " ")
    return .init(target: verbAndPath, headers: headers, bodyCount: length, body: kept)
  }

  private mutating func fill() -> Bool {
    var buffer = [UInt8](repeating: 0, count: 256 << 10)
    let count = recv(descriptor, &buffer, buffer.count, 0)
    guard count > 0 else { return false }
    pending += buffer[..<count]
    return true
  }
}
