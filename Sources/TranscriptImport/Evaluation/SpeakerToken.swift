/// Names of speakers in formats whose fields end at blanks.
enum SpeakerToken {
  /// The name that a token stands for, as `Ada Lindqvist` for `Ada_Lindqvist`.
  ///
  /// What numbers a voice, such as `SPEAKER_00`, is no name and stays.
  static func name(_ token: String) -> String {
    let parts = token.split(separator: "_", omittingEmptySubsequences: false)
    let areWords = parts.allSatisfy { part in
      part.contains(where: \.isLetter) && !part.contains(where: \.isNumber)
    }
    return areWords ? parts.joined(separator: " ") : token
  }
}
