/// Where Cloud Storage is, and who asks there.
package struct CloudStorageAccess: Hashable, Sendable {
  /// Scheme, host and maybe a path, without a slash at the end.
  package let url: String
  /// Who asks: a token, or application default credentials.
  package let credentials: Credentials
  /// The project that is billed when it is not the credentials' own.
  package let quotaProject: String?
}
