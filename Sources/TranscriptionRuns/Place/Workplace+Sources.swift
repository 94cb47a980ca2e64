package import GeminiAPI
internal import PlainText
package import RequestPlanning
internal import TranscriptModel

extension Workplace {
  /// The source that the user typed; a relative path begins at the working folder.
  package func videoSource(_ text: String) throws -> VideoSource {
    let source = try VideoSource(parsing: text)
    guard case .localFile(let path) = source else { return source }
    return .localFile(absolutePath(path))
  }

  /// What the user typed, when it is a path; addresses are shown in their usual form.
  package func shownPath(_ text: String) throws -> String? {
    if case .localFile(let path) = try VideoSource(parsing: text) { path } else { nil }
  }

  /// An address that asks its player to begin somewhere does not make a clip, which somebody may
  /// think.
  package func sayStart(of spelling: String, _ settings: RequestSettings) {
    guard settings.start == nil, let second = VideoSource.startAsked(in: spelling) else { return }
    let time = Timecode(milliseconds: second * 1000).rendered
    notices.message(
      "\(SafeText.line(spelling)) begins at \(time) in a player; all of it is meant here. "
        + "Give the setting start as \(time) to begin there."
    )
  }

  /// What results call a source.
  ///
  /// - Throws: As ``videoSource(_:)``.
  package func shownSource(_ spelling: String) throws -> String {
    try shownPath(spelling) ?? videoSource(spelling).description
  }
}
