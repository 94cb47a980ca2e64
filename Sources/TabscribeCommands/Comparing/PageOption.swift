internal import CommandLineInterface

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
    let folder = try OutputFolder(
      FilePath.parent(of: path),
      force: arguments[OutputOptions.force],
      in: context
    )
    let name = FilePath.name(of: path)
    try folder.checkFree([name])
    let media = transcripts.lazy.compactMap { $0.media(context) }.first
    let bytes = page(media.map { FilePath.relative($0, from: folder.path) })
    let written = try folder.write(bytes, to: name)
    context.status.message("wrote \(folder.display(written))")
  }
}
