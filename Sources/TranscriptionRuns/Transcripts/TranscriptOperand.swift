package import HTMLReports
internal import HostSystem
package import OrderedJSON
internal import PlainText
package import RunStore
package import TranscriptModel

/// A finished transcript named on the command line: a file, or an item of a run.
package struct TranscriptOperand {
  /// Where a transcript stands.
  package enum Origin {
    /// In a file, which may have members that this version does not know.
    case file(path: String, bytes: [UInt8])
    /// In the run store.
    case item(StoredItem, RunStore, workingFolder: String)
  }

  /// What is read at most; a transcript of 60,000 rows takes about 20 MB.
  private static let limit = 1 << 30

  /// How the user named it, for messages.
  package let spelling: String
  /// The name that files made from it share, without their ending.
  package let stem: String
  package let document: TranscriptDocument
  package let origin: Origin

  /// A transcript.
  package init(spelling: String, stem: String, document: TranscriptDocument, origin: Origin) {
    (self.spelling, self.stem) = (spelling, stem)
    (self.document, self.origin) = (document, origin)
  }

  /// Finds and reads the transcript of a file.
  package static func file(_ text: String, _ place: Workplace) throws -> TranscriptOperand {
    let path = place.absolutePath(text)
    let bytes = try bytes(at: path)
    let name = FilePath.name(of: path)
    do {
      return .init(
        spelling: text,
        stem: name.hasSuffix(".json") ? String(name.dropLast(5)) : name,
        document: try TranscriptDocument(parsing: bytes),
        origin: .file(path: path, bytes: bytes)
      )
    } catch let error as TranscriptDocumentError {
      throw notATranscript(text, path, bytes, error)
    } catch let error as JSONSyntaxError {
      throw notJSON(text, path, error)
    }
  }

  private static func notATranscript(
    _ text: String,
    _ path: String,
    _ bytes: [UInt8],
    _ error: TranscriptDocumentError
  ) -> Refusal {
    let isCorrections = (try? JSONValue(parsing: bytes))?["tabscribeCorrections"] != nil
    return Refusal(
      isCorrections
        ? "\(SafeText.quoted(text)) is a file of corrections, not a transcript."
        : "\(SafeText.quoted(text)) is not a transcript: \(SafeText.line("\(error)")).",
      remedy: isCorrections
        ? "tabscribe correct apply takes the corrections first and the transcript second."
        : "Give a file that tabscribe transcribe wrote with the setting format json; tabscribe import takes in those "
          + "of other programs.",
      details: ["path": .string(path)]
    )
  }

  private static func notJSON(
    _ text: String,
    _ path: String,
    _ error: JSONSyntaxError
  ) -> Refusal {
    Refusal(
      "\(SafeText.quoted(text)) is not JSON: \(error.description).",
      remedy:
        "Check that this is the file you mean; tabscribe import takes in transcripts of other programs.",
      details: ["path": .string(path)]
    )
  }

  /// The bytes of a transcript's file.
  package static func bytes(at path: String) throws -> [UInt8] {
    try HostFiles.read(path, limit: limit)
  }

  /// Reads a file of JSON, and says which file it was that could not be read.
  package static func json(_ text: String, at path: String) throws -> JSONValue {
    let bytes = try bytes(at: path)
    do throws(JSONSyntaxError) {
      return try JSONValue(parsing: bytes)
    } catch {
      throw notJSON(text, path, error)
    }
  }

  /// The folder that results go to unless told otherwise: a file's own, else the working folder.
  package var folderSpelling: String {
    if case .file = origin { FilePath.parent(of: spelling) } else { "." }
  }

  /// What was sent for it and what came back, when the run store has that.
  package var request: RequestRecord? {
    get throws {
      guard case .item(let item, let store, _) = origin else { return nil }
      return try RequestRecord(item, in: store)
    }
  }

  /// The absolute path of the media, when it is a local file.
  ///
  /// A run knows the folder it worked in. A file has the path that was typed, seen from a folder it
  /// does not know: so the media are looked for from the working folder, then from the transcript's,
  /// then beside it; where none is there, the second is taken, and the report says what it would
  /// play.
  package func media(_ place: Workplace) -> String? {
    guard document.source.kind == "file" else { return nil }
    let uri = document.source.uri
    switch origin {
    case .item(_, _, let folder): return FilePath.joined(folder, uri)
    case .file(let path, _):
      let folder = FilePath.parent(of: path)
      let beside = FilePath.joined(folder, FilePath.name(of: uri))
      let candidates = [place.absolutePath(uri), FilePath.joined(folder, uri), beside]
      return candidates.first { HostFiles.kind(of: $0) == .file } ?? candidates[1]
    }
  }
}
