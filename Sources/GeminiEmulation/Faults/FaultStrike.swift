internal import LoopbackHTTP
internal import OrderedJSON

/// Where in the course of a request a fault strikes, and how.
enum FaultStrike: Sendable {
  /// An error of the service in place of the answer; made for a model.
  case error(@Sendable (Fault, _ model: String) -> ServiceError)
  /// What something between client and service answers.
  case page(@Sendable (Fault) -> HTTPReply)
  /// No answer until the client leaves.
  case hang
  /// What the model writes.
  case answer(AnswerDamage)
  /// Members of the response.
  case response(@Sendable (JSONValue) -> JSONValue)
  /// The way of the answer to the client.
  case transfer(TransferDamage)
  /// The connection during an upload.
  case upload
  /// A batch as a whole.
  case batch(BatchDamage)

  /// What a model does not write as it should.
  enum AnswerDamage: Sendable {
    /// It stops inside a row, with a finish reason.
    case cut(String)
    /// It repeats a row.
    case loop
    /// It writes nothing, with the reason for which the prompt was blocked.
    case block(String)
    /// It writes nothing and does not say why.
    case silence
  }

  /// What a batch does not do as it should.
  enum BatchDamage: Sendable {
    case hidesLabels
    case fails
  }

  /// The operations that it can only strike; `nil` for those that strike generations.
  var ownOperations: Set<Scenario.Operation>? {
    switch self {
    case .upload: [.upload]
    case .batch: [.batchJobs]
    default: nil
    }
  }
}

extension Fault {
  /// The answer that takes the place of the real one, for faults that need nothing of it.
  func replyInstead(model: String) -> HTTPReply? {
    if case .page(let page) = kind.strike { return page(self) }
    return error(model: model)?.reply
  }

  /// The error that takes the place of an answer.
  func error(model: String) -> ServiceError? {
    if case .error(let error) = kind.strike { error(self, model) } else { nil }
  }

  /// What the model does not write as it should.
  var answerDamage: FaultStrike.AnswerDamage? {
    if case .answer(let damage) = kind.strike { damage } else { nil }
  }

  /// What happens to an answer on its way.
  var transferDamage: TransferDamage? {
    if case .transfer(let damage) = kind.strike { damage } else { nil }
  }

  /// What a batch does not do as it should.
  var batchDamage: FaultStrike.BatchDamage? {
    if case .batch(let damage) = kind.strike { damage } else { nil }
  }

  /// Whether nothing is answered until the client leaves.
  var hangs: Bool { if case .hang = kind.strike { true } else { false } }

  /// Whether the connection breaks during an upload.
  var breaksUpload: Bool { if case .upload = kind.strike { true } else { false } }
}

extension Fault? {
  /// A response with the members that some faults change.
  func damaged(_ response: JSONValue) -> JSONValue {
    if case .response(let change) = self?.kind.strike { change(response) } else { response }
  }
}
