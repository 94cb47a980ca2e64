internal import CommandLineInterface
internal import HostSystem
internal import TranscriptionRuns

/// `--html`: a page with two transcripts beside each other.
enum PageOption {
  static let html = ValueOption(
    "html",
    .file(),
    help: "write a page with both beside each other, to read and play"
  )
  static let group = OptionGroup("Results", [html, OutputOptions.force])

  /// Writes the page where the arguments want one.
  ///
  /// - Parameters:
  ///   - transcripts: Whose media the page plays: the first that has any on this machine.
  ///   - page: The page, given the way from its folder to the media.
  static func write(
    _ arguments: ParsedArguments,
    showing transcripts: [TranscriptOperand],
    _ context: CommandContext,
    page: (_ media: String?) -> [UInt8]
  ) throws {
    guard let path = arguments[html] else { return }
    try write(to: path, arguments, context) { folder in
      let media = transcripts.lazy.compactMap { $0.media(context.workplace) }.first
      return page(media.map { FilePath.relative($0, from: folder.path) })
    }
  }

  /// Writes a page to a path, and says so.
  ///
  /// - Parameter page: The page, given the folder that it lies in.
  static func write(
    to path: String,
    _ arguments: ParsedArguments,
    _ context: CommandContext,
    page: (_ folder: OutputFolder) throws -> [UInt8]
  ) throws {
    let folder = try OutputFolder(
      FilePath.parent(of: path),
      force: arguments[OutputOptions.force],
      elsewhere: "another file with --html",
      in: context.workplace
    )
    let name = FilePath.name(of: path)
    try folder.checkFree([name])
    let written = try folder.write(page(folder), to: name)
    context.status.message("wrote \(folder.display(written))")
  }
}
