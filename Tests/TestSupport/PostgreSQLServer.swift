internal import CPostgreSQL
internal import Foundation

/// A PostgreSQL server of the tests' own, in a temporary folder and reached by a socket alone.
///
/// It is started when it is first asked for and ends with the process of the tests, however that ends.
public final class PostgreSQLServer: @unchecked Sendable {  // all of it is constant
  /// Why there is none.
  public struct Failure: Error, CustomStringConvertible {
    /// What is missing.
    public let description: String
  }

  /// Whether a server is installed.
  public static let isInstalled = folder != nil

  /// The server of this process.
  public static func shared() throws -> PostgreSQLServer { try one.get() }

  private static let one = Result { try PostgreSQLServer() }

  /// The folder of the newest server's programs.
  private static let folder: String? = {
    let place = "/usr/lib/postgresql"
    let versions = (try? FileManager.default.contentsOfDirectory(atPath: place)) ?? []
    return versions.compactMap { Int($0) }.sorted(by: >)
      .map { "\(place)/\($0)/bin" }
      .first { FileManager.default.isExecutableFile(atPath: $0 + "/initdb") }
  }()

  /// The folder of the socket and all else.
  public let place: String
  /// Ends the server when it is closed.
  private let life: Pipe

  /// Initialises and runs a server until nobody holds the other end of its standard input.
  ///
  /// The user `guarded` needs a password.
  private static let script = """
    set -e
    place=$(mktemp -d /tmp/tabscribe-postgresql.XXXXXX)
    trap 'rm -rf "$place"' EXIT
    "$1/initdb" -D "$place/data" -U tabscribe -A trust -E UTF8 --locale C.UTF-8 --no-sync --no-instructions \\
      >"$place/log" 2>&1 || { cat "$place/log" >&2; exit 1; }
    echo 'local all guarded scram-sha-256' | cat - "$place/data/pg_hba.conf" >"$place/hba"
    mv "$place/hba" "$place/data/pg_hba.conf"
    "$1/postgres" -D "$place/data" -k "$place" -c listen_addresses= -c fsync=off \\
      -c full_page_writes=off -c max_connections=300 -c shared_buffers=64MB >>"$place/log" 2>&1 &
    server=$!
    echo "$place"
    cat >/dev/null
    kill -QUIT $server
    wait $server || true
    """

  private init() throws {
    guard let folder = Self.folder else { throw Failure(description: "no server is installed") }
    life = Pipe()
    let output = Pipe()
    let process = Process()
    // A server refuses to run as root.
    let isRoot = geteuid() == 0
    process.executableURL = URL(filePath: isRoot ? "/usr/sbin/runuser" : "/bin/sh")
    process.arguments =
      (isRoot ? ["-u", "nobody", "--", "/bin/sh"] : []) + ["-c", Self.script, "sh", folder]
    process.currentDirectoryURL = URL(filePath: "/tmp")
    process.standardInput = life
    process.standardOutput = output
    try process.run()
    let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
    place = line.trimmingCharacters(in: .whitespacesAndNewlines)
    guard !place.isEmpty else { throw Failure(description: "the server does not start") }
    let end = Date() + 60
    while PQping("host=\(place) user=tabscribe dbname=postgres") != PQPING_OK {
      guard Date() < end else { throw Failure(description: "the server does not answer") }
      usleep(20_000)
    }
  }

  /// The address of a schema of its own, which is empty.
  public func newSchema() throws -> String {
    let name = "s" + UUID().uuidString.lowercased().filter { $0 != "-" }
    try execute("CREATE SCHEMA \(name)", at: address())
    return address(schema: name)
  }

  /// The address of a schema.
  public func address(user: String = "tabscribe", schema: String = "public") -> String {
    "postgresql://\(user)@/postgres?host=\(place)&options=-csearch_path%3D\(schema)"
  }

  /// Runs statements, as another program would, and returns the first column of the last, as text.
  @discardableResult
  public func execute(_ sql: String, at address: String) throws -> [String] {
    let connection = PQconnectdb(address)
    defer { PQfinish(connection) }
    cpostgresql_ignore_notices(connection)
    let result = PQexec(connection, sql)
    defer { PQclear(result) }
    guard [PGRES_COMMAND_OK, PGRES_TUPLES_OK].contains(PQresultStatus(result)) else {
      throw Failure(description: String(cString: PQerrorMessage(connection)))
    }
    return (0..<PQntuples(result)).map { String(cString: PQgetvalue(result, $0, 0)) }
  }
}
