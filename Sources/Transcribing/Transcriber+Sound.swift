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

  /// The sound that is sent in place of a video; `nil` where the source goes as it is.
  ///
  /// - Throws: ``TranscriptionError`` where the sound alone is asked for and cannot be had.
  func sound(
    of video: VideoSource,
    shownAs name: String,
    _ facts: MediaFacts?,
    _ settings: RequestSettings
  ) async throws -> VideoSource? {
    guard settings.audioOnly else { return nil }
    guard case .localFile(let path) = video else {
      throw TranscriptionError(
        .invalidSettings,
        "\(name) is no file here, so its sound cannot be taken out.",
        remedy:
          "Leave the setting audioOnly out; the setting layers can ask the service for the sound."
      )
    }
    if let facts, facts.video == nil { return nil }
    guard facts?.hasAudio ?? true else {
      throw TranscriptionError(
        .invalidSource,
        "\(name) has no sound.",
        remedy: "Leave the setting audioOnly out."
      )
    }
    let key = try SHA256.hexadecimal(of: LocalFile(path: path).fingerprint())
    let target = FilePath.joined(soundFolder, key + ".mp3")
    if HostFiles.kind(of: target) != .file { try await write(path, to: target, shownAs: name) }
    return .localFile(target)
  }

  private func write(_ path: String, to target: String, shownAs name: String) async throws {
    try HostFiles.createFolder(soundFolder, for: .user)
    removeOldSound()
    let partial = "\(target).\(HostProcess.current.number).part"
    defer { HostFiles.discard(partial) }
    do throws(SoundTrack.Failure) {
      try await SoundTrack().write(of: path, to: partial)
    } catch {
      switch error {
      case .converterMissing:
        throw TranscriptionError(
          .invalidSettings,
          "FFmpeg is missing, which takes the sound out of \(name).",
          remedy: "Install FFmpeg, or leave the setting audioOnly out."
        )
      case .failed(let complaint):
        throw TranscriptionError(
          .invalidSource,
          "The sound of \(name) cannot be taken out: \(complaint).",
          remedy: "Check that the file plays, or leave the setting audioOnly out."
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
    return digits.count == 64 && name.dropFirst(64).hasPrefix(".mp3")
  }
}
