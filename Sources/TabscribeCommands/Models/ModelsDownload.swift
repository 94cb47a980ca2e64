internal import CommandLineInterface
internal import CurlHTTP
internal import GeminiAPI
internal import HostSystem
internal import PlainText
internal import TranscriptionRuns

/// Data about models from a file or an address.
struct ModelsDownload {
  /// The most bytes taken: far more than the data of all models have.
  private static let limit = 4 << 20

  private let context: CommandContext

  init(_ context: CommandContext) { self.context = context }

  /// The bytes that a person named.
  func bytes(of source: String) async throws -> [UInt8] {
    if source.hasPrefix("https://") { return try await fetched(source) }
    if source.contains("://") {
      throw CommandError.usage(
        "\(SafeText.quoted(source)) is no address that data are taken from.",
        remedy: "Give an https address, or a file."
      )
    }
    do throws(SystemFailure) {
      return try HostFiles.read(context.absolutePath(source), limit: Self.limit)
    } catch {
      throw CommandError(
        "\(SafeText.quoted(source)) cannot be read: \(error.reason).",
        remedy: "Check the path."
      )
    }
  }

  private func fetched(_ address: String) async throws -> [UInt8] {
    let transport = ServiceConnection.transport(context.environment)
    do {
      let response = try await transport.send(HTTPRequest(method: "GET", url: address))
      let bytes = try await response.body.collect(upTo: Self.limit)
      guard response.status == 200 else {
        throw CommandError(
          "\(SafeText.quoted(address)) answered with HTTP \(response.status).",
          remedy: "Open the address in a browser, and give the one of the file itself."
        )
      }
      return bytes
    } catch let error as TransportError {
      throw CommandError(
        "\(SafeText.quoted(address)) could not be fetched: \(SafeText.line(error.message)).",
        remedy: "Check the address and the network, or give a file."
      )
    }
  }
}
