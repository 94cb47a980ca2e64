/// What a request to S3 is signed with, by Signature Version 4 of AWS.
///
/// The transport makes the signature of the request's method, address and headers when it sends it. The
/// header `x-amz-content-sha256` has to say what the body is; the query has to be sorted by name.
///
/// - Source: AWS, "Authenticating Requests: Using the Authorization Header", read 2026-11.
public struct RequestSignature: Hashable, Sendable {
  /// The name of the key.
  public var accessKey: Secret
  /// The key itself, which is not sent.
  public var secretKey: Secret
  /// The region, such as `eu-central-1`.
  public var region: String

  /// What a request is signed with.
  ///
  /// - Parameters:
  ///   - accessKey: The name of the key.
  ///   - secretKey: The key itself, which is not sent.
  ///   - region: The region, such as `eu-central-1`.
  public init(accessKey: Secret, secretKey: Secret, region: String) {
    (self.accessKey, self.secretKey, self.region) = (accessKey, secretKey, region)
  }
}
