internal import CCrypto

/// Signatures by RSA with SHA-256 (PKCS #1 v1.5), as JSON web tokens name `RS256`.
package enum RSASignature {
  /// The signature of a message.
  ///
  /// - Parameters:
  ///   - message: The bytes to sign.
  ///   - privateKey: An unencrypted private key as PEM text.
  /// - Returns: The signature; `nil` when the text holds no RSA private key.
  package static func sign(_ message: [UInt8], privateKey: String) -> [UInt8]? {
    guard let key = readKey(privateKey) else { return nil }
    defer { EVP_PKEY_free(key) }
    guard EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA, let context = EVP_MD_CTX_new() else {
      return nil
    }
    defer { EVP_MD_CTX_free(context) }
    guard EVP_DigestSignInit(context, nil, EVP_sha256(), nil, key) == 1 else { return nil }
    var length = 0
    guard EVP_DigestSign(context, nil, &length, message, message.count) == 1 else { return nil }
    var signature = [UInt8](repeating: 0, count: length)
    guard EVP_DigestSign(context, &signature, &length, message, message.count) == 1 else {
      return nil
    }
    return Array(signature.prefix(length))
  }

  private static func readKey(_ text: String) -> OpaquePointer? {
    var text = text
    return text.withUTF8 { buffer in
      guard let source = BIO_new_mem_buf(buffer.baseAddress, Int32(buffer.count)) else {
        return nil
      }
      defer { BIO_free(source) }
      // An empty passphrase: without one given, the library would ask at the terminal.
      var passphrase: [CChar] = [0]
      return PEM_read_bio_PrivateKey(source, nil, nil, &passphrase)
    }
  }
}
