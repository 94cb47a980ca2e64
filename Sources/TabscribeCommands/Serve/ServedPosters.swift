internal import LoopbackHTTP
internal import MediaProbing

/// Pictures of the videos of a library, made when a page first asks for one, which waits for nothing else.
actor ServedPosters {
  /// More videos than anybody opens at a time.
  private static let most = 200

  private var frames: [String: Task<[UInt8]?, Never>] = [:]
  /// The one that was asked for last: FFmpeg runs once at a time.
  private var last: Task<[UInt8]?, Never>?

  /// The picture of a video; empty where there is none.
  ///
  /// - Parameters:
  ///   - media: The video.
  ///   - length: How long it is, in milliseconds, when that is known.
  func reply(for media: MediaFile, length: Int?) async -> HTTPReply {
    guard let frame = await frame(of: media, length) else { return HTTPReply(status: 204) }
    return HTTPReply(status: 200, headers: ["Content-Type": "image/jpeg"], body: .bytes(frame))
  }

  private func frame(of media: MediaFile, _ length: Int?) async -> [UInt8]? {
    let name = "\(media.size) \(media.path)"
    if let known = frames[name] { return await known.value }
    if frames.count >= Self.most { frames = [:] }
    let before = last
    let frame = Task {
      _ = await before?.value
      return await PosterFrame().jpeg(of: media.path, length: length)
    }
    (frames[name], last) = (frame, frame)
    return await frame.value
  }
}
