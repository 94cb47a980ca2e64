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

  /// A prompt whose output schema describes tables.
  ///
  /// - Throws: ``TranscriptionError`` with the code `invalidPrompt`.
  public init(name: String, template: PromptTemplate) throws(TranscriptionError) {
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
  }

  /// The model the prompt is written for, without its provider.
  var model: String? {
    template.metadata.model.map { name in String(name.split(separator: "/").last ?? "") }
  }

  /// The values of the prompt's variables; only those it declares are filled in unasked.
  func variables(_ settings: RequestSettings, end: Timecode?) -> JSONObject {
    let declared = template.metadata.inputSchema?["properties"]
    var input = JSONObject()
    if declared?["video"] != nil { input["video"] = .string(RequestBuilder.placeholder) }
    if declared?["timecode"] != nil {
      input["timecode"] = (end?.milliseconds ?? 0) < 3_600_000 ? "MM:SS" : "H:MM:SS"
    }
    for (name, value) in settings.parameters.members { input[name] = value }
    if declared?["context"] != nil, !settings.knownSpeakers.isEmpty {
      let speakers = "Speakers known from earlier episodes:\n\(settings.knownSpeakers)"
      let given = input["context"]?.string
      input["context"] = .string(given.map { "\($0)\n\n\(speakers)" } ?? speakers)
    }
    return input
  }
}
