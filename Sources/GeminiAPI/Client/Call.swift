/// One operation: its options, when it has to end, and how often it has been tried.
struct Call {
  let options: CallOptions
  /// The model whose quota counts; `nil` for everything but generation and counting.
  let model: String?
  private let timing: ClientTiming
  private let end: Duration?
  /// How many times the current request has been sent.
  var attempts = 0
  /// When the current request was sent for the first time.
  private var began: Duration

  init(_ options: CallOptions, timing: ClientTiming, model: String? = nil) {
    self.options = options
    self.timing = timing
    self.model = model
    began = timing.now()
    end = options.deadline.map { timing.now() + $0 }
  }

  /// Another request follows, whose failures are counted anew.
  mutating func beginRequest() {
    attempts = 0
    began = timing.now()
  }

  /// How long ago the current request was sent for the first time.
  var timeSpent: Duration { timing.now() - began }

  /// The time left; `nil` when there is no deadline.
  var remaining: Duration? { end.map { $0 - timing.now() } }

  /// - Throws: ``GeminiError`` when no time is left.
  func checkDeadline(_ request: HTTPRequest) throws {
    guard let remaining, remaining <= .zero else { return }
    throw Self.outOfTime(request)
  }

  static func outOfTime(_ request: HTTPRequest) -> GeminiError {
    GeminiError(
      .timedOut,
      "the time set for the request was over before it was answered",
      request: request.description,
      remedy: "allow more time, or try again"
    )
  }
}
