import GeminiAPI
import RequestPlanning
import TabularExtraction
import Testing
import TranscriptModel

/// The catalogue compiled into the program, with what tests look up in it.
enum Catalogs {
  static func card(_ id: String) throws -> ModelCard {
    try #require(ModelCatalog.builtIn().card(id))
  }

  static func day(_ text: String) throws -> CalendarDay {
    try #require(CalendarDay(parsing: text))
  }
}

/// The library's schemas, as shapes of replies.
enum Shapes {
  static let none = OutputShape(tables: [], encoding: .json)
}

extension MediaSelection {
  /// The first seconds of a video.
  static func first(
    _ seconds: Double,
    fps: Double? = nil,
    _ resolution: MediaResolution = .unspecified,
    hasVideo: Bool = true,
    hasAudio: Bool = true
  ) -> MediaSelection {
    MediaSelection(
      range: TimeRange(
        start: .zero,
        end: Timecode(milliseconds: Int((seconds * 1000).rounded()))
      ),
      fps: fps,
      resolution: resolution,
      hasVideo: hasVideo,
      hasAudio: hasAudio
    )
  }
}
