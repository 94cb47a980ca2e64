import CurlHTTP
import Foundation
import GeminiAPI
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct TLSTests {
  @Test func trustsOnlyCertificatesItWasToldToTrust() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let (key, certificate) = (
      folder.appending(path: "k.pem").path, folder.appending(path: "c.pem").path
    )
    _ = try OpenSSLCommand.run([
      "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate,
      "-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1", "-days", "1",
    ])
    let (server, output) = try OpenSSLCommand.start([
      "s_server", "-accept", "127.0.0.1:0", "-cert", certificate, "-key", key, "-www",
    ])
    defer { server.terminate() }
    let address = try #require(try Self.address(output))
    let request = HTTPRequest(method: "GET", url: "https://\(address)/")
    let trusting = CurlTransport(configuration: .init(environment: ["SSL_CERT_FILE": certificate]))
    let response = try await trusting.send(request)
    #expect(response.status == 200)
    _ = try await response.body.collect(upTo: 1 << 20)
    let error = await #expect(throws: TransportError.self) {
      try await CurlTransport().send(request)
    }
    #expect(error?.code == .untrustedHost)
    #expect(error?.isTransient == false)
  }

  /// The host and port in `ACCEPT 127.0.0.1:40123`.
  private static func address(_ output: FileHandle) throws -> String? {
    var text = ""
    while !text.contains(/ACCEPT .*\n/) {
      let data = output.availableData
      guard !data.isEmpty else { return nil }
      text += String(decoding: data, as: UTF8.self)
    }
    return text.firstMatch(of: /ACCEPT (\S+)/).map { String($0.1) }
  }
}
