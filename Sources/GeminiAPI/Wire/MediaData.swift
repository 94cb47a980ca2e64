internal import OrderedJSON
internal import PlainText

/// Media sent within the request.
public struct Blob: Hashable, Sendable {
  /// What the bytes are, such as `video/mp4`.
  public var mimeType: String
  /// The bytes.
  public var data: [UInt8]

  /// Media sent within the request.
  public init(mimeType: String, data: [UInt8]) {
    self.mimeType = mimeType
    self.data = data
  }

  init?(_ wire: WireObject) {
    guard let text = wire.string("data"), let data = Base64.decoded(text) else { return nil }
    self.init(mimeType: wire.string("mimeType") ?? "", data: data)
  }

  var json: JSONValue { ["mimeType": .string(mimeType), "data": .string(Base64.encoded(data))] }
}

/// Media the service fetches by itself.
public struct FileData: Hashable, Sendable {
  /// Where the media is.
  public var fileUri: String
  /// What the media is; `nil` leaves it to the service.
  public var mimeType: String?

  /// Media the service fetches by itself.
  public init(fileUri: String, mimeType: String? = nil) {
    self.fileUri = fileUri
    self.mimeType = mimeType
  }

  init?(_ wire: WireObject) {
    guard let uri = wire.string("fileUri") else { return nil }
    self.init(fileUri: uri, mimeType: wire.string("mimeType"))
  }

  var json: JSONValue {
    var object: JSONObject = ["fileUri": .string(fileUri)]
    object["mimeType"] = mimeType.map { .string($0) }
    return .object(object)
  }
}

/// Which part of a video is looked at, how often, and what of it.
public struct VideoMetadata: Hashable, Sendable {
  /// Where the clip begins, from the start of the video.
  public var startOffset: Duration?
  /// Where the clip ends, from the start of the video.
  public var endOffset: Duration?
  /// Frames per second, above 0 and up to 24; the service takes 1 when it is missing.
  public var fps: Double?
  /// What of it the model is given; frames and sound when empty.
  public var contentLayers: [ContentLayer]

  /// Which part of a video is looked at, how often, and what of it.
  public init(
    startOffset: Duration? = nil,
    endOffset: Duration? = nil,
    fps: Double? = nil,
    contentLayers: [ContentLayer] = []
  ) {
    self.startOffset = startOffset
    self.endOffset = endOffset
    self.fps = fps
    self.contentLayers = contentLayers
  }

  init(_ wire: WireObject) {
    let layers = wire["contentLayers"]?.array ?? []
    self.init(
      startOffset: wire.string("startOffset").flatMap(WireDuration.duration),
      endOffset: wire.string("endOffset").flatMap(WireDuration.duration),
      fps: wire["fps"]?.double,
      contentLayers: layers.compactMap { $0.string.map(ContentLayer.init(rawValue:)) }
    )
  }

  var json: JSONValue {
    var object = JSONObject()
    object["startOffset"] = startOffset.map { .string(WireDuration.text($0)) }
    object["endOffset"] = endOffset.map { .string(WireDuration.text($0)) }
    object["fps"] = fps.map { JSONValue($0) }
    object.setList("contentLayers", contentLayers.map { .string($0.rawValue) })
    return .object(object)
  }
}

/// Which part of a recording of sound is listened to; sound beside pictures goes by
/// ``VideoMetadata``.
///
/// - Source: google-genai 3.6.1, `AudioMetadata`.
public struct AudioMetadata: Hashable, Sendable {
  /// Where the clip begins, from the start of the recording.
  public var startOffset: Duration?
  /// Where the clip ends, from the start of the recording.
  public var endOffset: Duration?

  /// Which part of a recording is listened to.
  public init(startOffset: Duration? = nil, endOffset: Duration? = nil) {
    self.startOffset = startOffset
    self.endOffset = endOffset
  }

  init(_ wire: WireObject) {
    self.init(
      startOffset: wire.string("startOffset").flatMap(WireDuration.duration),
      endOffset: wire.string("endOffset").flatMap(WireDuration.duration)
    )
  }

  var json: JSONValue {
    var object = JSONObject()
    object["startOffset"] = startOffset.map { .string(WireDuration.text($0)) }
    object["endOffset"] = endOffset.map { .string(WireDuration.text($0)) }
    return .object(object)
  }
}
