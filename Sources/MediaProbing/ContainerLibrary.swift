internal import CAVFormat
internal import HostSystem

/// FFmpeg's library for containers, loaded by its name.
///
/// It reads files of strangers in this process: only for one that nothing is lost with.
struct ContainerLibrary {
  private let openInput: CAVFormatOpenInput
  private let findStreams: CAVFormatFindStreamInfo
  private let closeInput: CAVFormatCloseInput
  private let set: CAVFormatSet
  private let get: CAVFormatGet
  private let freeOptions: CAVFormatFree
  private let errorText: CAVFormatErrorText

  /// Loads the library; `nil` where the version that this program was built for is not installed.
  init?() {
    guard let library = SharedLibrary(String(cString: CAVFormatLibrary)),
      let openInput = library.function("avformat_open_input", as: CAVFormatOpenInput.self),
      let findStreams = library.function(
        "avformat_find_stream_info",
        as: CAVFormatFindStreamInfo.self
      ),
      let closeInput = library.function("avformat_close_input", as: CAVFormatCloseInput.self),
      let set = library.function("av_dict_set", as: CAVFormatSet.self),
      let get = library.function("av_dict_get", as: CAVFormatGet.self),
      let freeOptions = library.function("av_dict_free", as: CAVFormatFree.self),
      let errorText = library.function("av_strerror", as: CAVFormatErrorText.self),
      let setLogLevel = library.function("av_log_set_level", as: CAVFormatSetLogLevel.self)
    else { return nil }
    self.openInput = openInput
    self.findStreams = findStreams
    self.closeInput = closeInput
    self.set = set
    self.get = get
    self.freeOptions = freeOptions
    self.errorText = errorText
    setLogLevel(AV_LOG_QUIET)
  }

  /// The facts of a file.
  ///
  /// The `file:` in front keeps names such as `http:x` from being taken for addresses, and nothing but files
  /// may be opened, whatever a playlist names.
  func facts(of path: String) throws(MediaProbeError) -> MediaFacts {
    var options: OpaquePointer?
    defer { freeOptions(&options) }
    _ = set(&options, "protocol_whitelist", "file", 0)
    var context: UnsafeMutablePointer<AVFormatContext>?
    let opened = openInput(&context, "file:\(path)", nil, &options)
    guard opened >= 0, let file = context else { throw refusal(opened, path) }
    defer { closeInput(&context) }
    let found = findStreams(file, nil)
    guard found >= 0 else { throw refusal(found, path) }
    return facts(of: file.pointee)
  }

  private func facts(of file: AVFormatContext) -> MediaFacts {
    let streams = (0..<Int(file.nb_streams)).compactMap { file.streams[$0]?.pointee }
    let sounds = streams.filter { $0.codecpar.pointee.codec_type == AVMEDIA_TYPE_AUDIO }
    let picture = streams.first {
      $0.codecpar.pointee.codec_type == AVMEDIA_TYPE_VIDEO
        && $0.disposition & AV_DISPOSITION_ATTACHED_PIC == 0
    }
    let whole = Self.milliseconds(file.duration, AVRational(num: 1, den: AV_TIME_BASE))
    return MediaFacts(
      durationMS: whole ?? streams.lazy.compactMap(length).first,
      video: picture.map(video),
      hasAudio: !sounds.isEmpty,
      soundMS: sounds.first.flatMap(length),
      channels: sounds.first.flatMap {
        let count = Int($0.codecpar.pointee.ch_layout.nb_channels)
        return count > 0 ? count : nil
      },
      container: file.iformat.map { String(cString: $0.pointee.name) } ?? "",
      recordedAt: text("creation_time", file.metadata).flatMap(MediaFacts.moment)
    )
  }

  private func video(_ stream: AVStream) -> MediaFacts.Video {
    let rate = stream.avg_frame_rate
    return MediaFacts.Video(
      width: Int(stream.codecpar.pointee.width),
      height: Int(stream.codecpar.pointee.height),
      frameRate: rate.num > 0 && rate.den > 0 ? Double(rate.num) / Double(rate.den) : nil,
      durationMS: length(stream)
    )
  }

  /// The length of a track in milliseconds, as it is stated.
  private func length(_ stream: AVStream) -> Int? {
    if let stated = Self.milliseconds(stream.duration, stream.time_base) { return stated }
    return text("DURATION", stream.metadata).flatMap(MediaFacts.milliseconds(clock:))
  }

  /// What a tag says.
  private func text(_ name: String, _ tags: OpaquePointer?) -> String? {
    get(tags, name, nil, 0)?.pointee.value.map { String(cString: $0) }
  }

  private static func milliseconds(_ count: Int64, _ base: AVRational) -> Int? {
    guard count > 0, base.den != 0 else { return nil }
    return MediaFacts.milliseconds(seconds: Double(count) * Double(base.num) / Double(base.den))
  }

  private func refusal(_ code: Int32, _ path: String) -> MediaProbeError {
    var text = [CChar](repeating: 0, count: 256)
    _ = errorText(code, &text, text.count)
    let said = String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    return MediaProbeError(reason: .notMedia, path: path, detail: said)
  }
}
