public import GeminiAPI
internal import OrderedJSON
internal import PromptTemplates
internal import RequestPlanning
internal import TabularExtraction
internal import TranscriptModel

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
    for clip in prepared.clips {
      requests.append(
        try client.requests.answer(
          prepared.order(.clip, about: clip).request.replacingPlaceholder(with: payload),
          model: prepared.model,
          isStreamed: true
        )
      )
    }
    return requests
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
