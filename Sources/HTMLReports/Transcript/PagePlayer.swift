internal import OrderedJSON
internal import TranscriptModel

/// What plays the media on the page.
enum PagePlayer {
  /// A media element.
  case media(element: StaticString, address: String, isRemote: Bool, poster: String?)
  /// A YouTube video, loaded when the reader asks for it.
  case youTube(id: String)
  /// Nothing that a browser could load; why is a sentence.
  case none(reason: String)

  init(source: TranscriptDocument.Source, mediaPath: String?, poster: String? = nil) {
    let isAudio = source.mimeType?.hasPrefix("audio/") ?? false
    let element: StaticString = isAudio ? "audio" : "video"
    if let mediaPath {
      self = .media(
        element: element,
        address: PageURL.relative(mediaPath),
        isRemote: false,
        poster: isAudio ? nil : poster
      )
    } else if source.kind == "youtube", let id = PageURL.youTubeID(source.uri) {
      self = .youTube(id: id)
    } else if source.kind == "https", let address = PageURL.web(source.uri) {
      self = .media(element: element, address: address, isRemote: true, poster: nil)
    } else {
      self = .none(reason: Self.reason(source))
    }
  }

  /// Why a source cannot be played, and what helps.
  private static func reason(_ source: TranscriptDocument.Source) -> String {
    if let place = ["gs": "Cloud Storage", "s3": "a bucket"][source.kind] {
      return "The recording lies in \(place), from where a browser cannot play it. "
        + "Choose a copy of it on this computer to hear and see the rows."
    }
    return "This page does not know where the recording lies. "
      + "Choose it on this computer to hear and see the rows."
  }

  /// The directives that let the player, and nothing else, load.
  var policy: [String] {
    switch self {
    // `blob:` is a file that the reader chooses; nothing is asked of anybody for it.
    case .media(_, _, isRemote: true, _): ["media-src https: http: blob:"]
    case .media(_, _, isRemote: false, let poster):
      ["media-src 'self' file: blob:"] + (poster == nil ? [] : ["img-src 'self'"])
    case .youTube: ["frame-src https://www.youtube-nocookie.com"]
    case .none: ["media-src blob:"]
    }
  }

  /// What the script needs to know.
  var facts: JSONObject {
    switch self {
    case .media(_, _, let isRemote, _): ["kind": "media", "remote": .bool(isRemote)]
    case .youTube(let id): ["kind": "youtube", "id": .string(id)]
    case .none: ["kind": "none"]
    }
  }

  func fill(_ section: HTMLElement) {
    switch self {
    case .media(let name, let address, let isRemote, let poster):
      let media = section.append(name)
        .with("controls", "")
        // A remote file is another's server: nothing is asked of it before the reader presses play.
        .with("preload", isRemote ? "none" : "metadata")
        .with("playsinline", "")
        .with("src", address)
      media["poster"] = poster
    case .youTube(let id):
      let link = section.append("a", "Play from YouTube")
      link.with("class", "load").with("id", "load")
      link.with("href", "https://www.youtube.com/watch?v=\(id)").with("rel", "noopener noreferrer")
      link.append("small", "Nothing is loaded from YouTube until you press play.")
    case .none(let reason):
      section["class"] = "player none"
      section.append("p", reason).with("class", "aside")
    }
  }
}
