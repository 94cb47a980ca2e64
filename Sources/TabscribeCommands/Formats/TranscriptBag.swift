internal import CommandLineInterface
internal import Digests
internal import HostSystem
internal import OrderedJSON
internal import PlainText
internal import RunStore
internal import TranscriptFormats
internal import TranscriptModel
internal import TranscriptionRuns

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// A folder of transcripts with everything that belongs to them and their checksums, as archives take
/// it: a bag.
///
/// Below `data` stand the results, the recordings when they are copied, and `provenance.json`. It is a
/// bag only when it is whole: `bagit.txt` is written last.
///
/// - Source: RFC 8493, BagIt 1.0.
struct TranscriptBag {
  /// The bag.
  let folder: OutputFolder
  /// What it holds.
  let payload: OutputFolder
  private let copiesMedia: Bool
  private let context: CommandContext
  private var transcripts: [JSONValue] = []

  /// - Throws: `CommandError` when something stands in the folder already.
  init(_ spelling: String, copiesMedia: Bool, _ context: CommandContext) throws {
    let path = context.absolutePath(spelling)
    let isTaken = HostFiles.kind(of: path).map { $0 != .folder } ?? false
    guard !isTaken, HostFiles.names(in: path).isEmpty else {
      throw CommandError(
        "\(SafeText.quoted(spelling)) is not empty, and a bundle holds nothing else.",
        remedy: "Name a folder that is new or empty.",
        details: ["path": .string(path)]
      )
    }
    var folder = try OutputFolder(spelling, force: false, in: context.workplace)
    folder.recovery = "Remove \(SafeText.quoted(spelling)) and export again."
    self.folder = folder
    payload = folder.below("data")
    self.copiesMedia = copiesMedia
    self.context = context
  }

  /// Adds what is known of where a transcript comes from, and its recording when that is asked for.
  ///
  /// - Returns: The absolute path of the recording in the bag; `nil` when it is not there.
  mutating func add(_ input: TranscriptOperand, _ options: FormatOptions) throws -> String? {
    let transcript = ExportedTranscript(input.document, options)
    let media = try copiesMedia ? copy(input) : nil
    let source = input.document.source
    var recording: JSONObject = [
      "reference": .string(source.shownURI), "kind": .string(source.kind),
    ]
    recording["file"] = media.map { .string(FilePath.name(of: $0)) }
    if case .item(let item, _, _) = input.origin {
      recording["contentHash"] = item.item.source.contentHash.map { .string($0) }
      recording["bytes"] = item.item.source.size.map { .init($0) }
    }
    transcripts.append([
      "stem": .string(FileStem.cleaned(input.stem)),
      "run": .string(input.document.run.id),
      "recording": .object(recording),
      "facts": .array(transcript.provenance.map { .string($0) }),
      "promptDigest": .string(input.document.run.promptDigest),
      "machineRows": .string(input.document.machineDigest),
      "rows": .init(transcript.segments.count),
      "complete": .bool(input.document.isComplete),
    ])
    return media
  }

  private func copy(_ input: TranscriptOperand) throws -> String? {
    guard let path = input.media(context.workplace), HostFiles.kind(of: path) == .file else {
      context.status.warning(
        "\(SafeText.line(input.spelling)): the recording is no file that is here; it is named only."
      )
      return nil
    }
    // The page and the captions keep their names; a recording may be of several transcripts.
    let target = FilePath.joined(payload.path, FilePath.name(of: path))
    if HostFiles.kind(of: target) == nil {
      try HostFiles.createFolder(payload.path)
      try Self.copy(path, to: target)
    }
    return target
  }

  /// Writes the checksums and what makes the folder a bag.
  ///
  /// Every file is read back: what the checksums say is what lies there.
  func seal() throws {
    let provenance: JSONValue = [
      "tool": .string(TabscribeProgram.tool), "transcripts": .array(transcripts),
    ]
    _ = try payload.write(provenance.renderedBytes(.pretty), to: "provenance.json")
    let files = HostFiles.names(in: payload.path)
    var manifest = ""
    var bytes = 0
    for name in files {
      let (digest, size) = try Self.digest(of: FilePath.joined(payload.path, name))
      manifest += "\(digest)  data/\(Self.encoded(name))\n"
      bytes += size
    }
    let day = context.now().formatted(.iso8601.year().month().day())
    let facts = [
      "Bag-Software-Agent: tabscribe \(TabscribeProgram.version)", "Bagging-Date: \(day)",
      "Payload-Oxum: \(bytes).\(files.count)",
    ]
    let tags = [
      ("bag-info.txt", facts.map { $0 + "\n" }.joined()), ("manifest-sha256.txt", manifest),
      ("bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"),
    ]
    var tagManifest = ""
    for (name, text) in tags.dropLast() {
      _ = try folder.write(text.utf8, to: name)
      tagManifest +=
        "\(try Self.digest(of: FilePath.joined(folder.path, name)).digest)  \(name)\n"
    }
    _ = try folder.write(tagManifest.utf8, to: "tagmanifest-sha256.txt")
    _ = try folder.write(tags[2].1.utf8, to: tags[2].0)
  }

  /// Copies a file to a name that is not taken, all of it or nothing.
  private static func copy(_ path: String, to target: String) throws {
    let part = target + ".part"
    defer { HostFiles.discard(part) }
    let copy = try OpenFile(part, for: .making)
    try OpenFile(path).forEachPiece { piece in
      try copy.write(piece)
    }
    try HostFiles.settle(part, as: target)
  }

  /// The SHA-256 of a file in hexadecimal, and its size in bytes.
  static func digest(of path: String) throws -> (digest: String, size: Int) {
    let digest = SHA256()
    var size = 0
    try OpenFile(path).forEachPiece { piece in
      digest.update(piece)
      size += piece.count
    }
    return (SHA256.hexadecimal(digest.finalize()), size)
  }

  /// A path as manifests have it: what would end a line, and the sign for that, as numbers.
  private static func encoded(_ name: String) -> String {
    name.replacing("%", with: "%25").replacing("\n", with: "%0A").replacing("\r", with: "%0D")
  }
}
