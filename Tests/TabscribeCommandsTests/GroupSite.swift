import Foundation
internal import OrderedJSON
import Testing
internal import TranscriptModel

@testable internal import TestSupport

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The nginx of Debian.
enum Nginx {
  /// Not on the path of ordinary users.
  static let program = "/usr/sbin/nginx"

  static let isInstalled = FileManager.default.isExecutableFile(atPath: program)
}

/// The program `serve` and a real nginx before it, as the article about a library for a group has them; anna and ben may
/// log in.
///
/// Both end with this object, and with the process of the tests.
final class GroupSite: @unchecked Sendable {  // its processes change in one test only
  /// Ways to the server.
  enum Way: Int {
    /// As documented.
    case usual
    /// A proxy that names nobody.
    case nameless
    /// A proxy that names two.
    case twice
  }

  private static let name = "videos.example.org"

  let socket: String
  private let folder: TemporaryFolder
  private let store: String
  private let options: [String]
  private let ports: [UInt16]
  private let proxy: Process
  private let life = Pipe()
  private var server: Process

  init(_ folder: TemporaryFolder, store: String, takesCorrections: Bool) throws {
    self.folder = folder
    self.store = store
    let socket = folder.path + "/socket"
    self.socket = socket
    let article = try String(
      contentsOf: SharedFixtures.projectRoot.appending(
        path: "Sources/Transcribing/Documentation.docc/GroupLibrary.md"
      ),
      encoding: .utf8
    )
    var words = try Self.block("sh", in: article).split(separator: " ").dropFirst()
      .map { $0.trimmingCharacters(in: .newlines) }
    for (old, new) in [("postgresql:///videos", store), ("/run/tabscribe/socket", socket)] {
      let place = try #require(words.firstIndex(of: old))
      words[place] = new
    }
    if !takesCorrections { words.removeAll { $0 == "--allow-corrections" } }
    options = words
    ports = try (0..<3).map { _ in try Self.freePort() }
    try Self.writeKeys(to: folder)
    let site = try Self.block("nginx", in: article)
    let servers = try ports.enumerated().map { number, port in
      try Self.configuration(site, Way(rawValue: number) ?? .usual, port, folder.path, socket)
    }
    // Everything that nginx writes is in the folder; a worker of root's is root's, too.
    let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map {
      "\($0)_temp_path \(folder.path)/temporary-\($0);"
    }
    let whole = """
      \(geteuid() == 0 ? "user root root;" : "")
      daemon off;
      worker_processes 1;
      pid \(folder.path)/nginx.pid;
      error_log \(folder.path)/error.log;
      events {}
      http {
      access_log off;
      \(temporary.joined(separator: "\n"))
      \(servers.joined(separator: "\n"))
      }
      """
    try folder.write(whole, to: "nginx.conf")
    proxy = Process()
    proxy.executableURL = URL(filePath: "/bin/sh")
    proxy.arguments = [
      "-c",
      "\"$1\" -p \"$2\" -e \"$2/error.log\" -c \"$2/nginx.conf\" & cat >/dev/null; kill $!; wait",
      "sh",
      Nginx.program, folder.path,
    ]
    proxy.standardInput = life
    try proxy.run()
    server = try Self.serve(options, in: folder)
    try waitForProxy()
  }

  deinit {
    try? life.fileHandleForWriting.close()
    server.terminate()
    proxy.waitUntilExit()
    server.waitUntilExit()
  }

  /// The documented configuration with the places of this test, and for other ways to the server without what matters.
  private static func configuration(
    _ site: String,
    _ way: Way,
    _ port: UInt16,
    _ folder: String,
    _ socket: String
  ) throws -> String {
    var changes = [
      ("listen 443 ssl;", "listen 127.0.0.1:\(port) ssl;"),
      ("/etc/nginx/videos.example.org.pem", folder + "/site.pem"),
      ("/etc/nginx/videos.example.org.key", folder + "/site.key"),
      ("/etc/nginx/videos.users", folder + "/users"),
      ("/run/tabscribe/socket", socket),
    ]
    let field = "proxy_set_header X-Tabscribe-User $remote_user;"
    switch way {
    case .usual: break
    case .nameless: changes.append(("auth_basic \"Videos\";", "auth_basic off;"))
    case .twice:
      changes.append(("auth_basic \"Videos\";", "auth_basic off;"))
      let one = "proxy_set_header X-Tabscribe-User "
      changes.append((field, "\(one)anna; \(one)ben;"))
    }
    return try changes.reduce(site) { text, change in
      try #require(text.contains(change.0), "the documentation has no \(change.0)")
      return text.replacingOccurrences(of: change.0, with: change.1)
    }
  }

  /// The first block of code of a kind.
  private static func block(_ kind: String, in article: String) throws -> String {
    let parts = article.components(separatedBy: "```\(kind)\n")
    try #require(parts.count > 1, "the documentation has no \(kind)")
    return try #require(parts[1].components(separatedBy: "```").first)
  }

