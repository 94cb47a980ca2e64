/// Where Google's application default credentials are looked for, in order.
public struct ApplicationDefaultLocation: Hashable, Sendable {
  /// A command that prints a token, by `TABSCRIBE_ACCESS_TOKEN_COMMAND`.
  public var tokenCommand: String?
  /// The file named by `GOOGLE_APPLICATION_CREDENTIALS`.
  public var namedFile: String?
  /// Whether a `.env` file names it, which may be a stranger's.
  public var isNamedByFolder = false
  /// The file that `gcloud auth application-default login` writes.
  public var gcloudFile: String?
  /// The host of the metadata server on Google's own machines.
  public var metadataHost: String
  /// Whether programs that a credentials file names may be run, by
  /// `GOOGLE_EXTERNAL_ACCOUNT_ALLOW_EXECUTABLES`.
  public var allowsExecutables = false

  /// Where to look, by the environment.
  public init(environment: [String: String]) {
    self.init(environment: environment, dotEnv: [:])
  }

  /// Where to look, by the environment and a `.env` file, which can name a file only.
  public init(environment: [String: String], dotEnv: [String: String]) {
    func value(_ name: String) -> String? {
      environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }
    let file = "GOOGLE_APPLICATION_CREDENTIALS"
    let own = dotEnv[file].flatMap { $0.isEmpty ? nil : $0 }
    tokenCommand = value("TABSCRIBE_ACCESS_TOKEN_COMMAND")
    namedFile = value(file) ?? own
    isNamedByFolder = value(file) == nil && own != nil
    let folder = value("CLOUDSDK_CONFIG") ?? value("HOME").map { "\($0)/.config/gcloud" }
    gcloudFile = folder.map { "\($0)/application_default_credentials.json" }
    metadataHost = value("GCE_METADATA_HOST") ?? "metadata.google.internal"
    allowsExecutables = value("GOOGLE_EXTERNAL_ACCOUNT_ALLOW_EXECUTABLES") == "1"
  }

  /// Whether somebody has logged in with `gcloud`.
  var hasGcloudFile: Bool { gcloudFile.map { (try? LocalFile(path: $0)) != nil } ?? false }

  /// Whether there are credentials without asking the machine.
  package var isSet: Bool { tokenCommand != nil || namedFile != nil || hasGcloudFile }

  /// The project that the credentials name; `nil` also when they cannot be read, which is told
  /// when they are used.
  var project: String? { (try? ApplicationDefaultCredentials.find(at: self))?.project }
}
