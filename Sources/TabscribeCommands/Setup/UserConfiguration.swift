internal import CommandLineInterface
internal import HostSystem
internal import OrderedJSON
internal import PlainText

/// The user's own defaults: a JSON object with long option names as keys.
///
/// A value is a text or a number, or a list of these for an option that may be repeated.
struct UserConfiguration {
  /// The absolute path of the file, whether it exists or not.
  let path: String
  /// The texts given for each option.
  let values: [String: [String]]
  /// Whether there is such a file.
  let isPresent: Bool

  /// Reads `config.json` in a folder; a missing file is an empty one.
  ///
  /// - Throws: `CommandError`, exit code 2.
  init(folder: String, program: Program) throws(CommandError) {
    path = FilePath.joined(folder, "config.json")
    let bytes: [UInt8]
    do throws(SystemFailure) {
      bytes = try HostFiles.read(path)
    } catch {
      guard error.isMissing else {
        throw Self.problem(path, "cannot be read: \(error.reason)")
      }
      values = [:]
      isPresent = false
      return
    }
    isPresent = true
    values = try Self.values(String(decoding: bytes, as: UTF8.self), path, program)
  }

  private static func values(
    _ text: String,
    _ path: String,
    _ program: Program
  ) throws(CommandError) -> [String: [String]] {
    let document: JSONValue
    do {
      document = try JSONValue(parsing: text)
    } catch {
      throw problem(path, "is not JSON: \(error)")
    }
    guard let object = document.object else { throw problem(path, "is not a JSON object") }
    let known = program.optionNames
    var values: [String: [String]] = [:]
    for (key, value) in object.members {
      guard known.contains(key) else {
        let near = Suggestion.nearest(to: key, among: known).map { "; did you mean \"\($0)\"?" }
        throw problem(path, "has the key \(SafeText.quoted(key)), which is no option\(near ?? "")")
      }
      let texts = (value.array ?? [value]).map(text(of:))
      guard !texts.contains(nil) else {
        throw problem(path, "must give \"\(key)\" a text, a number, or a list of these")
      }
      values[key] = texts.compactMap(\.self)
    }
    return values
  }

  private static func text(of value: JSONValue) -> String? {
    switch value {
    case .string(let text): text
    case .number(let number): number.text
    default: nil
    }
  }

  private static func problem(_ path: String, _ complaint: String) -> CommandError {
    .usage(
      "The configuration \(SafeText.line(path)) \(complaint).",
      remedy: "Mend the file, or move it away to go without."
    )
  }
}
