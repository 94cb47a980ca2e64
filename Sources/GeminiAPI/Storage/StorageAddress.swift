/// The services that keep objects in buckets.
public enum StorageService: String, CaseIterable, Hashable, Sendable {
  /// Cloud Storage of Google.
  case cloudStorage = "gs"
  /// S3 of Amazon, and what speaks as it does.
  case s3

  /// What its addresses begin with.
  public var prefix: String { "\(rawValue)://" }

  /// What people call it.
  public var title: String { self == .s3 ? "S3" : "Cloud Storage" }

  /// The service that an address is of; `nil` for other addresses and for paths.
  public init?(of text: String) {
    guard let service = Self.allCases.first(where: { text.hasPrefix($0.prefix) }) else {
      return nil
    }
    self = service
  }
}

/// An object in a bucket, or the beginning of the names of many.
public struct StorageAddress: Hashable, Sendable, CustomStringConvertible {
  /// Who keeps it.
  public let service: StorageService
  /// The bucket.
  public let bucket: String
  /// The object's name, or the beginning of one; may hold slashes, may be empty.
  public let name: String

  /// Reads `gs://bucket/name` or `s3://bucket/name`.
  ///
  /// - Parameters:
  ///   - text: The address.
  ///   - services: Whose addresses are meant.
  /// - Throws: ``GeminiError`` with the code `invalidConfiguration`.
  public init(parsing text: String, of services: Set<StorageService> = [.cloudStorage]) throws {
    let service = StorageService(of: text).flatMap { services.contains($0) ? $0 : nil }
    let parts = text.dropFirst(5).split(
      separator: "/",
      maxSplits: 1,
      omittingEmptySubsequences: false
    )
    let allowed = Set("abcdefghijklmnopqrstuvwxyz0123456789-_.")
    guard let service, let bucket = parts.first, !bucket.isEmpty,
      bucket.allSatisfy(allowed.contains)
    else {
      let usual = services.contains(.cloudStorage) ? StorageService.cloudStorage : .s3
      let titles = services.map(\.title).sorted().joined(separator: " or ")
      throw GeminiError(
        .invalidConfiguration,
        "\(String(text.prefix(100)).debugDescription) is no place in \(titles)",
        remedy: "write it as \((service ?? usual).prefix)bucket/folder"
      )
    }
    self.service = service
    self.bucket = String(bucket)
    name = parts.count == 2 ? String(parts[1]) : ""
  }

  init(bucket: String, name: String, of service: StorageService = .cloudStorage) {
    (self.service, self.bucket, self.name) = (service, bucket, name)
  }

  /// The folder that a text names, in any service: a bucket, or names up to a slash; `nil` for single
  /// objects and for what is no address.
  package init?(folder text: String) {
    guard let service = StorageService(of: text) else { return nil }
    guard text.hasSuffix("/") || !text.dropFirst(service.prefix.count).contains("/"),
      let address = try? StorageAddress(parsing: text, of: [service])
    else { return nil }
    self = address
  }

  /// The address as `gs://bucket/name`.
  public var description: String { "\(service.prefix)\(bucket)/\(name)" }

  /// The address that this one is below.
  public var parent: StorageAddress {
    let names = name.split(separator: "/").dropLast()
    return named(names.joined(separator: "/"))
  }

  /// An address below this one.
  public func appending(_ path: String) -> StorageAddress {
    let separator = name.isEmpty || name.hasSuffix("/") ? "" : "/"
    return named(name + separator + path)
  }

  /// Another address in the bucket.
  package func named(_ name: String) -> StorageAddress {
    StorageAddress(bucket: bucket, name: name, of: service)
  }
}
