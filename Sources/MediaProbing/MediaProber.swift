internal import HostSystem
internal import OrderedJSON

/// Asks FFmpeg what is in a file.
///
/// That runs as a process of its own, so that a hostile file cannot reach this one's memory, and may
/// open nothing but the file: `ffprobe`, or a server that examines many files with FFmpeg's library.
public struct MediaProber: Sendable {
  /// The program asked; found along `PATH` unless it is a path.
  public let program: String

  /// What was found out before; `nil` looks each time.
  private let memory: (any FactsMemory)?

  /// What is asked before the program; `nil` asks the program about each file.
  private let servers: ProbeServers?

  /// A prober that starts `ffprobe` for each file.
  ///
  /// - Parameters:
  ///   - program: The program asked.
  ///   - memory: What was found out before; `nil` looks each time.
  public init(program: String = "ffprobe", memory: (any FactsMemory)? = nil) {
    self.program = program
    self.memory = memory
    servers = nil
  }

  /// A prober that asks servers, and `ffprobe` where FFmpeg's library is not there.
  ///
  /// - Parameters:
  ///   - server: The path of a program that is a ``ProbeServer`` when it is told so; `nil` for none.
  ///   - memory: What was found out before; `nil` looks each time.
  package init(server: String?, memory: (any FactsMemory)? = nil) {
    program = "ffprobe"
    self.memory = memory
    servers = server.map { ProbeServers(program: $0) }
  }

  /// Reads the facts of a local file.
  ///
  /// - Throws: ``MediaProbeError``; `CancellationError`.
  public func probe(path: String) async throws -> MediaFacts {
    guard let memory else { return try await examine(path) }
    return try await memory.facts(of: path) { try await examine(path) }
  }

  /// Facts of what is no file of this machine, remembered under a name that stands for its contents.
  ///
  /// - Parameters:
  ///   - name: The name.
  ///   - fetch: Makes a file of it where nothing is remembered, and hands its path on.
  package func facts(
    knownAs name: String,
    else fetch:
      @Sendable (_ probe: @Sendable (String) async throws -> MediaFacts) async throws ->
      MediaFacts
  ) async throws -> MediaFacts {
    guard let memory else { return try await fetch(examine) }
    return try await memory.facts(of: name) { try await fetch(examine) }
  }

  /// How many channels the first sound track of a local file has; `nil` when it has none, or that cannot be
  /// told.
  ///
  /// What was remembered before this was asked does not say it.
  package func channels(of path: String) async throws -> Int? {
    if let known = try await probe(path: path).channels { return known }
    return try await examine(path).channels
  }

  private func examine(_ path: String) async throws -> MediaFacts {
    let known = try await servers?.facts(of: path)
    let facts = if let known { known } else { try await ask(about: path) }
    guard facts.video != nil || facts.hasAudio else {
      throw MediaProbeError(reason: .notMedia, path: path, detail: "no sound and no picture")
    }
    return facts
  }

  private func ask(about path: String) async throws -> MediaFacts {
    let output: Subprocess.Output
    do {
      output = try await Subprocess(program: program, arguments: Self.arguments(for: path)).run()
    } catch Subprocess.Failure.notFound {
      throw MediaProbeError(reason: .proberMissing, path: path, detail: "")
    } catch let error as CancellationError {
      throw error
    } catch {
      throw MediaProbeError(reason: .proberFailed, path: path, detail: "\(error)")
    }
    guard output.exitStatus == 0, let report = try? JSONValue(parsing: output.standardOutput) else {
      let detail = String(decoding: output.standardError, as: UTF8.self)
      throw MediaProbeError(reason: .notMedia, path: path, detail: Self.complaint(detail, path))
    }
    return Self.facts(from: report)
  }

  /// The `file:` in front keeps names such as `http:x` from being taken for addresses.
  private static func arguments(for path: String) -> [String] {
    [
      "-v", "error", "-protocol_whitelist", "file", "-print_format", "json",
      "-show_entries",
      "format=duration,format_name:format_tags=creation_time:stream=codec_type,width,height,avg_frame_rate,duration,channels"
        + ":stream_disposition=attached_pic:stream_tags=DURATION",
      "file:\(path)",
    ]
  }

  /// The first line of FFmpeg's complaint without the path it repeats.
  private static func complaint(_ text: String, _ path: String) -> String {
    let line = text.split(whereSeparator: \.isNewline).last ?? ""
    let prefix = "file:\(path): "
    return String(line.hasPrefix(prefix) ? line.dropFirst(prefix.count) : line)
  }

  static func facts(from report: JSONValue) -> MediaFacts {
    let streams = report["streams"]?.array ?? []
    let pictures = streams.filter {
      $0["codec_type"]?.string == "video" && $0["disposition"]?["attached_pic"]?.int != 1
    }
    let sounds = streams.filter { $0["codec_type"]?.string == "audio" }
    let whole = milliseconds(report["format"]?["duration"]?.string)
    return MediaFacts(
      durationMS: whole ?? streams.lazy.compactMap(length).first,
      video: pictures.first.flatMap(video),
      hasAudio: !sounds.isEmpty,
      soundMS: sounds.first.flatMap(length),
      channels: sounds.first?["channels"]?.int.flatMap { $0 > 0 ? $0 : nil },
      container: report["format"]?["format_name"]?.string ?? "",
      recordedAt: report["format"]?["tags"]?["creation_time"]?.string.flatMap(MediaFacts.moment)
    )
  }

  private static func milliseconds(_ seconds: String?) -> Int? {
    seconds.flatMap(Double.init).flatMap(MediaFacts.milliseconds(seconds:))
  }

  /// The length of a track in milliseconds; Matroska states it in a tag.
  private static func length(_ stream: JSONValue) -> Int? {
    milliseconds(stream["duration"]?.string)
      ?? stream["tags"]?["DURATION"]?.string.flatMap(MediaFacts.milliseconds(clock:))
  }

  private static func video(_ stream: JSONValue) -> MediaFacts.Video? {
    guard let width = stream["width"]?.int, let height = stream["height"]?.int else { return nil }
    let rate = stream["avg_frame_rate"]?.string?.split(separator: "/").compactMap { Double($0) }
    var frameRate: Double?
    if let rate, rate.count == 2, rate[0] > 0, rate[1] > 0 { frameRate = rate[0] / rate[1] }
    return MediaFacts.Video(
      width: width,
      height: height,
      frameRate: frameRate,
      durationMS: length(stream)
    )
  }
}
