internal import Digests
internal import GeminiAPI
internal import HostSystem
internal import MediaProbing
internal import RequestPlanning

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

extension Transcriber {
  /// How long the sound of a video is kept: a run that is taken up the next day finds it.
  private static let keptSeconds = 2 * 86_400.0

  /// What of a source is sent in its own place, or beside it.
  struct SentSound: Sendable {
    /// The sound in place of a video; `nil` where the source goes as it is.
    var alone: MediaDelivery?
    /// The channels in place of the recording; none where it goes as one.
    var channels: [SoundChannel] = []
    /// The sound for the speech model; `nil` where that is not asked.
    var words: MediaDelivery?
    /// What should be known of it, one sentence each.
    var notices: [String] = []

    /// Whether nothing but sound is seen by the model that is asked.
    var isAll: Bool { alone != nil || !channels.isEmpty }
  }

  /// The sound that settings ask for.
  ///
  /// - Throws: ``TranscriptionError`` where it cannot be had.
  func sound(
    of video: VideoSource,
    shownAs name: String,
    _ own: MediaDelivery,
    _ facts: MediaFacts?,
    _ settings: RequestSettings
  ) async throws -> SentSound {
    var sent = SentSound()
    let backend = client.configuration.backend
    if settings.splitsChannels {
      sent.channels = try await channels(of: video, shownAs: name, facts, &sent.notices)
    }
    if settings.audioOnly, sent.channels.isEmpty {
      let path = try self.path(of: video, shownAs: name, facts, setting: "audioOnly")
      if facts?.video != nil || facts == nil {
        sent.alone = try await MediaDelivery(
          of: .localFile(soundFile(of: path, shownAs: name, setting: "audioOnly")),
          backend: backend
        )
      }
    }
    if settings.asksSpeechModel {
      sent.words = try await words(of: video, shownAs: name, own, facts, sent.alone)
    }
    return sent
  }

  /// How the sound gets to the speech model, which takes nothing else.
  private func words(
    of video: VideoSource,
    shownAs name: String,
    _ own: MediaDelivery,
    _ facts: MediaFacts?,
    _ alone: MediaDelivery?
  ) async throws -> MediaDelivery {
    if let alone { return alone }
    let backend = client.configuration.backend
    if own.mimeType?.lowercased().hasPrefix("audio/") ?? false { return own }
    let path = try self.path(of: video, shownAs: name, facts, setting: "native")
    if let facts, facts.video == nil { return own }
    let file = try await soundFile(of: path, shownAs: name, setting: "native")
    return try MediaDelivery(of: .localFile(file), backend: backend)
  }

  /// The channels of a recording; none where it has one alone, which is told.
  private func channels(
    of video: VideoSource,
    shownAs name: String,
    _ facts: MediaFacts?,
    _ notices: inout [String]
  ) async throws -> [SoundChannel] {
    let path = try self.path(of: video, shownAs: name, facts, setting: "channels")
    let count: Int?
    do { count = try await prober.channels(of: path) } catch let error as MediaProbeError
      where error.reason == .proberMissing
    {
      throw TranscriptionError(
        .invalidSettings,
        "FFmpeg is missing, which tells the channels of \(name).",
        remedy: "Install FFmpeg, or leave the setting channels out."
      )
    }
    guard let count, count > 1 else {
      notices.append("The setting channels has no effect: \(name) has one channel.")
      return []
    }
    guard count <= Self.mostChannels else {
      throw TranscriptionError(
        .invalidSource,
        "\(name) has \(count) channels, and \(Self.mostChannels) at most are asked about one by one.",
        remedy: "Leave the setting channels out."
      )
    }
    var channels: [SoundChannel] = []
    for number in 0..<count {
      let file = try await soundFile(of: path, channel: number, shownAs: name, setting: "channels")
      channels.append(
        SoundChannel(
          name: SoundChannel.name(number, of: count),
          delivery: try MediaDelivery(of: .localFile(file), backend: client.configuration.backend)
        )
      )
    }
    return channels
  }

  /// Each is paid for as a recording of its own; more are no lines of speakers but the places of a hall.
  private static let mostChannels = 16

  /// The file whose sound a setting asks for.
  private func path(
    of video: VideoSource,
    shownAs name: String,
    _ facts: MediaFacts?,
    setting: String
  ) throws(TranscriptionError) -> String {
    guard case .localFile(let path) = video else {
      let other =
        setting == "audioOnly" ? "; the setting layers can ask the service for the sound" : ""
      throw TranscriptionError(
        .invalidSettings,
        "\(name) is no file here, so its sound cannot be taken out.",
        remedy: "Leave the setting \(setting) out\(other)."
      )
    }
    guard facts?.hasAudio ?? true else {
      throw TranscriptionError(
        .invalidSource,
        "\(name) has no sound.",
        remedy: "Leave the setting \(setting) out."
      )
    }
    return path
  }

  /// The sound of a file as a file of its own, made where it is not there.
  ///
  /// - Parameter channel: The channel alone, from 0; `nil` for all of them together.
  private func soundFile(
    of path: String,
    channel: Int? = nil,
    shownAs name: String,
    setting: String
  ) async throws -> String {
    let key = try SHA256.hexadecimal(of: LocalFile(path: path).fingerprint())
    let part = channel.map { ".channel\($0 + 1)" } ?? ""
    let target = FilePath.joined(soundFolder, "\(key)\(part).mp3")
    guard HostFiles.kind(of: target) != .file else { return target }
    try await write(path, channel, to: target, shownAs: name, setting: setting)
    return target
  }

  private func write(
    _ path: String,
    _ channel: Int?,
    to target: String,
    shownAs name: String,
    setting: String
  ) async throws {
    try HostFiles.createFolder(soundFolder, for: .user)
    removeOldSound()
    let partial = "\(target).\(HostProcess.current.number).part"
    defer { HostFiles.discard(partial) }
    do throws(SoundTrack.Failure) {
      try await SoundTrack().write(of: path, channel: channel, to: partial)
    } catch {
      switch error {
      case .converterMissing:
        throw TranscriptionError(
          .invalidSettings,
          "FFmpeg is missing, which takes the sound out of \(name).",
          remedy: "Install FFmpeg, or leave the setting \(setting) out."
        )
      case .failed(let complaint):
        throw TranscriptionError(
          .invalidSource,
          "The sound of \(name) cannot be taken out: \(complaint).",
          remedy: "Check that the file plays, or leave the setting \(setting) out."
        )
      }
    }
    try HostFiles.rename(partial, to: target)
  }

  /// Removes what nobody has needed for so long.
  private func removeOldSound() {
    let now = self.now().timeIntervalSince1970
    for name in HostFiles.names(in: soundFolder) where Self.isOwn(name) {
      let path = FilePath.joined(soundFolder, name)
      guard let facts = try? FileFacts(readable: path),
        now - Double(facts.modified) / 1e9 > Self.keptSeconds
      else { continue }
      HostFiles.discard(path)
    }
  }

  /// Whether a name is one that is given here: 64 hexadecimal digits, and what may stand behind them.
  private static func isOwn(_ name: String) -> Bool {
    let digits = name.prefix { $0.isHexDigit }
    let rest = name.dropFirst(64)
    return digits.count == 64 && (rest.hasPrefix(".mp3") || rest.hasPrefix(".channel"))
  }
}
