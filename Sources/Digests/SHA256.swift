internal import CCrypto

/// A SHA-256 digest, computed in pieces.
package final class SHA256 {
  private let context: OpaquePointer

  /// A digest of nothing yet.
  package init() {
    guard let context = EVP_MD_CTX_new(), EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else {
      preconditionFailure("libcrypto offers no SHA-256")
    }
    self.context = context
  }

  deinit { EVP_MD_CTX_free(context) }

  /// Adds bytes.
  package func update(_ bytes: some Sequence<UInt8>) {
    if bytes.withContiguousStorageIfAvailable({ update(UnsafeRawBufferPointer($0)) }) == nil {
      Array(bytes).withUnsafeBytes(update)
    }
  }

  private func update(_ buffer: UnsafeRawBufferPointer) {
    EVP_DigestUpdate(context, buffer.baseAddress, buffer.count)
  }

  /// The 32 bytes of the digest; call once, at the end.
  package func finalize() -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: 32) { buffer, count in
      var length: UInt32 = 0
      EVP_DigestFinal_ex(context, buffer.baseAddress, &length)
      count = Int(length)
    }
  }

  /// The digest of a text's UTF-8 as 64 lower-case hexadecimal digits.
  package static func hexadecimal(of text: String) -> String {
    let digest = SHA256()
    digest.update(text.utf8)
    return hexadecimal(digest.finalize())
  }

  /// The digest of bytes as 64 lower-case hexadecimal digits.
  package static func hexadecimal(of bytes: [UInt8]) -> String {
    let digest = SHA256()
    digest.update(bytes)
    return hexadecimal(digest.finalize())
  }

  /// Bytes as lower-case hexadecimal digits.
  package static func hexadecimal(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
