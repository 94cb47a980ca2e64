internal import Digests
internal import GeminiAPI
internal import HostSystem
internal import MediaProbing
internal import OrderedJSON
internal import PlainText
package import RunStore
internal import TabularExtraction
package import TranscriptImport
package import TranscriptModel

/// A transcript of another program with what the run store needs of it.
package struct ImportedFile {
  /// How the user named it.
  package let spelling: String
  package private(set) var transcript: ImportedTranscript
  /// The recording that it is of; the file itself where that is not known.
  package let source: StoredSource
  /// Equal for the same file with the same recording.
  package let identity: String
  private let tool: String

  /// Reads a file and finds its recording.
  ///
  /// - Parameter media: The recording as it was named; `nil` looks for a file of the same stem beside
  ///   the transcript.
  package init(
    _ spelling: String,
    media: String?,
    charset: String?,
    _ place: Workplace
  ) async throws {
    let path = place.absolutePath(spelling)
    let bytes = try HostFiles.read(path, limit: TranscriptImporter.limit)
    self.spelling = spelling
    transcript = try Self.read(bytes, spelling, charset: charset)
    let digest = SHA256()
    digest.update(bytes)
    let hash = SHA256.hexadecimal(digest.finalize())
    source = try await Self.source(spelling, transcript, hash: hash, media, place)
    tool = place.tool
    identity = "import:" + SHA256.hexadecimal(of: "\(hash) \(source.uri)")
  }

  /// Reads a file, and says which it was that could not be read.
  package static func read(_ spelling: String, at path: String) throws -> ImportedTranscript {
    try read(HostFiles.read(path, limit: TranscriptImporter.limit), spelling, charset: nil)
  }

  private static func read(
    _ bytes: [UInt8],
    _ spelling: String,
    charset: String?
  ) throws(Refusal) -> ImportedTranscript {
    do throws(ImportError) {
      return try TranscriptImporter.read(bytes, charset: charset)
    } catch {
      throw Refusal(
        "\(SafeText.quoted(spelling)) cannot be read: \(SafeText.line(error.description)).",
        remedy:
          "tabscribe help imports lists what can be read; tabscribe tables reads a model's reply.",
        details: ["path": .string(spelling)]
      )
    }
  }

  private static func source(
    _ spelling: String,
    _ transcript: ImportedTranscript,
    hash: String,
    _ media: String?,
    _ place: Workplace
  ) async throws -> StoredSource {
    if let known = transcript.document?.source {
      return StoredSource(known)
    }
    let stem = FilePath.name(of: spelling).prefix { $0 != "." }
    guard let media = media ?? beside(spelling, stem, place) else {
      return StoredSource(
        uri: spelling,
        kind: TranscriptDocument.importedKind,
        stem: String(stem),
        contentHash: hash,
        title: transcript.title
      )
    }
    let video = try VideoSource(parsing: media)
    var source = StoredSource(
      uri: video.description,
      kind: video.kind,
      stem: video.stem,
      mimeType: MediaType.named(media),
      title: transcript.title
    )
    if case .localFile(let path) = video {
      let file = try LocalFile(path: place.absolutePath(path))
      source.contentHash = try file.fingerprint()
      source.size = file.size
      // Where nobody can tell the length, the last row ends the transcript.
      let prober = MediaProber(server: place.program)
      let facts = try? await prober.probe(path: place.absolutePath(path))
      source.durationMS = facts?.durationMS
      source.recordedAt = facts?.recordedAt
    }
    return source
  }

  /// The one recording beside a transcript that has its stem, as a player finds captions.
  private static func beside(
    _ spelling: String,
    _ stem: Substring,
    _ place: Workplace
  ) -> String? {
    let folder = FilePath.parent(of: spelling)
    let names = HostFiles.names(in: place.absolutePath(folder)).filter { name in
      MediaType.named(name) != nil && name.prefix { $0 != "." } == stem
    }
    guard names.count == 1, let name = names.first else { return nil }
    return folder == "." ? name : FilePath.joined(folder, name)
  }

  /// The document of an item of a run, in the place of what was read: both at once are too much of a large
  /// file.
  package mutating func takeDocument(_ id: String, at moment: String) -> TranscriptDocument {
    if var document = transcript.document {
      transcript.document = nil
      document.run.id = id
      return document
    }
    let tables = transcript.tables
    transcript.rows = []
    let assembled = TranscriptAssembler(
      duration: source.durationMS.map(Timecode.init(milliseconds:))
    ).assemble(timed: tables)
    var parameters: JSONObject = ["file": .string(FilePath.name(of: spelling))]
    parameters["charset"] = transcript.charset.map { .string($0) }
    var recording = TranscriptDocument.Source(source)
    recording.language = transcript.language.flatMap { $0.isEmpty ? nil : $0 }
    return TranscriptDocument(
      source: recording,
      run: .init(
        id: id,
        startedAt: moment,
        tool: tool,
        backend: TranscriptDocument.importBackend,
        model: transcript.format,
        prompt: Self.prompt,
        promptDigest: "",
        schema: Self.schema,
        encoding: "",
        parameters: parameters
      ),
      tables: assembled.tables,
      transcript: assembled.transcript,
      findings: assembled.findings,
      usage: nil,
      cost: .init(),
      isComplete: true
    )
  }

  /// What stands for a prompt, of which there was none.
  private static let prompt = "import"
  /// The tables of an import are those of this schema, with an end.
  private static let schema = "transcripts-speakers"

  /// The item of a run.
  package func item(_ position: Int) -> NewItem {
    NewItem(
      position: position,
      source: source,
      identity: identity,
      model: transcript.document?.run.model ?? transcript.format,
      prompt: .init(name: transcript.document?.run.prompt ?? Self.prompt, text: ""),
      schema: .init(name: transcript.document?.run.schema ?? Self.schema, text: ""),
      config: [:],
      settings: [:]
    )
  }
}

extension StoredSource {
  fileprivate init(_ source: TranscriptDocument.Source) {
    self.init(
      uri: source.uri,
      kind: source.kind,
      stem: source.stem,
      mimeType: source.mimeType,
      durationMS: source.durationMS,
      title: source.title,
      recordedAt: source.recordedAt
    )
  }
}

extension TranscriptDocument.Source {
  fileprivate init(_ source: StoredSource) {
    self.init(
      uri: source.uri,
      kind: source.kind,
      stem: source.stem,
      title: source.title,
      mimeType: source.mimeType,
      durationMS: source.durationMS,
      recordedAt: source.recordedAt
    )
  }
}
