internal import HostSystem
internal import OrderedJSON

/// Turns credentials into an access token, in as many steps as they need.
struct AccessTokenExchange {
  /// An access token and how long it is good.
  struct Token {
    let secret: Secret
    let lifetime: Duration
  }

  let transport: any HTTPTransport
  /// Gets whatever is asked with and handed out.
  let secrets: KnownSecrets
  let location: ApplicationDefaultLocation
  let secondsSince1970: Int

  /// How long a token is used whose end is not known; those that `gcloud` prints are good for
  /// five minutes at least.
  private static let unknownLifetime = Duration.seconds(600)

  /// A token.
  ///
  /// - Throws: ``GeminiError``; ``TransportError`` when nobody answers.
  func token(for credentials: ApplicationDefaultCredentials) async throws -> Token {
    secrets.add(credentials.secrets)
    switch credentials {
    case .externalAccount(let account): return try await federated(account)
    case .impersonated(let account):
      return try await impersonated(account.url, account.delegates, token(for: account.source))
    case .command(let command):
      let token = try await printedToken(by: command)
      secrets.add([token])
      return Token(secret: token, lifetime: Self.unknownLifetime)
    default:
      return try await token(AccessTokenRequest.build(for: credentials, at: secondsSince1970))
    }
  }

  private func token(_ request: HTTPRequest) async throws -> Token {
    secrets.add(request.formSecrets)
    let value = try await answer(request)
    guard let text = value["access_token"]?.string, !text.isEmpty else {
      throw GeminiError(.invalidCredentials, "the token server answered without a token")
    }
    secrets.add([Secret(text)])
    let lifetime = value["expires_in"].flatMap { $0.int ?? $0.string.flatMap { Int($0) } }
    return Token(secret: Secret(text), lifetime: .seconds(min(max(lifetime ?? 3600, 0), 86_400)))
  }

  /// Sends a request to a token server.
  private func answer(_ request: HTTPRequest) async throws -> JSONValue {
    let response = try await transport.send(request)
    let body = try await response.body.collect(upTo: 1 << 20)
    let value = try? JSONValue(parsing: body)
    guard response.status == 200, let value else { throw refusal(response.status, value, request) }
    return value
  }

  /// OAuth servers name the failure in `error`, with words in `error_description`; Google's other
  /// services have an object there.
  private func refusal(_ status: Int, _ value: JSONValue?, _ request: HTTPRequest) -> GeminiError {
    let error = value?["error"]
    let words = [
      error?.string, value?["error_description"]?.string, error?["message"]?.string,
    ].compactMap(\.self).joined(separator: ": ")
    let host = WebAddress(request.url).map { ", asked from \($0.host)" } ?? ""
    return GeminiError(
      status >= 500 ? .unavailable : .invalidCredentials,
      "no access token was given\(host)"
        + (words.isEmpty ? "" : ": \(secrets.redacting(message: words))"),
      httpStatus: status,
      remedy: "run gcloud auth application-default login again, or check the credentials file"
    )
  }
}

extension AccessTokenExchange {
  private func federated(_ account: ExternalAccount) async throws -> Token {
    let subject = try await subjectToken(of: account)
    secrets.add([Secret(subject)])
    let token = try await token(AccessTokenRequest.exchange(of: subject, for: account))
    guard let url = account.impersonationURL else { return token }
    return try await impersonated(url, [], token)
  }

  private func impersonated(
    _ url: String,
    _ delegates: [String],
    _ token: Token
  ) async throws -> Token {
    let request = AccessTokenRequest.impersonation(at: url, delegates, with: token.secret)
    let value = try await answer(request)
    guard let text = value["accessToken"]?.string, !text.isEmpty else {
      throw GeminiError(.invalidCredentials, "the service account's token was not in the answer")
    }
    secrets.add([Secret(text)])
    // Asked for an hour; the moment at which it ends is told by a clock that is not ours.
    return Token(secret: Secret(text), lifetime: .seconds(3600))
  }

