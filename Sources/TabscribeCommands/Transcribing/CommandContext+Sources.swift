internal import CommandLineInterface
internal import GeminiAPI
internal import RequestPlanning
internal import TranscriptModel

extension CommandContext {
  /// The source that the user typed; a relative path begins at the working folder.
  func videoSource(_ text: String) throws -> VideoSource {
    let source = try VideoSource(parsing: text)
    guard case .localFile(let path) = source else { return source }
    return .localFile(absolutePath(path))
  }

  /// What the user typed, when it is a path; addresses are shown in their usual form.
  func shownPath(_ text: String) throws -> String? {
    if case .localFile(let path) = try VideoSource(parsing: text) { path } else { nil }
  }

  /// An address that asks its player to begin somewhere does not make a clip, which somebody may
  /// think.
  func sayStart(of spelling: String, _ settings: RequestSettings) {
    guard settings.start == nil, let second = VideoSource.startAsked(in: spelling) else { return }
    let time = Timecode(milliseconds: second * 1000).rendered
    status.message(
      "\(SafeText.line(spelling)) begins at \(time) in a player; all of it is meant here. "
        + "Give --start \(time) to begin there."
    )
  }

  /// What results call a source.
  ///
  /// - Throws: As ``videoSource(_:)``.
  func shownSource(_ spelling: String) throws -> String {
    try shownPath(spelling) ?? videoSource(spelling).description
  }
}
