public import OrderedJSON

extension MediaFacts {
  /// The facts as a JSON object, to be kept beside the state of the file that they are about.
  public var json: JSONValue {
    var object: JSONObject = [
      "container": .string(container), "sound": .bool(hasAudio),
    ]
    object["durationMS"] = durationMS.map { JSONValue($0) }
    object["soundMS"] = soundMS.map { JSONValue($0) }
    object["channels"] = channels.map { JSONValue($0) }
    object["recordedAt"] = recordedAt.map { .string($0) } ?? .null
    object["picture"] = video.map { video in
      var picture: JSONObject = [
        "width": JSONValue(video.width), "height": JSONValue(video.height),
      ]
      picture["frameRate"] = video.frameRate.map { JSONValue($0) }
      picture["durationMS"] = video.durationMS.map { JSONValue($0) }
      return .object(picture)
    }
    return .object(object)
  }

  /// Facts that were kept; `nil` when they are not all there.
  ///
  /// Those that were kept before files were asked when they were recorded are to be found out anew.
  public init?(json: JSONValue) {
    guard let container = json["container"]?.string, let hasAudio = json["sound"]?.bool,
      let recordedAt = json["recordedAt"]
    else { return nil }
    var video: Video?
    if let picture = json["picture"] {
      guard let width = picture["width"]?.int, let height = picture["height"]?.int else {
        return nil
      }
      video = Video(
        width: width,
        height: height,
        frameRate: picture["frameRate"]?.double,
        durationMS: picture["durationMS"]?.int
      )
    }
    self.init(
      durationMS: json["durationMS"]?.int,
      video: video,
      hasAudio: hasAudio,
      soundMS: json["soundMS"]?.int,
      channels: json["channels"]?.int,
      container: container,
      recordedAt: recordedAt.string
    )
  }
}
