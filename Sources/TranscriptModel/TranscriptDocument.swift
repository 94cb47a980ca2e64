public import OrderedJSON

#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// Everything known about one transcription: the contents of `STEM.json`, and what a report shows.
public struct TranscriptDocument: Sendable {
  /// The video or audio that was transcribed.
  public struct Source: Hashable, Sendable {
    /// Where it is, as a person would write it: a path or a URL without secrets.
    public var uri: String
    /// `file`, `https`, `youtube`, `gs` or `files-api`; `transcript` for the file of an imported one whose
    /// recording is not known.
    public var kind: String
    /// The stem of output files.
    public var stem: String
    /// A title to show, when one is known.
    public var title: String?
    /// The media type, such as `video/webm`, when known.
    public var mimeType: String?
    /// The length in milliseconds, when known.
    public var durationMS: Int?
    /// The language spoken, a BCP 47 tag, when somebody has said so.
    public var language: String?
    /// When it was recorded, RFC 3339 in UTC, when the container says so.
    public var recordedAt: String?

    /// A source.
    public init(
      uri: String,
      kind: String,
      stem: String,
      title: String? = nil,
      mimeType: String? = nil,
      durationMS: Int? = nil,
      language: String? = nil,
      recordedAt: String? = nil
    ) {
      self.uri = uri
      self.kind = kind
      self.stem = stem
      self.title = title
      self.mimeType = mimeType
      self.durationMS = durationMS
      self.language = language
      self.recordedAt = recordedAt
    }
  }

  /// How the transcript was made.
  public struct Run: Hashable, Sendable {
    /// The run's id.
    public var id: String
    /// When it began, RFC 3339 in UTC.
    public var startedAt: String
    /// The program and version, such as `tabscribe 0.1.0`.
    public var tool: String
    /// `ai-studio` or `agent-platform`; `import` for a transcript of another program.
    public var backend: String
    /// What answered in the place of the service; `nil` for the service itself.
    public var standIn: StandIn?
    /// The model asked for.
    public var model: String
    /// The model version that answered, as the service named it.
    public var modelVersion: String?
    /// The prompt's name.
    public var prompt: String
    /// The SHA-256 of resolved prompt, schema and config, in hexadecimal.
    public var promptDigest: String
    /// The schema's name.
    public var schema: String
    /// `json` or `tsv`.
    public var encoding: String
    /// The part of the video that was sent, when not all of it.
    public var clip: TimeRange?
    /// Further settings as sent: fps, media resolution, thinking level, seed, ….
    public var parameters: JSONObject
    /// Why the model stopped, as the wire spells it.
    public var finishReason: String?

    /// A run.
    public init(
      id: String,
      startedAt: String,
      tool: String,
      backend: String,
      standIn: StandIn? = nil,
      model: String,
      modelVersion: String? = nil,
      prompt: String,
      promptDigest: String,
      schema: String,
      encoding: String,
      clip: TimeRange? = nil,
      parameters: JSONObject = [:],
      finishReason: String? = nil
    ) {
      self.id = id
      self.startedAt = startedAt
      self.tool = tool
      self.backend = backend
      self.standIn = standIn
      self.model = model
      self.modelVersion = modelVersion
      self.prompt = prompt
      self.promptDigest = promptDigest
      self.schema = schema
      self.encoding = encoding
      self.clip = clip
      self.parameters = parameters
      self.finishReason = finishReason
    }
  }

  /// What the run costs, in US dollars.
  public struct Cost: Hashable, Sendable {
    /// The range estimated before sending.
    public var estimatedLow: Decimal?
    /// The upper end of the range estimated before sending.
    public var estimatedHigh: Decimal?
    /// The price of the tokens that were billed.
    public var billed: Decimal?

    /// A cost; parts that are not known stay `nil`.
    public init(
      estimatedLow: Decimal? = nil,
      estimatedHigh: Decimal? = nil,
      billed: Decimal? = nil
    ) {
      self.estimatedLow = estimatedLow
      self.estimatedHigh = estimatedHigh
      self.billed = billed
    }
  }

  /// What was transcribed.
  public var source: Source
  /// How.
  public var run: Run
  /// The tables as the reply has them, typed, in schema order.
  public var tables: [Table]
  /// The transcript made of the tables.
  public var transcript: Transcript
  /// What a reader should know, in order of rows.
  public var findings: [Finding]
  /// The tokens billed, when the service told.
  public var usage: Usage?
  /// The money.
  public var cost: Cost
  /// Whether the reply was whole; `false` when anything is known to be missing.
  public var isComplete: Bool
  /// Where the recording has speech, when somebody listened to it.
  public var speech: SpeechMap?
  /// Changes made by people, in order; kept as they stand in the file.
  public var corrections: [JSONValue] = []
  /// What recipes made of the finished transcript, in the order in which it came.
  public var derivations: [Derivation] = []

  /// A document.
  public init(
    source: Source,
    run: Run,
    tables: [Table],
    transcript: Transcript,
    findings: [Finding],
    usage: Usage?,
    cost: Cost,
    isComplete: Bool
  ) {
    self.source = source
    self.run = run
    self.tables = tables
    self.transcript = transcript
    self.findings = findings
    self.usage = usage
    self.cost = cost
    self.isComplete = isComplete
  }
}

extension TranscriptDocument.Source {
  /// The source as what is passed on may name it: of a local file, not where it lies.
  package var shownURI: String {
    guard kind == "file" || kind == TranscriptDocument.importedKind else { return uri }
    return uri.split(separator: "/").last.map(String.init) ?? uri
  }
}

extension TranscriptDocument {
  /// `run.backend` of a transcript that another program made.
  package static let importBackend = "import"
  /// `source.kind` of an imported transcript whose recording is not known.
  package static let importedKind = "transcript"

  /// Whether another program made the transcript; its `run.model` is the format it came in then.
  package var isImported: Bool { run.backend == Self.importBackend }
}
