internal import Digests
internal import GeminiAPI
internal import OrderedJSON
internal import RequestPlanning
internal import TabularExtraction
internal import TranscriptModel
internal import TranscriptRecipes
internal import TranscriptStitching

/// One request in the course of a transcription.
struct RequestOrder: Sendable {
  /// Why a request is sent.
  enum Kind: String, Sendable {
    /// A clip, or all of the source.
    case clip
    /// What a reply that ended too soon left out.
    case continuation
    /// A stretch in which nothing was transcribed.
    case gap
    /// Whose voices are heard, with the transcript given back.
    case speakers
    /// The same of a stretch seen in more detail, for the names that are missing.
    case names
    /// The words of a stretch and when each is spoken, of a speech model.
    case words
  }

  let kind: Kind
  /// The stretch of the source it is about; `nil` for all of a source of unknown length.
  let range: TimeRange?
  /// The request, its media still to be filled in.
  let request: GenerateContentRequest
  let model: String
  /// The tables it asks for.
  let schema: TableSchema
  /// How it asks for them.
  let encoding: ReplyEncoding
  /// The part of a transcript that it is about; `nil` for what is about media.
  var piece: RowPiece?

  /// What makes it the same request at another time: everything but where the media lies.
  var digest: String {
    SHA256.hexadecimal(of: "\(model)\n\(kind.rawValue)\n\(request.json.rendered())")
  }
}

extension PreparedTranscription {
  /// How the media of a request get to the service.
  func delivery(for order: RequestOrder) -> MediaDelivery {
    order.kind == .words ? wordsDelivery ?? delivery : delivery
  }

  /// What a request takes and costs.
  func quote(for order: RequestOrder) -> Quote {
    order.kind == .words ? SpeechModel(self).quote : quote
  }

  /// The request about a stretch of the source, for the prompt's tables.
  func order(_ kind: RequestOrder.Kind, about range: TimeRange?) -> RequestOrder {
    RequestOrder(
      kind: kind,
      range: range,
      request: shown(request, range),
      model: model,
      schema: prompt.schema,
      encoding: settings.encoding
    )
  }

  /// A request about a stretch of the source; `nil` is all of what was asked for.
  func shown(_ request: GenerateContentRequest, _ range: TimeRange?) -> GenerateContentRequest {
    // The stretch as the user gave it needs no offsets of its own.
    let isWhole = range == nil || range == stretch
    var request = isWhole ? request : request.clipped(to: range)
    if quote.offersAgenticVideo { request.fixFrameRate() }
    return request
  }
}

extension GenerateContentRequest {
  /// The same request about a stretch of the source.
  func clipped(to range: TimeRange?) -> GenerateContentRequest {
    guard let range else { return self }
    return mappingPlaceholder { part in
      var metadata = part.videoMetadata ?? VideoMetadata()
      metadata.startOffset = .milliseconds(range.start.milliseconds)
      metadata.endOffset =
        range.isOpenEnded ? metadata.endOffset : .milliseconds(range.end.milliseconds)
      part.videoMetadata = metadata
    }
  }

  /// Asks models that may look where they want to go by the clip and the frame rate that are set:
  /// they apply to frames at a fixed rate only.
  mutating func fixFrameRate() {
    self = mappingPlaceholder { part in
      if part.videoMetadata != nil, part.mediaProcessing == nil {
        part.mediaProcessing = .fixedRate
      }
    }
  }

  /// The same request with the media in place of the placeholder; only now is it known for every
  /// source whether there is a picture, by whose fields sound alone is not cut.
  func replacingPlaceholder(with payload: Part.Payload) -> GenerateContentRequest {
    mappingPlaceholder { part in
      part.payload = payload
      if payload.isSound { part.cutAsSound() }
    }
  }

  /// What of a video is asked about; `nil` when it is none of those there are.
  var layers: MediaLayers? {
    for part in contents.flatMap(\.parts) where part.isPlaceholder {
      return MediaLayers(part.videoMetadata?.contentLayers ?? [])
    }
    return nil
  }

  private func mappingPlaceholder(_ change: (inout Part) -> Void) -> GenerateContentRequest {
    var request = self
    for content in request.contents.indices {
      for part in request.contents[content].parts.indices
      where request.contents[content].parts[part].isPlaceholder {
        change(&request.contents[content].parts[part])
      }
    }
    return request
  }
}

extension Part.Payload {
  /// Whether the service is told that it is sound without pictures.
  fileprivate var isSound: Bool {
    switch self {
    case .fileData(let data): data.mimeType?.lowercased().hasPrefix("audio/") ?? false
    case .inlineData(let blob): blob.mimeType.lowercased().hasPrefix("audio/")
    case .text, .other, .none: false
    }
  }
}

extension Part {
  /// Offsets go where the service reads them for sound; what is about pictures goes away.
  fileprivate mutating func cutAsSound() {
    let clip = AudioMetadata(
      startOffset: videoMetadata?.startOffset,
      endOffset: videoMetadata?.endOffset
    )
    audioMetadata = clip == AudioMetadata() ? nil : clip
    videoMetadata = nil
    mediaProcessing = nil
  }

  /// Whether it stands for the source.
  fileprivate var isPlaceholder: Bool {
    if case .fileData(let data) = payload {
      data.fileUri == RequestBuilder.placeholder
    } else {
      false
    }
  }
}
