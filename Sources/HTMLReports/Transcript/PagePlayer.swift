internal import OrderedJSON
internal import TranscriptModel

/// What plays the media on the page.
enum PagePlayer {
  /// A media element.
  case media(element: StaticString, address: String, isRemote: Bool)
  /// A YouTube video, loaded when the reader asks for it.
  case youTube(id: String)
  /// Nothing: times are links within the page.
  case none

  init(source: TranscriptDocument.Source, mediaPath: String?) {
    let isAudio = source.mimeType?.hasPrefix("audio/") ?? false
    let element: StaticString = isAudio ? "audio" : "video"
    if let mediaPath {
      self = .media(element: element, address: PageURL.relative(mediaPath), isRemote: false)
    } else if source.kind == "youtube", let id = PageURL.youTubeID(source.uri) {
      self = .youTube(id: id)
    } else if source.kind == "https", let address = PageURL.web(source.uri) {
      self = .media(element: element, address: address, isRemote: true)
    } else {
      self = .none
    }
  }

  /// The directives that let the player, and nothing else, load.
  var policy: [String] {
    switch self {
    case .media(_, _, isRemote: true): ["media-src https: http:"]
    case .media(_, _, isRemote: false): ["media-src 'self' file:"]
    case .youTube: ["frame-src https://www.youtube-nocookie.com"]
    case .none: []
    }
  }

  /// What the script needs to know.
  var facts: JSONObject {
    switch self {
    case .media: ["kind": "media"]
    case .youTube(let id): ["kind": "youtube", "id": .string(id)]
    case .none: ["kind": "none"]
    }
  }

  func fill(_ section: HTMLElement) {
    switch self {
    case .media(let name, let address, let isRemote):
      section.append(name)
        .with("controls", "")
        // A remote file is another's server: nothing is asked of it before the reader presses play.
        .with("preload", isRemote ? "none" : "metadata")
        .with("playsinline", "")
        .with("src", address)
    case .youTube(let id):
      let link = section.append("a", "Play from YouTube")
      link.with("class", "load").with("id", "load")
      link.with("href", "https://www.youtube.com/watch?v=\(id)").with("rel", "noopener noreferrer")
      link.append("small", "Nothing is asked of YouTube before.")
    case .none: section.remove()
    }
  }
}
