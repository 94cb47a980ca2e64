internal import CommandLineInterface
internal import HostSystem
internal import ModelContextProtocol
internal import OrderedJSON
internal import PlainText

/// What an assistant may know of the files of this machine: those in or below one folder.
///
/// An assistant repeats what it was told, and may do what a transcript tells it to: so it neither reads
/// what lies elsewhere nor learns where that is.
struct SharedFolder: Sendable {
  /// The folder with its links followed.
  private let folder: String
  private let workingFolder: String
  private let home: String?

  init(_ context: CommandContext) {
    workingFolder = context.workingFolder
    folder = HostFiles.resolved(context.workingFolder) ?? context.workingFolder
    home = context.environment["HOME"].flatMap { $0.count > 1 ? $0 : nil }
  }

  /// The absolute path of a file or folder in the folder.
  ///
  /// - Throws: `ToolFailure` for one that is not there or leads elsewhere, both in the same words.
  func path(of name: String) throws(ToolFailure) -> String {
    // What holds a zero byte is another name for the system.
    guard !name.contains("\0"),
      let path = HostFiles.resolved(FilePath.joined(workingFolder, name)),
      FilePath.contains(folder, path), HostFiles.kind(of: path) != nil
    else {
      throw ToolFailure("There is no \(SafeText.quoted(name)) in the folder that is shared.")
    }
    return path
  }

  /// A transcript as the command line names it: a run as it stands, a file by its path.
  func transcript(_ name: String) throws(ToolFailure) -> String {
    let isRun =
      !name.isEmpty
      && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-.".contains($0)) }
    let isThere = HostFiles.kind(of: FilePath.joined(workingFolder, name)) != nil
    guard isRun, !isThere, !name.hasSuffix(".json") else { return try path(of: name) }
    return name
  }

  /// A source as the command line names it: an address as it stands, a file by its path.
  ///
  /// What lies in buckets is none: it is looked at with the keys of this machine.
  func source(_ name: String) throws(ToolFailure) -> String {
    name.lowercased().hasPrefix("https://") ? name : try path(of: name)
  }

  /// A result without what says where files lie.
  func hiding(_ value: JSONValue) -> JSONValue {
    switch value {
    case .array(let elements): return .array(elements.map(hiding))
    case .object(let object):
      let seen = object.members.filter { !Self.unseen.contains($0.key) }
      return .object(JSONObject(uniqueMembers: seen.map(hiding)))
    default: return value
    }
  }

  private func hiding(_ member: (key: String, value: JSONValue)) -> (key: String, value: JSONValue)
  {
    if Self.places.contains(member.key), let place = member.value.string {
      return (member.key, .string(shown(place)))
    }
    return (member.key, hiding(member.value))
  }

  /// A message without it.
  func hiding(_ text: String) -> String {
    let text = text.replacing(workingFolder + "/", with: "").replacing(folder + "/", with: "")
    return home.map { text.replacing($0, with: "~") } ?? text
  }

  /// Members of results that are about files and no use without them.
  private static let unseen: Set = ["files", "workingFolder", "arguments"]
  /// Members that name a source, which may be a file.
  private static let places: Set = ["uri", "source", "path"]

  /// A path from the folder; of what lies elsewhere its name.
  private func shown(_ place: String) -> String {
    guard place.hasPrefix("/") else { return place }
    for base in [folder, workingFolder] where FilePath.contains(base, place) {
      return FilePath.shown(place, from: base)
    }
    return FilePath.name(of: place)
  }
}
