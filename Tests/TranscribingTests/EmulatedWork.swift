import CurlHTTP
import EmbeddedLibrary
import Foundation
import GeminiAPI
import GeminiEmulation
import OrderedJSON
import PromptTemplates
import RequestPlanning
import RunStore
import TranscriptModel

@testable import Transcribing

/// Transcriptions against an emulator, with a store of their own.
struct EmulatedWork {
  static let hundredMinutes = 6_000_000
  static let address = "https://example.org/panel.mp4"

  let emulator: GeminiEmulator
  let transcriber: Transcriber
  let store: RunStore
  let folder: URL

  /// Starts an emulator that knows a video of 100 minutes and ends it afterwards.
  static func with<Result>(
    _ options: EmulatorOptions,
    _ body: (EmulatedWork) async throws -> Result
  ) async throws -> Result {
    var options = options
    options.media[address] = EmulatedMedia(durationMS: hundredMinutes)
    let emulator = try GeminiEmulator.start(options)
    let folder = FileManager.default.temporaryDirectory.appending(path: "work-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let work = EmulatedWork(
      emulator: emulator,
      transcriber: Transcriber(
        client: GeminiClient(
          configuration: GeminiConfiguration(apiKey: Secret("k"), baseURL: emulator.baseURL),
          transport: CurlTransport(configuration: .init(environment: [:], userAgent: "tests"))
        ),
        catalog: try .builtIn()
      ),
      store: try RunStore(path: folder.appending(path: "runs.db").path),
      folder: folder
    )
    let result: Swift.Result<Result, any Error>
    do { result = .success(try await body(work)) } catch { result = .failure(error) }
    await emulator.stop()
    return try result.get()
  }

  /// A prompt of the library.
  static func prompt(_ name: String) throws -> ExtractionPrompt {
    let file = EmbeddedLibrary.prompts.file(named: "\(name).prompt")
    return try ExtractionPrompt(name: name, template: template(file?.text ?? "", name: name))
  }

  /// A prompt's text with the partials and schemas of the library.
  static func template(_ text: String, name: String) throws -> PromptTemplate {
    let environment = PromptEnvironment(
      partials: { name in EmbeddedLibrary.prompts.file(named: "_\(name).prompt")?.text },
      schemas: { name in
        try EmbeddedLibrary.schemas.file(named: "\(name).json").map {
          try JSONValue(parsing: $0.bytes)
        }
      }
    )
    return try PromptTemplate(parsing: text, name: name, environment: environment)
  }

  /// The video of 100 minutes, ready to be sent.
  func prepared(
    prompt: String = "transcribe",
    _ change: (inout RequestSettings) -> Void = { _ in }
  ) async throws -> PreparedTranscription {
    var settings = RequestSettings()
    settings.duration = Timecode(milliseconds: Self.hundredMinutes)
    settings.sharding = .off
    change(&settings)
    return try await transcriber.prepare(
      try VideoSource(parsing: Self.address),
      prompt: try Self.prompt(prompt),
      settings: settings
    )
  }

  /// Options that ask for speakers where a reply ended before it named them.
  static func options(jobs: Int = 4) throws -> RunOptions {
    var options = RunOptions()
    options.jobs = jobs
    options.speakers = try prompt("identify-speakers")
    return options
  }
}
