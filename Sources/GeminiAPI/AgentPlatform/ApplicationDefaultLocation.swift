/// Where Google's application default credentials are looked for, in order.
public struct ApplicationDefaultLocation: Hashable, Sendable {
  /// The file named by `GOOGLE_APPLICATION_CREDENTIALS`.
  public var namedFile: String?
  /// The file that `gcloud auth application-default login` writes.
  public var gcloudFile: String?
  /// The host of the metadata server on Google's own machines.
  public var metadataHost: String

  /// Where to look, by the environment.
  public init(environment: [String: String]) {
    func value(_ name: String) -> String? {
      environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }
    namedFile = value("GOOGLE_APPLICATION_CREDENTIALS")
    let folder = value("CLOUDSDK_CONFIG") ?? value("HOME").map { "\($0)/.config/gcloud" }
    gcloudFile = folder.map { "\($0)/application_default_credentials.json" }
    metadataHost = value("GCE_METADATA_HOST") ?? "metadata.google.internal"
  }
}
