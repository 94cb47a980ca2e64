internal import HTMLReports
internal import HostSystem
internal import OrderedJSON
package import RunStore
internal import TranscriptFormats
package import TranscriptModel

/// The results of work that earlier runs have done, where they are asked for.
///
/// A file counts as the result only when it holds it. Where another result of ours stands, which the
/// store has as well, it is replaced; what is of somebody else is left alone.
package struct KeptResults {
  /// The most bytes of a file that is looked into; a report of a day of talk has far fewer.
  private static let largest = 1 << 30

  package let writer: ResultWriter
  package let store: RunStore
  package let place: Workplace

  /// The files of a result.
  package struct Files {
    /// The absolute paths of all of them.
    package let paths: [String]
    /// Those that were written just now.
    package let written: [String]
  }

  /// Makes sure that the result of an item lies in the folder, and says where.
  ///
  /// - Parameters:
  ///   - document: The result, with the source as it is named now.
  ///   - item: The item.
  ///   - stem: What its files are called.
  /// - Throws: `Refusal` when a name is taken by something that the store does not have.
  package func place(
    _ document: TranscriptDocument,
    of item: StoredItem,
    stem: String
  ) async throws -> Files {
    let media = writer.folder.way(to: place.mediaPath(of: document), of: document.source)
    var folder = writer.folder
    var (missing, taken): ([(name: String, bytes: [UInt8])], [String]) = ([], [])
    lazy var exported = ExportedTranscript(document, writer.options)
    for (format, name) in zip(writer.formats, writer.names(stem: stem)) {
      let path = FilePath.joined(folder.path, name)
      let state = try await state(of: path, format, as: item, document)
      guard state != .there else { continue }
      let bytes = ResultWriter.bytes(
        of: document,
        exported: exported,
        format,
        writer.options,
        mediaPath: media,
        // The report is worth having without it.
        request: format == .html ? try? RequestRecord(item, in: store) : nil
      )
      if state == .foreign, await folder.contents(of: path, limit: Self.largest) == bytes {
        continue
      }
      if state == .foreign, !folder.isForced { taken.append(name) }
      missing.append((name, bytes))
      for file in writer.companions(of: exported, format, stem: stem) {
        let path = FilePath.joined(folder.path, file.name)
        let found =
          try await folder.isThere(path)
          ? await folder.contents(of: path, limit: Self.largest) : file.bytes
        if found != file.bytes, try store.item(writtenTo: path) == nil, !folder.isForced {
          taken.append(file.name)
        }
        missing.append(file)
      }
    }
    guard taken.isEmpty else { throw refusal(taken, item) }
    // What stands there is known to be in the store.
    folder.isForced = true
    var written: [String] = []
    for (name, bytes) in missing {
      written.append(FilePath.joined(folder.path, try await folder.put(bytes, to: name)))
    }
    try store.addFiles(written, of: item.id)
    let paths = writer.names(stem: stem).map { FilePath.joined(folder.path, $0) }
    return Files(paths: paths, written: written)
  }

  private enum State {
    /// The result is there.
    case there
    /// Nothing is, or a result that the store has.
    case free
    /// Something is that the store does not know.
    case foreign
  }

  private func state(
    of path: String,
    _ format: ResultFormat,
    as item: StoredItem,
    _ document: TranscriptDocument
  ) async throws -> State {
    guard try await writer.folder.isThere(path) else { return .free }
    guard let owner = try store.item(writtenTo: path) else {
      // Moved or copied there: reports and documents tell whose they are.
      return await names(path, format, run: document.run.id) ? .there : .foreign
    }
    let isSame = owner.item.identity == item.item.identity && owner.status == .complete
    guard owner.id != item.id, !isSame else {
      let run = try owner.id == item.id ? document : store.document(of: owner.id)
      guard await names(path, format, run: run?.run.id ?? "") else { return .foreign }
      return .there
    }
    return .free
  }

  /// Whether a document or report is of a run; other formats do not tell, so that they are.
  private func names(_ path: String, _ format: ResultFormat, run: String) async -> Bool {
    guard format.namesRun else { return true }
    return await Self.holds(path, "\"\(run)\"", in: writer.folder)
  }

  /// Whether there is a file that has some words in it.
  package static func holds(
    _ path: String,
    _ words: String,
    in folder: OutputFolder
  ) async -> Bool {
    guard let bytes = await folder.contents(of: path, limit: largest) else { return false }
    return ByteSearch(Array(words.utf8)).isIn(bytes)
  }

  private func refusal(_ names: [String], _ item: StoredItem) -> Refusal {
    let list = names.map { writer.folder.display($0) }.joined(separator: ", ")
    return Refusal(
      "\(list) \(names.count == 1 ? "exists" : "exist") already and \(names.count == 1 ? "is" : "are") "
        + "not the result of run \(item.reference).",
      remedy: "Give another setting outputDir, or move what is there away; nothing was sent.",
      details: ["paths": .array(names.map { .string(FilePath.joined(writer.folder.path, $0)) })]
    )
  }
}
