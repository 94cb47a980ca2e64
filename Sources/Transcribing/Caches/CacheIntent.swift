internal import GeminiAPI
internal import OrderedJSON

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// A note that a cache is about to be created, or was: written before, removed after its deletion,
/// so that no crash leaves one to be paid for by the hour.
struct CacheIntent: Hashable, Sendable {
  /// Names the note, and the cache to people and to us.
  let label: String
  /// Whose caches they are.
  let account: String
  /// The process that keeps the cache, and its machine.
  let process: Int32
  let host: String
  /// The cache; `nil` until the service has named it.
  var name: String?
  /// When it vanishes by itself, in seconds since 1970.
  var expiration: Int

  /// The file of the note in a folder.
  func path(in folder: String) -> String { "\(folder)/\(label).json" }

  func save(in folder: String) throws {
    try FileStore.makeFolder(folder)
    var object: JSONObject = [
      "schemaVersion": 1, "label": .string(label), "account": .string(account),
      "process": JSONValue(Int(process)), "host": .string(host),
      "expiration": JSONValue(expiration),
    ]
    object["name"] = name.map { .string($0) }
    let text = JSONValue.object(object).rendered(.pretty) + "\n"
    try FileStore.write(Array(text.utf8), to: path(in: folder))
  }

  func remove(from folder: String) throws { try FileStore.remove(path(in: folder)) }

  /// The notes in a folder; files that are none are passed over.
  static func all(in folder: String) -> [CacheIntent] {
    let names = (try? FileStore.names(in: folder)) ?? []
    return names.filter { $0.hasSuffix(".json") }.sorted().compactMap { name in
      guard let file = try? LocalFile(path: "\(folder)/\(name)"),
        let bytes = try? file.bytes(upTo: 1 << 16), let json = try? JSONValue(parsing: bytes),
        let intent = CacheIntent(json: json), "\(intent.label).json" == name
      else { return nil }
      return intent
    }
  }

  /// Whether nobody looks after the cache any more.
  func isAbandoned(at time: Int, isRunning: (Int32) -> Bool) -> Bool {
    if expiration <= time { return true }
    return host == Self.machine && !isRunning(process)
  }

  static let machine: String = {
    var name = [CChar](repeating: 0, count: 256)
    guard gethostname(&name, name.count - 1) == 0 else { return "" }
    return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }()

  /// Whether a process of this machine is there.
  static func isRunning(_ process: Int32) -> Bool { kill(process, 0) == 0 || errno == EPERM }
}

extension CacheIntent {
  /// A note of this process.
  init(account: String, expiration: Int, random: UInt64 = .random(in: .min ... .max)) {
    let digits = String(random, radix: 16)
    self.init(
      label: "tabscribe-" + String(repeating: "0", count: 16 - digits.count) + digits,
      account: account,
      process: getpid(),
      host: Self.machine,
      name: nil,
      expiration: expiration
    )
  }

  fileprivate init?(json: JSONValue) {
    guard let label = json["label"]?.string, let account = json["account"]?.string,
      let process = json["process"]?.int.flatMap(Int32.init(exactly:)),
      let host = json["host"]?.string, let expiration = json["expiration"]?.int
    else { return nil }
    self.init(
      label: label,
      account: account,
      process: process,
      host: host,
      name: json["name"]?.string,
      expiration: expiration
    )
  }
}
