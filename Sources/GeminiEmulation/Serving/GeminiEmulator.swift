internal import HostSystem
internal import LoopbackHTTP
internal import OrderedJSON

/// A local Gemini: the service's protocol over HTTP on loopback, without a model behind it.
///
/// Answers the sample video with its script and everything else with made-up rows of the schema asked
/// for. Requests are checked as strictly as the service does. Keys are not looked up: any will do, but
/// one that begins with `invalid` is refused as the service refuses unknown keys.
///
///     let emulator = try GeminiEmulator.start()
///     // … point a client at emulator.baseURL …
///     await emulator.stop()
package final class GeminiEmulator: Sendable {
  /// The address a client is pointed at, without a slash at the end.
  package let baseURL: String
  /// What was asked so far.
  package var log: RequestLog { service.log }
  /// The emulator's time.
  package var clock: EmulatedClock { service.clock }
  /// The folder uploads are kept in until the emulator stops.
  package var uploadFolder: String { service.files.folder }

  private let server: LoopbackServer
  private let service: EmulatedService

  /// Starts an emulator.
  ///
  /// - Throws: When the port or the folder for uploads cannot be had; the error's description says why.
  package static func start(_ options: EmulatorOptions = EmulatorOptions()) throws -> GeminiEmulator
  {
    try GeminiEmulator(options)
  }

  private init(_ options: EmulatorOptions) throws {
    let service = try EmulatedService(options)
    do {
      server = try LoopbackServer(
        options: LoopbackServer.Options(port: options.port),
        handler: service
      )
    } catch {
      service.files.removeFolder()
      throw error
    }
    baseURL = server.baseURL
    self.service = service
    service.baseURL = server.baseURL
  }

  /// Stops: connections are closed, uploads deleted.
  package func stop() async {
    await server.stop()
    service.files.removeFolder()
  }
}
