internal import OrderedJSON
public import PromptTemplates
internal import RequestPlanning
public import TabularExtraction
internal import TranscriptModel

/// A prompt together with the tables it asks for.
public struct ExtractionPrompt: Sendable {
  /// The prompt's name.
  public let name: String
  /// The prompt.
  public let template: PromptTemplate
  /// The tables.
  public let schema: TableSchema
  /// The prompt with what it refers to, where it was read so that it can be kept.
  let snapshot: PromptSnapshot?
  /// `PromptTemplate.digest` of the template, which takes a while to make.
  let digest: String

  /// A prompt whose output schema describes tables.
  ///
  /// - Parameters:
  ///   - name: What it is called.
  ///   - template: Its text, parsed.
  ///   - snapshot: The prompt with what it refers to, for work that is kept.
  /// - Throws: ``TranscriptionError`` with the code `invalidPrompt`.
  public init(
    name: String,
    template: PromptTemplate,
    keptAs snapshot: PromptSnapshot? = nil
  ) throws(TranscriptionError) {
    guard let source = template.metadata.outputSchema else {
      throw TranscriptionError(
        .invalidPrompt,
        "The prompt \(name) does not say which tables it asks for.",
        remedy: "Name a schema in its front matter: output: { schema: transcripts-speakers }."
      )
    }
    do {
      schema = try TableSchema(
        name: template.metadata.outputSchemaName ?? name,
        parsing: source.rendered()
      )
    } catch {
      throw TranscriptionError(
        .invalidPrompt,
        "The output schema of the prompt \(name) does not describe tables: \(error).",
        remedy: "Give each table as an array of objects; tabscribe schemas show lists examples."
      )
    }
    self.name = name
    self.template = template
    self.snapshot = snapshot
    digest = template.digest
  }

  /// The same prompt asking for other tables.
  package func asking(for schema: TableSchema) -> ExtractionPrompt {
    ExtractionPrompt(
      name: name,
      template: template,
      digest: digest,
      schema: schema,
      snapshot: snapshot?.asking(for: schema)
    )
  }

  private init(
    name: String,
    template: PromptTemplate,
    digest: String,
    schema: TableSchema,
    snapshot: PromptSnapshot?
  ) {
    (self.name, self.template, self.digest, self.schema) = (name, template, digest, schema)
    self.snapshot = snapshot
  }

  /// The model the prompt is written for, without its provider.
  var model: String? {
    template.metadata.model.map { name in String(name.split(separator: "/").last ?? "") }
  }

  /// The variables it declares that are not filled in by the program.
  package var optionalInputs: [String] {
    let names = template.metadata.inputSchema?["properties"]?.object?.keys ?? []
    return names.filter { !Self.filledIn.contains($0) }
  }

  /// The variables that it cannot be rendered without.
  package var requiredInputs: [String] {
    let required = template.metadata.inputSchema?["required"]?.array?.compactMap(\.string) ?? []
    return required.filter { template.metadata.inputDefaults[$0] == nil }
  }

  /// Variables that the source and the settings give.
  private static let filledIn: Set = [
    "video", "timecode", "source", "part", "known_speakers", "transcript", "columns",
  ]

  /// Whether it asks for voices, which a second pass could name.
  private var hasVoices: Bool {
    schema.tables.contains { table in table.columns.contains { $0.column.role == .voice } }
  }

  /// The settings without what can have no effect with this prompt, and a sentence for each of that.
  func withoutIdle(_ settings: RequestSettings) -> (settings: RequestSettings, notices: [String]) {
    var settings = settings
    var idle: [String] = []
    for name in settings.parameters.keys where !template.takes(name) {
      settings.parameters[name] = nil
      idle.append(name == "context" ? "The setting context" : "The setting param \(name)")
    }
    if settings.passes == 2, !hasVoices {
      settings.passes = 1
      idle.append("The setting passes 2")
    }
    return (settings, idle.map { "\($0) has no effect on the prompt \(name)." })
  }

  /// What of a video is sent: what the user says, else what the prompt does.
  func layers(_ settings: RequestSettings) -> MediaLayers {
    settings.layers ?? PromptConfig.layers(template.metadata.config["contentLayers"]) ?? .both
  }

  /// The values of the prompt's variables; only those it declares are filled in unasked.
  ///
  /// Speakers of a ledger have a variable of their own, `known_speakers`; a prompt without it is told
  /// of them in `context`.
  func variables(
    _ settings: RequestSettings,
    end: Timecode?,
    media: MediaInput,
    card: ModelCard? = nil
  ) -> JSONObject {
    let declared = template.metadata.inputSchema?["properties"]
    var input = media.values(declared: declared, layers: layers(settings))
    if declared?["video"] != nil { input["video"] = .string(RequestBuilder.placeholder) }
    if declared?["timecode"] != nil {
      let form = FrameClock(end: end, fps: settings.fps, generation: card?.generation ?? "")
      input["timecode"] = .string(form.text)
    }
    for (name, value) in settings.parameters.members { input[name] = value }
    guard !settings.knownSpeakers.isEmpty else { return input }
    if declared?["known_speakers"] != nil {
      Self.add(settings.knownSpeakers, to: "known_speakers", of: &input, between: "\n")
    } else if declared?["context"] != nil {
      let speakers = "Speakers known from earlier episodes:\n\(settings.knownSpeakers)"
      Self.add(speakers, to: "context", of: &input, between: "\n\n")
    }
    return input
  }

  private static func add(
    _ text: String,
    to name: String,
    of input: inout JSONObject,
    between separator: String
  ) {
    input[name] = .string(input[name]?.string.map { $0 + separator + text } ?? text)
  }
}
