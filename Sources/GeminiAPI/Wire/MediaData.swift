internal import OrderedJSON

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

/// Which part of a video is looked at, and how often.
public struct VideoMetadata: Hashable, Sendable {
  /// Where the clip begins, from the start of the video.
  public var startOffset: Duration?
  /// Where the clip ends, from the start of the video.
  public var endOffset: Duration?
  /// Frames per second, above 0 and up to 24; the service takes 1 when it is missing.
  public var fps: Double?

  /// Which part of a video is looked at, and how often.
  public init(startOffset: Duration? = nil, endOffset: Duration? = nil, fps: Double? = nil) {
    self.startOffset = startOffset
    self.endOffset = endOffset
    self.fps = fps
  }

  init(_ wire: WireObject) {
    self.init(
      startOffset: wire.string("startOffset").flatMap(WireDuration.duration),
      endOffset: wire.string("endOffset").flatMap(WireDuration.duration),
      fps: wire["fps"]?.double
    )
  }

  var json: JSONValue {
    var object = JSONObject()
    object["startOffset"] = startOffset.map { .string(WireDuration.text($0)) }
    object["endOffset"] = endOffset.map { .string(WireDuration.text($0)) }
    object["fps"] = fps.map { JSONValue($0) }
    return .object(object)
  }
}
