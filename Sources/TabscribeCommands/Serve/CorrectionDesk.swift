internal import CommandLineInterface
internal import LoopbackHTTP
internal import OrderedJSON
internal import PlainText
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
  ///
  /// - Parameter user: Who does that; `nil` where nobody is told from another.
  func reply(
    to request: IncomingRequest,
    for item: Int64?,
    by user: String?
  ) throws -> HTTPReply {
    guard !request.isBodyCut else {
      return Self.failure(413, "That is more than \(Self.limit >> 20) MiB of corrections.")
    }
    guard !store.isReadOnly else { return Self.failure(403, "The run store cannot be changed.") }
    return request.head.method == "DELETE"
      ? try takeBack(request, from: item, by: user) : try save(request, for: item, by: user)
  }

  /// Takes the corrections out whose ids the request lists; a user's own alone.
  private func takeBack(
    _ request: IncomingRequest,
    from item: Int64?,
    by user: String?
  ) throws -> HTTPReply {
    let json = try? JSONValue(parsing: request.body)
    guard let ids = json?["ids"]?.array?.compactMap(\.string), !ids.isEmpty else {
      return Self.failure(400, "This is not a list of corrections.")
    }
    do {
      let left = try item.flatMap { item in
        try store.changeCorrections(of: item) { document in
          if let user { try Self.checkAuthor(of: ids, in: document, is: user) }
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

  private static func checkAuthor(
    of ids: [String],
    in document: TranscriptDocument,
    is user: String
  ) throws(CommandError) {
    for position in try document.positions(ofCorrections: ids) {
      let author = document.corrections[position]["by"]?.string
      guard author != user else { continue }
      throw CommandError(
        "That correction is by \(author.map { SafeText.quoted($0) } ?? "somebody unknown").",
        remedy: "Correct the row once more instead: what they did stays known."
      )
    }
  }

  /// Applies what fits, and answers with what became of each.
  private func save(
    _ request: IncomingRequest,
    for item: Int64?,
    by user: String?
  ) throws -> HTTPReply {
    let (file, seen): (CorrectionsFile, Set<String>?)
    do {
      let json = try JSONValue(parsing: request.body)
      file = try CorrectionsFile(json: json)
      // Where several people correct, who says nothing has seen nothing.
      seen =
        json["seen"]?.array.map { Set($0.compactMap(\.string)) } ?? (user == nil ? nil : [])
    } catch {
      return Self.failure(400, "This is not a file of corrections: \(error).")
    }
    guard let item,
      let answer = try store.changeCorrections(
        of: item,
        { Self.add(file, seen, to: &$0, by: user) }
      )
    else { return Self.failure(404, "There is no such transcript.") }
    return answer
  }

  /// - Parameter seen: The ids of the corrections that the page had; `nil` where it does not say.
  private static func add(
    _ file: CorrectionsFile,
    _ seen: Set<String>?,
    to document: inout TranscriptDocument,
    by user: String?
  ) -> HTTPReply {
    guard file.isMade(for: document) else {
      return failure(409, "The corrections are for another video.")
    }
    // Whoever a page claims to be does not count.
    let signed = file.corrections.map { $0.signed(by: user) }
    let unseen = seen.map { seen in
      UnseenCorrections(
        in: document.corrections,
        besides: seen.union(signed.compactMap { $0["id"]?.string })
      )
    }
    var problems: [CorrectionProblem] = []
    var kept: [(index: Int, correction: JSONValue)] = []
    for (index, correction) in signed.enumerated() {
      if let problem = unseen?.problem(of: correction, index: index) {
        problems.append(problem)
      } else {
        kept.append((index, correction))
      }
    }
    let addition = document.add(kept.map(\.correction))
    problems += addition.problems.map {
      CorrectionProblem(index: kept[$0.index].index, id: $0.id, $0.code, $0.message)
    }
    let answer: JSONValue = [
      "applied": .array(addition.added.map { .string($0) }),
      "alreadyThere": .init(addition.knownCount),
      "problems": .array(problems.sorted { $0.index < $1.index }.map(CorrectionText.json)),
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