  private static func writeKeys(to folder: TemporaryFolder) throws {
    _ = try OpenSSLCommand.run([
      "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=\(name)",
      "-addext", "subjectAltName=DNS:\(name)", "-keyout", folder.path + "/site.key", "-out",
      folder.path + "/site.pem",
    ])
    let users = try ["anna", "ben"].map { user in
      user + ":" + (try OpenSSLCommand.run(["passwd", "-apr1", "\(user)'s"]))
    }
    try folder.write(users.joined(), to: "users")
  }

  private static func freePort() throws -> UInt16 {
    let descriptor = Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let code = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, size) == 0 ? getsockname(descriptor, $0, &size) : -1
      }
    }
    try #require(code == 0)
    return UInt16(bigEndian: address.sin_port)
  }

  private static func environment(_ folder: TemporaryFolder) -> [String: String] {
    ["PATH": "/usr/bin:/bin", "HOME": folder.path]
  }

  private static func serve(_ options: [String], in folder: TemporaryFolder) throws -> Process {
    let process = Process()
    process.executableURL = URL(filePath: try ChildProcess.product("tabscribe"))
    process.arguments = options
    process.environment = environment(folder)
    process.currentDirectoryURL = folder.url
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
    try #require(line == "unix:\(folder.path)/socket\n")
    return process
  }

  private func waitForProxy() throws {
    for _ in 0..<500 {
      if (try? send("GET", "/", user: ("anna", "anna's")).status) == 200 { return }
      usleep(20_000)
    }
    let log = try? String(contentsOfFile: folder.path + "/error.log", encoding: .utf8)
    Issue.record("nginx does not answer: \(log ?? "")")
  }

  /// Kills the server, so that its socket stays behind, and starts it anew.
  func restart() throws {
    kill(server.processIdentifier, SIGKILL)
    server.waitUntilExit()
    try #require(FileManager.default.fileExists(atPath: socket))
    server = try Self.serve(options, in: folder)
  }

  func tabscribe(_ arguments: [String]) throws -> ChildProcess.Outcome {
    try ChildProcess.run(
      try ChildProcess.product("tabscribe"),
      arguments,
      environment: Self.environment(folder),
      folder: folder.url,
      deadline: 20
    )
  }

  /// Sends a request over TLS; the certificate is checked.
  func send(
    _ method: String,
    _ target: String,
    user: (name: String, password: String)? = nil,
    headers: [(String, String)] = [],
    body: [UInt8] = [],
    through way: Way = .usual
  ) throws -> RawHTTP.Response {
    var head = "\(method) \(target) HTTP/1.1\r\nConnection: close\r\n"
    if !headers.contains(where: { $0.0 == "Host" }) { head += "Host: \(Self.name)\r\n" }
    if let user {
      let login = Data("\(user.name):\(user.password)".utf8).base64EncodedString()
      head += "Authorization: Basic \(login)\r\n"
    }
    for (name, value) in headers { head += "\(name): \(value)\r\n" }
    head += "Content-Length: \(body.count)\r\n\r\n"
    let outcome = try ChildProcess.run(
      "/usr/bin/env",
      [
        "openssl", "s_client", "-quiet", "-verify_quiet", "-verify_return_error", "-connect",
        "127.0.0.1:\(ports[way.rawValue])", "-servername", Self.name, "-verify_hostname", Self.name,
        "-CAfile", folder.path + "/site.pem",
      ],
      input: head + String(decoding: body, as: UTF8.self),
      deadline: 30
    )
    return RawHTTP.Response(parsing: Array(outcome.output.utf8))
  }

  /// A page that a user has opened.
  func page(of user: String, _ item: Int64) throws -> UserPage {
    let page = try send("GET", "/items/\(item)", user: (user, "\(user)'s")).text
    let token = try #require(page.firstMatch(of: #/data-token="([0-9a-f]{64})"/#)?.output.1)
    return UserPage(site: self, name: user, item: item, token: String(token))
  }

  /// A page of an item, and what it asks for.
  struct UserPage: Sendable {
    let site: GroupSite
    let name: String
    let item: Int64
    let token: String

    func save(
      _ corrections: [JSONValue],
      seen: [String],
      origin: String = "https://\(GroupSite.name)",
      token: String? = nil,
      type: String = "application/json",
      headers: [(String, String)] = [],
      through way: Way = .usual
    ) throws -> RawHTTP.Response {
      let document = StoreSamples.document(["We are in orbit.", "All is well."])
      var file = CorrectionsFile(for: document, corrections: corrections).json.object ?? [:]
      file["seen"] = .array(seen.map { .string($0) })
      let own = [
        ("Origin", origin), ("X-Tabscribe-Token", token ?? self.token), ("Content-Type", type),
      ]
      return try site.send(
        "POST",
        "/items/\(item)/corrections",
        user: way == .usual ? (name, "\(name)'s") : nil,
        headers: own + headers,
        body: JSONValue.object(file).renderedBytes(),
        through: way
      )
    }

    func takeBack(_ ids: [String]) throws -> RawHTTP.Response {
      let body: JSONValue = ["ids": .array(ids.map { .string($0) })]
      return try site.send(
        "DELETE",
        "/items/\(item)/corrections",
        user: (name, "\(name)'s"),
        headers: [
          ("Origin", "https://\(GroupSite.name)"), ("X-Tabscribe-Token", token),
          ("Content-Type", "application/json"),
        ],
        body: body.renderedBytes()
      )
    }
  }
}
