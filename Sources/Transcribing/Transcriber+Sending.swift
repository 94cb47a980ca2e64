public import GeminiAPI
internal import OrderedJSON
internal import PromptTemplates
internal import RequestPlanning
internal import TabularExtraction
public import TranscriptModel

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

extension Transcriber {
  /// The exact HTTP requests that a transcription would send, secrets left out.
  ///
  /// - Throws: `GeminiError` when the model's name is malformed.
  public func httpRequests(for prepared: PreparedTranscription) throws -> [HTTPRequest] {
    var requests: [HTTPRequest] = []
    let payload: Part.Payload
    switch prepared.delivery {
    case .reference(let data): payload = .fileData(data)
    case .inline(let file, let mimeType):
      payload = .inlineData(Blob(mimeType: mimeType, data: try file.bytes(upTo: file.size)))
    case .upload(let upload):
      requests.append(client.requests.startUpload(upload))
      let range = HTTPRequest.FileRange(path: upload.path, offset: 0, length: upload.size)
      requests.append(
        client.requests.uploadChunk(range, isLast: true, session: "UPLOAD-SESSION")
      )
      payload = .fileData(FileData(fileUri: "UPLOADED-FILE", mimeType: upload.mimeType))
    case .uploaded(let name):
      requests.append(try client.requests.file(name))
      payload = .fileData(FileData(fileUri: name))
    }
    requests.append(
      try client.requests.generateContent(
        prepared.request.replacingPlaceholder(with: payload),
        model: prepared.model,
        isStreamed: true
      )
    )
    return requests
  }

  /// Sends a prepared transcription and makes a document of the reply.
  ///
  /// The reply is stored before it is read. One that is cut, blocked or malformed still gives a
  /// document, which says that it is not complete and why.
  ///
  /// - Throws: `GeminiError` when no reply began; ``TranscriptionError`` when it cannot be stored;
  ///   `CancellationError`.
  public func transcribe(
    _ prepared: PreparedTranscription,
    observe: @escaping ProgressObserver = { _ in }
  ) async throws -> TranscriptDocument {
    let began = now()
    let run = RunIdentifier.make(began)
    let record = try journal.begin(run: run)
    let reader = ReplyReader(
      client: client,
      schema: prepared.prompt.schema,
      encoding: prepared.settings.encoding,
      record: record,
      observe: observe
    )
    let payload = try await payload(for: prepared, observe)
    let reply = try await reader.read(
      prepared.request.replacingPlaceholder(with: payload),
      model: prepared.model
    )
    return document(reply, of: prepared, run: run, began: began)
  }

  private func document(
    _ reply: ReceivedReply,
    of prepared: PreparedTranscription,
    run: String,
    began: Date
  ) -> TranscriptDocument {
    let assembled = TranscriptAssembler(
      clip: prepared.clip,
      duration: prepared.duration,
      timebase: prepared.settings.timebase
    ).assemble(reply.decoded.tables)
    let ending = ReplyFindings.findings(reply)
    let usage = reply.usage.map(Usage.init)
    return TranscriptDocument(
      source: prepared.source,
      run: self.run(prepared, reply, id: run, began: began),
      tables: assembled.tables,
      transcript: assembled.transcript,
      findings: ending + reply.decoded.findings + assembled.findings,
      usage: usage,
      cost: cost(of: usage, prepared, began),
      isComplete: reply.decoded.isComplete && ending.isEmpty
    )
  }

  private func cost(
    of usage: Usage?,
    _ prepared: PreparedTranscription,
    _ date: Date
  ) -> TranscriptDocument.Cost {
    let forecast = Forecast(
      catalog: catalog,
      model: prepared.model,
      backend: client.configuration.backend,
      day: CalendarDay(secondsSince1970: Int(date.timeIntervalSince1970))
    )
    return TranscriptDocument.Cost(
      estimatedLow: prepared.cost?.low,
      estimatedHigh: prepared.cost?.high,
      billed: usage.flatMap { forecast.cost(of: $0)?.total }
    )
  }

  private func run(
    _ prepared: PreparedTranscription,
    _ reply: ReceivedReply,
    id: String,
    began: Date
  ) -> TranscriptDocument.Run {
    TranscriptDocument.Run(
      id: id,
      startedAt: RunIdentifier.timestamp(began),
      tool: tool,
      backend: client.configuration.backend == .aiStudio ? "ai-studio" : "agent-platform",
      model: prepared.model,
      modelVersion: reply.modelVersion,
      prompt: prepared.prompt.name,
      promptDigest: prepared.prompt.template.digest,
      schema: prepared.prompt.schema.name,
      encoding: prepared.settings.encoding.rawValue,
      clip: prepared.clip,
      parameters: parameters(of: prepared),
      finishReason: reply.finishReason?.rawValue
    )
  }

  /// What was set, as sent; the schema is named elsewhere.
  private func parameters(of prepared: PreparedTranscription) -> JSONObject {
    var parameters = prepared.request.generationConfig?.json.object ?? JSONObject()
    parameters["responseJsonSchema"] = nil
    parameters["responseMimeType"] = nil
    parameters["fps"] = prepared.settings.fps.map { JSONValue($0) }
    for (name, value) in prepared.settings.parameters.members where name != "context" {
      parameters[name] = value
    }
    return parameters
  }
}

extension Usage {
  /// The counts of a reply.
  init(_ metadata: UsageMetadata) {
    self.init(
      promptTokens: metadata.promptTokenCount,
      cachedTokens: metadata.cachedContentTokenCount,
      outputTokens: metadata.candidatesTokenCount,
      thoughtsTokens: metadata.thoughtsTokenCount,
      toolUseTokens: metadata.toolUsePromptTokenCount,
      promptTokensByModality: metadata.promptTokensDetails.map(ModalityCount.init),
      cachedTokensByModality: metadata.cacheTokensDetails.map(ModalityCount.init)
    )
  }
}

extension Usage.ModalityCount {
  init(_ count: UsageMetadata.ModalityTokenCount) {
    self.init(modality: count.modality, tokens: count.tokenCount)
  }
}