  private func subjectToken(of account: ExternalAccount) async throws -> String {
    switch account.source {
    case .file(let path): return try Self.token(in: try file(path), account, at: path)
    case .url(let url, let headers):
      var request = HTTPRequest(method: "GET", url: url, limits: .init(total: .seconds(30)))
      for (name, value) in headers.sorted(by: { $0.key < $1.key }) {
        request.headers.append(name, value)
      }
      // The identity servers of other clouds are a part of their machines, without certificates.
      request.allowsPlainHTTP = true
      request.isForToken = true
      let response = try await transport.send(request)
      let body = try await response.body.collect(upTo: 1 << 20)
      guard response.status == 200 else { throw refusal(response.status, nil, request) }
      return try Self.token(in: body, account, at: request.description)
    case .executable(let command, let time):
      return try await printed(by: command, milliseconds: time)
    }
  }

  private func file(_ path: String) throws -> [UInt8] {
    do {
      return try LocalFile(path: path).bytes(upTo: 1 << 20)
    } catch let error as GeminiError {
      throw GeminiError(
        .missingCredentials,
        error.message,
        remedy: "put the token there that the credentials file names"
      )
    }
  }

  private static func token(
    in bytes: [UInt8],
    _ account: ExternalAccount,
    at place: String
  ) throws -> String {
    let text: String?
    if let member = account.tokenMember {
      text = (try? JSONValue(parsing: bytes))?[member]?.string
    } else {
      text = String(validating: bytes, as: UTF8.self)
    }
    let token = text?.split(whereSeparator: \.isWhitespace).joined() ?? ""
    guard !token.isEmpty else {
      throw GeminiError(
        .invalidCredentials,
        "\(place) holds no token" + (account.tokenMember.map { " in \($0)" } ?? ""),
        remedy: "check credential_source in the credentials file"
      )
    }
    return token
  }

  /// What a program prints that Google's own clients run, too, where they are allowed to.
  private func printed(by command: String, milliseconds: Int) async throws -> String {
    guard location.allowsExecutables else {
      throw GeminiError(
        .invalidCredentials,
        "the credentials file names a program to run, which is not allowed",
        remedy: "set GOOGLE_EXTERNAL_ACCOUNT_ALLOW_EXECUTABLES to 1 if you trust the file"
      )
    }
    // As in Google's clients: words at blanks, no shell.
    let words = command.split(separator: " ").map(String.init)
    let value = try? JSONValue(parsing: try await output(of: words, milliseconds: milliseconds))
    let token = value?["id_token"]?.string ?? value?["saml_response"]?.string
    guard value?["success"]?.bool == true, let token, !token.isEmpty else {
      let words = value?["message"]?.string.map { ": \(secrets.redacting(message: $0))" } ?? ""
      throw GeminiError(.invalidCredentials, "the program gave no token\(words)")
    }
    return token
  }

  /// The one line that the user's own command prints.
  private func printedToken(by command: String) async throws -> Secret {
    let bytes = try await output(of: ["/bin/sh", "-c", command], milliseconds: 60_000)
    let lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isWhitespace)
    guard lines.count == 1, lines[0].utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      throw GeminiError(
        .invalidCredentials,
        "the command that should print an access token printed \(lines.count) words",
        remedy: "let TABSCRIBE_ACCESS_TOKEN_COMMAND print the token and nothing else"
      )
    }
    return Secret(String(lines[0]))
  }

  private func output(of words: [String], milliseconds: Int) async throws -> [UInt8] {
    guard let program = words.first else {
      throw GeminiError(.invalidCredentials, "the program that gives tokens has no name")
    }
    let process = Subprocess(
      program: program,
      arguments: Array(words.dropFirst()),
      deadlineMilliseconds: milliseconds,
      outputLimit: 1 << 20
    )
    let result = try? await process.run()
    guard let result, result.exitStatus == 0 else {
      let ending = result.map { "ended with exit code \($0.exitStatus)" } ?? "could not be run"
      throw GeminiError(
        .invalidCredentials,
        "the program that gives tokens \(ending)",
        remedy: "run it by hand to see why"
      )
    }
    return result.standardOutput
  }
}
