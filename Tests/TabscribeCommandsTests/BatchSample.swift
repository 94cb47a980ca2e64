import CommandLineInterface
import EmbeddedLibrary
import Foundation
import GeminiEmulation
import OrderedJSON
import RunStore
import Testing

/// A service and a folder with the sample, for batches from the command line.
final class BatchSample {
  let emulator: GeminiEmulator
  let folder: TemporaryFolder
  private let bucket: TemporaryFolder

  init(_ change: (inout EmulatorOptions) -> Void = { _ in }) throws {
    bucket = try TemporaryFolder()
    folder = try TemporaryFolder()
    var options = EmulatorOptions()
    options.batchPolls = 1
    options.storageFolder = bucket.path
    change(&options)
    emulator = try GeminiEmulator.start(options)
    let sample = try #require(EmbeddedLibrary.sample.file(named: "sample.webm"))
    try Data(sample.bytes).write(to: folder.url.appending(path: "talk.webm"))
  }

  /// Runs `batch` in the folder, or in another one as if it were another machine.
  func batch(_ arguments: String..., in other: TemporaryFolder? = nil) async -> CommandRun {
    await batch(arguments, in: other)
  }

  /// - Parameter home: The folder with the store, when it is another than the one worked in.
  func batch(
    _ arguments: [String],
    in other: TemporaryFolder? = nil,
    home: TemporaryFolder? = nil
  ) async -> CommandRun {
    var environment = ["GOOGLE_GEMINI_BASE_URL": emulator.baseURL, "GEMINI_API_KEY": "k"]
    environment["HOME"] = home?.path
    return await CommandRun.tabscribe(
      ["batch"] + arguments,
      in: other ?? folder,
      environment: environment
    )
  }

  /// Runs `batch` for Agent Platform; the emulator plays storage and the machine's identity, too.
  func platformBatch(_ arguments: String...) async -> CommandRun {
    await CommandRun.tabscribe(
      ["batch"] + arguments,
      in: folder,
      environment: [
        "GOOGLE_GENAI_USE_VERTEXAI": "true", "GOOGLE_CLOUD_PROJECT": "p",
        "GOOGLE_VERTEX_BASE_URL": emulator.baseURL,
        "GCE_METADATA_HOST": String(emulator.baseURL.dropFirst("http://".count)),
      ]
    )
  }

  /// Submits and returns the id.
  func submitted(
    _ arguments: [String] = ["talk.webm", "-p", "transcribe", "-p", "sounds"]
  )
    async throws -> String
  {
    let run = await CommandRun.tabscribe(
      ["batch", "submit", "--json"] + arguments,
      in: folder,
      environment: ["GOOGLE_GEMINI_BASE_URL": emulator.baseURL, "GEMINI_API_KEY": "k"]
    )
    #expect(run.code == .done, "\(run.errors) \(run.output)")
    return try #require(try run.json["batches"]?[0]?["id"]?.string)
  }

  /// Asks until the batch has ended.
  func waitForEnd(of id: String) async throws {
    for _ in 0..<10 {
      let state = try await batch("status", id, "--json").json["state"]?.string ?? ""
      if ["succeeded", "cancelled", "fetched"].contains(state) { return }
    }
    Issue.record("the batch does not end")
  }

  /// The record of a batch, as other machines get it.
  func record(_ id: String) throws -> JSONValue {
    try JSONValue(parsing: folder.text(of: path(id)))
  }

  /// Where the record of a batch is, from the folder on.
  func path(_ id: String) -> String { ".local/share/tabscribe/batches/\(id).batch.json" }

  /// The store of the folder.
  func store() throws -> RunStore {
    try RunStore(path: "\(folder.path)/.local/share/tabscribe/tabscribe.db")
  }

  /// Changes how far a batch is, as a crash or the passing of time would have.
  func change(_ id: String, _ edit: (inout StoredBatch) -> Void) throws {
    let store = try store()
    var batch = try #require(try store.batches(of: id).last)
    edit(&batch)
    try store.note(batch)
  }

  /// How often something was asked for.
  func count(_ method: String, _ part: String) -> Int {
    emulator.log.entries.count { $0.method == method && $0.path.contains(part) }
  }

  func stop() async { await emulator.stop() }
}
