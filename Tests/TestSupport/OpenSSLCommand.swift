public import Foundation

/// Runs the `openssl` command, which knows keys and certificates independently of our code.
public enum OpenSSLCommand {
  /// What the command prints.
  public static func run(_ arguments: [String]) throws -> String {
    let (process, output) = try start(arguments)
    let data = try output.readToEnd() ?? Data()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
  }

  /// Starts the command; the caller ends it.
  public static func start(_ arguments: [String]) throws -> (Process, FileHandle) {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["openssl"] + arguments
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    return (process, output.fileHandleForReading)
  }
}
