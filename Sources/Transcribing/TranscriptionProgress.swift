public import GeminiAPI
public import TranscriptModel

/// What a transcription is doing, told while it does it.
public enum TranscriptionProgress: Sendable {
  /// A local file is being sent to the service.
  case uploading(UploadProgress)
  /// The service prepares the file.
  case preparing
  /// The request was sent; nothing has come back yet.
  case waiting
  /// A request failed and will be sent again.
  case retrying(RetryNotice)
  /// Rows arrive: how many have come, and the time of the last one in source time, when known.
  case receiving(rows: Int, reached: Timecode?)
}

/// Gets told what a transcription is doing; called often and from any thread.
public typealias ProgressObserver = @Sendable (TranscriptionProgress) -> Void
