/// Media types that the service takes.
enum MIMETypes {
  private static let video: Set = [
    "mp4", "mpeg", "mov", "avi", "x-flv", "mpg", "webm", "wmv", "3gpp", "quicktime", "mpegs",
    "x-matroska", "*",
  ]
  private static let audio: Set = [
    "wav", "mp3", "aiff", "aac", "ogg", "flac", "mpeg", "m4a", "l16", "opus", "alaw", "mulaw",
    "webm", "x-wav", "mp4", "x-m4a",
  ]
  private static let image: Set = ["png", "jpeg", "webp", "heic", "heif", "gif", "bmp", "avif"]

  /// Whether a prompt may hold media of a type.
  static func isSupported(_ type: String) -> Bool {
    let parts = type.lowercased().split(separator: ";")[0].split(separator: "/")
    guard parts.count == 2 else { return false }
    let subtype = String(parts[1]).trimmingSpaces
    switch parts[0] {
    case "video": return video.contains(subtype)
    case "audio": return audio.contains(subtype)
    case "image": return image.contains(subtype)
    case "text": return true
    case "application": return ["pdf", "json", "x-subrip", "jsonl"].contains(subtype)
    default: return false
    }
  }

  /// Length and streams that a type stands for, with a length given for timed media.
  static func facts(of type: String, durationMS: Int) -> EmulatedMedia {
    if type.hasPrefix("video/") { return EmulatedMedia(durationMS: durationMS) }
    if type.hasPrefix("audio/") { return EmulatedMedia(durationMS: durationMS, hasVideo: false) }
    return EmulatedMedia(durationMS: 0, hasVideo: false, hasAudio: false)
  }
}

extension String {
  var trimmingSpaces: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
