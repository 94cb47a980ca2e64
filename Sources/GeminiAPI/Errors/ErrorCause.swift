/// Why the service refused a request, as far as its words tell, and what helps against that.
///
/// A status alone says too little: 400 stands for a key, a place, a length or an address. The
/// phrases are those of recorded answers and of the service's documents (2026-11).
public enum ErrorCause: Hashable, Sendable, CaseIterable {
  /// The service is not offered where the request comes from.
  case location
  /// The project has no means to pay, or has used them up.
  case billing
  /// The prompt is longer than the model takes.
  case tooManyTokens
  /// The service could not fetch the media from its address.
  case unreachableURL
  /// The request has more bytes than the service takes.
  case tooLarge
  /// The key was published and is locked.
  case leakedKey
  /// The key may not be used for this interface, or from here.
  case restrictedKey
  /// The interface is not switched on for the project.
  case disabledService
  /// The model is not known under that name.
  case unknownModel
  /// The media cannot be decoded, or is of a kind the model does not take.
  case unreadableMedia

  /// Words of the message or reasons by which a cause is known, in lower case; the first that fits
  /// counts.
  private static let phrases: [(Self, [String])] = [
    (.location, ["user location is not supported", "not available in your country"]),
    (.leakedKey, ["reported as leaked"]),
    (
      .restrictedKey,
      [
        "api_key_service_blocked", "api_key_http_referrer_blocked", "api_key_ip_address_blocked",
        "api_key_android_app_blocked", "api_key_ios_app_blocked",
      ]
    ),
    (
      .disabledService,
      ["service_disabled", "it is disabled. enable it", "has not been used in project"]
    ),
    (
      .billing,
      [
        "billing_disabled", "billing to be enabled", "billing is disabled", "enable billing",
        "billing account", "prepayment credits", "credits are depleted", "spending cap",
      ]
    ),
    (
      .tooManyTokens,
      ["exceeds the maximum number of tokens", "token count exceeds", "too many tokens"]
    ),
    (
      .unreachableURL,
      [
        "cannot fetch content", "unable to fetch", "failed to fetch", "url_error",
        "url_unreachable",
        "cannot access the url", "unable to download", "not accessible", "robots.txt",
      ]
    ),
    (.tooLarge, ["payload size exceeds", "request entity too large", "request is too large"]),
    (.unknownModel, ["is not found for api version", "publisher model"]),
    (
      .unreadableMedia,
      ["unable to process input", "unsupported mime type", "failed to process", "corrupted"]
    ),
  ]

  /// The cause that a message, a reason or a status tells; `nil` when it is not known.
  init?(message: String, reason: String?, httpStatus: Int?) {
    let text = "\(message) \(reason ?? "")".lowercased()
    let found = Self.phrases.first { $0.1.contains { text.contains($0) } }?.0
    guard let cause = found ?? (httpStatus == 413 ? .tooLarge : nil) else { return nil }
    self = cause
  }

  /// What to do about it.
  var remedy: String {
    switch self {
    case .location:
      "send through Agent Platform, with the setting backend agent-platform and a region as the "
        + "setting location, or from a country "
        + "on https://ai.google.dev/gemini-api/docs/available-regions"
    case .billing:
      "set up billing or add credit for the key's project: https://aistudio.google.com/apikey names "
        + "it; then run the command again"
    case .tooManyTokens:
      "send less at once: the setting shard auto cuts the source into clips; the setting "
        + "mediaResolution low, a lower rate by the setting fps, or the setting start and the setting "
        + "end make a request shorter"
    case .unreachableURL:
      "check that the address plays in a private browser window, without signing in; or download "
        + "the file and give its path"
    case .tooLarge:
      "send less within the request: give the file's path, which is uploaded, or less by the "
        + "setting context"
    case .leakedKey: "make a new key at https://aistudio.google.com/apikey and delete this one"
    case .restrictedKey:
      "allow this interface and this machine in the key's settings, or use another"
    case .disabledService: "enable the API for the project in the Google Cloud console"
    case .unknownModel: "tabscribe models list names the models; give one with the setting model"
    case .unreadableMedia:
      "check that the file plays, or convert it to MP4 with H.264 and AAC"
    }
  }
}

extension GeminiError {
  /// Why the request was refused, as far as the service's words tell.
  public var cause: ErrorCause? {
    guard httpStatus != nil || status != nil || code == .quotaExceeded else { return nil }
    return ErrorCause(message: message, reason: reason, httpStatus: httpStatus)
  }
}
