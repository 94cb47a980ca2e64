internal import HostSystem
package import OrderedJSON
internal import Redacting

/// What an emulator was asked, and how it answered; holds no keys.
package final class RequestLog: Sendable {
  /// One request.
  package struct Entry: Hashable, Sendable {
    /// The place in order of completion, from 0.
    package let index: Int
    /// The method.
    package let method: String
    /// The path without the query.
    package let path: String
    /// The status answered; 0 when the connection was closed instead.
    package let status: Int
    /// The model asked, where one was.
    package let model: String?
    /// The digest of the model and the request's body, for generations.
    package let digest: String?
    /// Whether a complete generation was answered: one that the service would bill.
    package let isAnsweredGeneration: Bool
    /// The name of the fault that was played.
    package let fault: String?
  }

  private struct State {
    var entries: [Entry] = []
    var count = 0
    var answered: [String: Int] = [:]
    var batchFaults: [String: Int] = [:]
  }

  /// Entries kept; later ones are counted only.
  package static let capacity = 100_000

  private let state = Lock(State())
  private let file: Lock<OpenFile?>

  /// A log that may also write to a file, one line of JSON for each entry.
  init(path: String?) {
    file = Lock(path.flatMap { try? OpenFile($0, for: .appending) })
  }

  /// The entries, oldest first.
  package var entries: [Entry] { state.withLock { $0.entries } }

  /// The number of requests.
  package var count: Int { state.withLock { $0.count } }

  /// How often each prompt was answered in full, by digest.
  package var answeredGenerations: [String: Int] { state.withLock { $0.answered } }

  /// How many generations were answered in full.
  package var answeredGenerationCount: Int {
    state.withLock { $0.answered.values.reduce(0, +) }
  }

  /// How often each fault struck a batch as a whole, by name.
  package var batchFaults: [String: Int] { state.withLock { $0.batchFaults } }

  func note(fault: String) {
    state.withLock { $0.batchFaults[fault, default: 0] += 1 }
  }

  func record(_ call: CallRecord, status: Int) {
    let entry = state.withLock { state in
      let entry = Entry(
        index: state.count,
        method: call.method,
        path: Redaction.withoutCredentials(call.path),
        status: status,
        model: call.model,
        digest: call.digest,
        isAnsweredGeneration: call.isAnswered,
        fault: call.fault
      )
      state.count += 1
      if state.entries.count < Self.capacity { state.entries.append(entry) }
      if call.isAnswered { state.answered[call.digest ?? "", default: 0] += 1 }
      return entry
    }
    file.withLock { try? $0?.write(Array((entry.json.rendered() + "\n").utf8)[...]) }
  }
}

/// What is noted of a request while it is being answered.
struct CallRecord: Sendable {
  let method: String
  let path: String
  var model: String?
  var digest: String?
  var isAnswered = false
  var fault: String?
}

extension RequestLog.Entry {
  /// The entry as an object.
  package var json: JSONValue {
    var object: JSONObject = [
      "index": JSONValue(index), "method": JSONValue(method), "path": JSONValue(path),
      "status": JSONValue(status),
    ]
    object["model"] = model.map { JSONValue($0) }
    object["digest"] = digest.map { JSONValue($0) }
    if isAnsweredGeneration { object["answered"] = true }
    object["fault"] = fault.map { JSONValue($0) }
    return .object(object)
  }
}
