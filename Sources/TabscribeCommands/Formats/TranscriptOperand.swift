internal import CommandLineInterface
internal import OrderedJSON
internal import TranscriptModel

/// A finished transcript named on the command line.
struct TranscriptOperand {
  /// What is read at most; a transcript of 60,000 rows takes about 20 MB.
  private static let limit = 1 << 30

  /// How the user named it, for messages.
  let spelling: String
  /// The absolute path of its file.
  let path: String
  let document: TranscriptDocument
  /// The contents of the file, with members that this version does not know.
  let bytes: [UInt8]
  let json: JSONValue

  static let reader = ValueReader<String>.file("TRANSCRIPT")

  /// Finds and reads a transcript; the one place that knows what may name one.
  static func resolved(_ text: String, _ context: CommandContext) throws -> TranscriptOperand {
    let path = context.absolutePath(text)
    let (bytes, json) = try read(text, at: path)
    do throws(TranscriptDocumentError) {
      let document = try TranscriptDocument(json: json)
      return .init(spelling: text, path: path, document: document, bytes: bytes, json: json)
    } catch {
      throw notATranscript(text, path, json, error)
    }
  }

  private static func notATranscript(
    _ text: String,
    _ path: String,
    _ json: JSONValue,
    _ error: TranscriptDocumentError
  ) -> CommandError {
    let isCorrections = json["tabscribeCorrections"] != nil
    return CommandError(
      isCorrections
        ? "\(SafeText.quoted(text)) is a file of corrections, not a transcript."
        : "\(SafeText.quoted(text)) is not a transcript: \(SafeText.line("\(error)")).",
      remedy: isCorrections
        ? "tabscribe correct apply takes the corrections first and the transcript second."
        : "Give a file that tabscribe transcribe wrote with --format json.",
      details: ["path": .string(path)]
    )
  }

  /// Reads a file of JSON, and says which file it was that could not be read.
  static func read(_ text: String, at path: String) throws -> (bytes: [UInt8], json: JSONValue) {
    let bytes = try HostFiles.read(path, limit: limit)
    do throws(JSONSyntaxError) {
      return (bytes, try JSONValue(parsing: bytes))
    } catch {
      throw CommandError(
        "\(SafeText.quoted(text)) is not JSON: \(error.description).",
        remedy: "Check that this is the file you mean.",
        details: ["path": .string(path)]
      )
    }
  }

  /// The name of the file without its ending, which files made from it share.
  var stem: String {
    let name = FilePath.name(of: path)
    return name.hasSuffix(".json") ? String(name.dropLast(5)) : name
  }

  /// The folder that the file is in.
  var folder: String { FilePath.parent(of: path) }

  /// The absolute path of the media, when it is a local file.
  ///
  /// The transcript has the path that was typed, seen from a folder it does not know. So the file
  /// is looked for from the working folder, then from the transcript's, then beside it; where none
  /// is there, the second is taken, and the report says what it would play.
  func media(_ context: CommandContext) -> String? {
    guard document.source.kind == "file" else { return nil }
    let uri = document.source.uri
    let beside = FilePath.joined(folder, FilePath.name(of: uri))
    let candidates = [context.absolutePath(uri), FilePath.joined(folder, uri), beside]
    return candidates.first { HostFiles.kind(of: $0) == .file } ?? candidates[1]
  }
}
