internal import GeminiAPI
internal import TranscriptModel

/// The media of a run: each source is brought to the service once, however many requests need it.
actor MediaPool {
  private let transcriber: Transcriber
  private var tasks: [MediaDelivery: Task<Part.Payload, any Error>] = [:]

  init(_ transcriber: Transcriber) { self.transcriber = transcriber }

  /// The media as a part of requests, uploaded and ready where needed.
  func payload(
    of delivery: MediaDelivery,
    _ observe: @escaping ProgressObserver
  ) async throws -> Part.Payload {
    // What goes within requests would fill the memory of a long run.
    switch delivery {
    case .inline, .inlineObject: return try await transcriber.payload(of: delivery, observe)
    case .nothing, .reference, .upload, .uploaded: break
    }
    let key = delivery
    let transcriber = transcriber
    let task =
      tasks[key] ?? Task { try await transcriber.payload(of: delivery, observe) }
    tasks[key] = task
    do {
      return try await withTaskCancellationHandler {
        try await task.value
      } onCancel: {
        task.cancel()
      }
    } catch {
      // The next request that needs it tries again.
      if tasks[key] == task { tasks[key] = nil }
      throw error
    }
  }
}
