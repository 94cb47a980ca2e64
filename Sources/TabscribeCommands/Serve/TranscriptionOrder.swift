internal import CommandLineInterface
internal import HostSystem
internal import OrderedJSON
internal import PlainText
internal import RunStore
internal import TranscriptionRuns

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// What a page asks to be transcribed, as the words of a command line say it.
struct TranscriptionOrder {
  /// The source as the command line takes it.
  let source: String
  /// The source as its page knows it: of a file that was uploaded its name alone.
  let shownSource: String
  /// The number of the upload that is the source.
  let upload: String?
  /// The most that it may cost, in US dollars; `nil` for all that is left.
  let costLimit: Decimal?
  private let options: [(name: String, value: String)]

  /// Members of an order and the options of the command line that they stand for.
  private static let settings = [
    ("prompt", "prompt"), ("model", "model"), ("start", "start"), ("end", "end"),
    ("duration", "duration"), ("mediaResolution", "media-resolution"),
  ]

  /// Reads an order.
  ///
  /// - Parameters:
  ///   - paths: Whether files of this machine may be named.
  ///   - home: What a path that begins with `~` begins with.
  /// - Throws: `CommandError`, exit code 2, for one that names nothing which may be transcribed.
  init(
    _ json: JSONValue,
    uploads: UploadShelf,
    paths: Bool,
    home: String?
  ) throws(CommandError) {
    func text(_ name: String) -> String {
      let characters = json[name]?.string ?? ""
      return characters.contains("\0") ? "" : Self.trimmed(characters)
    }
    if let number = json["upload"]?.string {
      guard let file = uploads.file(number) else {
        throw .usage("That file is not here any more.", remedy: "Choose it once more.")
      }
      (source, shownSource, upload) = (file.path, file.name, number)
    } else {
      source = try Self.source(text("source"), paths: paths, home: home)
      (shownSource, upload) = (source, nil)
    }
    var options: [(name: String, value: String)] = []
    for (member, option) in Self.settings {
      let value = text(member)
      if !value.isEmpty { options.append((option, value)) }
    }
    if let prompt = options.first(where: { $0.name == "prompt" })?.value,
      !LibraryLookup.isName(prompt)
    {
      throw .usage("\(SafeText.quoted(prompt)) is no name of a prompt.", remedy: "Choose one.")
    }
    self.options = options
    costLimit = try Self.dollars(text("costLimitUSD"))
  }

  private static func trimmed(_ text: String) -> String {
    let start = text.drop(while: \.isWhitespace)
    return String(start.reversed().drop(while: \.isWhitespace).reversed())
  }

  private static func source(
    _ text: String,
    paths: Bool,
    home: String?
  ) throws(CommandError) -> String {
    guard !text.isEmpty else {
      throw .usage("Nothing is named yet.", remedy: "Give a file or an address.")
    }
    if isAddress(text) { return text }
    guard paths else {
      throw .usage(
        "\(SafeText.quoted(text)) is no address that begins with https://.",
        remedy: "Give an address, or choose a file of your own."
      )
    }
    // As terminals and file managers copy paths.
    let path =
      text.count > 2 && text.first == text.last && ["'", "\""].contains(text.first)
      ? String(text.dropFirst().dropLast()) : text
    guard path.hasPrefix("~/"), let home else { return path }
    return home + path.dropFirst()
  }

  /// An amount of money that a page gives; `nil` for none.
  static func dollars(_ text: String) throws(CommandError) -> Decimal? {
    guard !text.isEmpty else { return nil }
    do throws(ValueProblem) {
      return try ValueReader.dollars.read(text)
    } catch {
      throw .usage(
        "The most that it may cost is \(SafeText.quoted(text)), not \(error.expected).",
        remedy: "Give an amount in US dollars."
      )
    }
  }

  private var optionWords: [String] { options.map { "--\($0.name)=\($0.value)" } }

  /// The command line that says what it would take.
  var plan: [String] { ["plan"] + optionWords + ["--", source] }

  /// The command line that does it.
  ///
  /// - Parameters:
  ///   - folder: Where results go.
  ///   - limit: The most that it may cost, in US dollars.
  func transcription(to folder: String, within limit: Decimal) -> [String] {
    ["transcribe"] + optionWords
      + ["--output-dir=\(folder)", "--cost-limit=\(limit)", "--", source]
  }

  /// Whether a command line is one that a page without the right to name files may have begun.
  ///
  /// - Parameter folder: What holds the files that it may be about, and its results.
  static func isOrder(_ words: [String], within folder: String) -> Bool {
    let names = settings.map(\.1) + ["cost-limit"]
    guard words.first == "transcribe", words.count > 2, words[words.count - 2] == "--",
      let source = words.last
    else { return false }
    return words.dropFirst().dropLast(2).allSatisfy { word in
      let isResults =
        word.hasPrefix("--output-dir=")
        && FilePath.contains(folder, FilePath.withoutDots(String(word.dropFirst(13))))
      return isResults || names.contains { word.hasPrefix("--\($0)=") }
    } && (isAddress(source) || FilePath.contains(folder, FilePath.withoutDots(source)))
  }

  /// Whether it is an address that everybody may give: what lies in buckets is read with the keys of the server.
  private static func isAddress(_ text: String) -> Bool {
    text.lowercased().hasPrefix("https://")
  }

  /// The command line that does the same by hand, as people write it.
  ///
  /// - Parameter limit: The most that it may cost, in US dollars; `nil` for no limit.
  func command(within limit: Decimal?) -> String {
    var words = ["transcribe", shownSource]
    for (name, value) in options {
      words += value.hasPrefix("-") ? ["--\(name)=\(value)"] : ["--\(name)", value]
    }
    if let limit { words += ["--cost-limit", "\(limit)"] }
    if shownSource.hasPrefix("-") { words = [words[0]] + words[2...] + ["--", words[1]] }
    return RunSummary.commandText(words)
  }
}
