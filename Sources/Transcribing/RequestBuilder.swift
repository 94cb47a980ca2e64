internal import GeminiAPI
internal import OrderedJSON
internal import PromptTemplates
internal import RequestPlanning
internal import TabularExtraction
internal import TranscriptModel

/// Makes a request of a rendered prompt, a schema and the user's settings.
struct RequestBuilder {
  /// Stands for the source while a prompt is rendered, and for the media until they are known.
  static let placeholder = "tabscribe:source"

  let prompt: RenderedPrompt
  let promptName: String
  let schema: TableSchema
  let settings: RequestSettings
  /// The rows that are asked about; `nil` where media are.
  var rows: String?

  /// The request, its media still a placeholder.
  ///
  /// - Throws: ``TranscriptionError`` with the code `invalidPrompt`.
  func request() throws(TranscriptionError) -> GenerateContentRequest {
    let config = try PromptConfig(prompt.config, prompt: promptName, settings: settings)
    var request = GenerateContentRequest(contents: [])
    for message in prompt.contents {
      let parts = try self.parts(message.content, config.layers)
      request.contents.append(Content(role: message.role, parts: parts))
    }
    try checkShowsSource(request.contents)
    let system = try parts(prompt.systemInstruction, config.layers)
    if !system.isEmpty { request.systemInstruction = Content(role: nil, parts: system) }
    request.generationConfig = generationConfig(config)
    request.safetySettings = config.safetySettings
    request.tools = config.tools
    request.labels = config.labels
    request.serviceTier = settings.serviceTier
    if settings.encoding == .tsv { appendContract(to: &request) }
    return request
  }

  /// A prompt that does not show the source would be paid for to invent a transcript.
  private func checkShowsSource(_ contents: [Content]) throws(TranscriptionError) {
    if let rows {
      guard !contents.flatMap(\.parts).contains(where: { $0.text?.contains(rows) ?? false }) else {
        return
      }
      throw TranscriptionError(
        .invalidPrompt,
        "The prompt \(promptName) does not show the transcript, so there is nothing to work on.",
        remedy: "Begin its template with {{>rows}}."
      )
    }
    let shows = contents.flatMap(\.parts).contains { part in
      if case .fileData(let data) = part.payload { data.fileUri == Self.placeholder } else { false }
    }
    guard !shows else { return }
    throw TranscriptionError(
      .invalidPrompt,
      "The prompt \(promptName) does not show the video, so nothing could be transcribed.",
      remedy: "Begin its template with {{media url=video}}."
    )
  }

  private func generationConfig(_ config: PromptConfig) -> GenerationConfig {
    var config = config.generation
    if settings.encoding == .json {
      config.responseMimeType = "application/json"
      config.responseJsonSchema = schema.responseJSONSchema
    }
    return config
  }

  /// The contract goes behind everything that requests may share.
  private func appendContract(to request: inout GenerateContentRequest) {
    guard let last = request.contents.lastIndex(where: { $0.role == "user" }) else { return }
    request.contents[last].parts.append(.text(schema.tsvContract))
  }

  private func parts(
    _ parts: [PromptPart],
    _ layers: MediaLayers
  ) throws(TranscriptionError) -> [Part] {
    var result: [Part] = []
    for part in parts {
      switch part {
      case .text(let text): result.append(.text(Self.trimmed(text)))
      case .media(let url, let contentType): result.append(media(url, contentType, layers))
      case .section, .other:
        throw TranscriptionError(
          .invalidPrompt,
          "The prompt \(promptName) has a part that is neither text nor media.",
          remedy: "Remove its {{section}} or history."
        )
      }
    }
    return result.filter { $0.text != "" }
  }

  /// Line breaks around a part only tell where a tag stood in the template.
  private static func trimmed(_ text: String) -> String {
    var text = text[...]
    while text.first?.isNewline == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }

  private func media(_ url: String, _ contentType: String?, _ layers: MediaLayers) -> Part {
    let data = FileData(fileUri: url, mimeType: contentType)
    guard url == Self.placeholder else { return Part(.fileData(data)) }
    return Part(
      .fileData(data),
      videoMetadata: videoMetadata(layers),
      mediaProcessing: layers.hasFrames ? settings.processing : nil
    )
  }

  /// Offsets, frame rate and layers; nothing when all of the video is to be seen as usual.
  private func videoMetadata(_ layers: MediaLayers) -> VideoMetadata? {
    let metadata = VideoMetadata(
      startOffset: settings.start.map { .milliseconds($0.milliseconds) },
      endOffset: settings.end.map { .milliseconds($0.milliseconds) },
      fps: layers.hasFrames ? settings.fps : nil,
      contentLayers: layers.content
    )
    return metadata == VideoMetadata() ? nil : metadata
  }
}
