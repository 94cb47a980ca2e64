internal import CommandLineInterface
internal import LoopbackHTTP
internal import OrderedJSON
internal import RunStore
internal import TranscriptModel

/// Takes corrections that a served report sends, puts those that apply into the store, and takes them
/// back when it asks for that.
final class CorrectionDesk: Sendable {
  /// The most bytes of a file of corrections.
  static let limit = 4 << 20

  private let store: RunStore

  init(store: RunStore) { self.store = store }

  /// Answers with what became of the corrections that a request adds or takes back.
  func reply(to request: IncomingRequest, for item: Int64?) throws -> HTTPReply {
    guard !request.isBodyCut else {
      return Self.failure(413, "That is more than \(Self.limit >> 20) MiB of corrections.")
    }
    guard !store.isReadOnly else { return Self.failure(403, "The run store cannot be changed.") }
    return request.head.method == "DELETE"
      ? try takeBack(request, from: item) : try save(request, for: item)
  }

  /// Takes the corrections out whose ids the request lists.
  private func takeBack(_ request: IncomingRequest, from item: Int64?) throws -> HTTPReply {
    let json = try? JSONValue(parsing: request.body)
    guard let ids = json?["ids"]?.array?.compactMap(\.string), !ids.isEmpty else {
      return Self.failure(400, "This is not a list of corrections.")
    }
    do {
      let left = try item.flatMap { item in
        try store.changeCorrections(of: item) { document in
          document = try document.takingBack(ids)
          return document.corrections
        }
      }
      guard let left else { return Self.failure(404, "There is no such transcript.") }
      return .json(["corrections": .array(left)])
    } catch let error as CommandError {
      return Self.failure(409, "\(error.message) \(error.remedy)")
    }
  }

  /// Applies what fits, and answers with what became of each.
  private func save(_ request: IncomingRequest, for item: Int64?) throws -> HTTPReply {
    let file: CorrectionsFile
    do {
      file = try CorrectionsFile(json: JSONValue(parsing: request.body))
    } catch {
      return Self.failure(400, "This is not a file of corrections: \(error).")
    }
    guard let item, let answer = try store.changeCorrections(of: item, { Self.add(file, to: &$0) })
    else { return Self.failure(404, "There is no such transcript.") }
    return answer
  }

  private static func add(
    _ file: CorrectionsFile,
    to document: inout TranscriptDocument
  ) -> HTTPReply {
    guard file.isMade(for: document) else {
      return failure(409, "The corrections are for another video.")
    }
    let addition = document.add(file.corrections)
    let answer: JSONValue = [
      "applied": .array(addition.added.map { .string($0) }),
      "alreadyThere": .init(addition.knownCount),
      "problems": .array(addition.problems.map(CorrectionText.json)),
      "corrections": .array(document.corrections),
    ]
    return .json(answer)
  }

  private static func failure(_ status: Int, _ message: String) -> HTTPReply {
    .json(["error": .string(message)], status: status)
  }
}

extension CorrectionsFile {
  /// Whether the corrections are for the rows of a document, or at least for its source.
  ///
  /// Corrections of another video fit here and there by chance; those of another run may be meant.
  func isMade(for document: TranscriptDocument) -> Bool {
    machineDigest == document.machineDigest || sourceStem == document.source.stem
      || sourceURI == document.source.uri
  }
}
