extension GeminiError {
  /// The kinds of failure a caller may tell apart.
  public struct Code: Hashable, Sendable, CustomStringConvertible {
    /// The kind in words, as in `quotaExceeded`.
    public let description: String

    private init(_ description: String) { self.description = description }

    // What the user can set right.

    /// No key, or no other proof of identity, was given.
    public static let missingCredentials = Self("missingCredentials")
    /// The key or token is not accepted.
    public static let invalidCredentials = Self("invalidCredentials")
    /// A setting is malformed or contradicts another.
    public static let invalidConfiguration = Self("invalidConfiguration")
    /// The source of the media cannot be used.
    public static let unsupportedSource = Self("unsupportedSource")
    /// One more request would pass the limit of what may be spent.
    public static let costLimit = Self("costLimit")
    /// A local file cannot be read.
    public static let unreadableFile = Self("unreadableFile")

    // What the service said.

    /// The request breaks a rule of the service.
    public static let invalidRequest = Self("invalidRequest")
    /// The identity may not do this, or the file or cache is gone.
    public static let permissionDenied = Self("permissionDenied")
    /// The model, file, cache or batch is not known.
    public static let notFound = Self("notFound")
    /// A quota is used up.
    public static let quotaExceeded = Self("quotaExceeded")
    /// The service is overloaded or has an error of its own.
    public static let unavailable = Self("unavailable")
    /// The service has ended the exchange.
    public static let cancelledByService = Self("cancelledByService")
    /// The service could not prepare an uploaded file.
    public static let fileFailed = Self("fileFailed")
    /// An upload was not accepted to its end.
    public static let uploadFailed = Self("uploadFailed")

    // What came back is not what was due.

    /// The answer cannot be read.
    public static let malformedResponse = Self("malformedResponse")
    /// The answer holds neither text nor a reason for its absence.
    public static let emptyResponse = Self("emptyResponse")
    /// A streamed answer ended in the middle.
    public static let streamEndedEarly = Self("streamEndedEarly")

    // What happened on the way.

    /// The connection failed; a moment later it may work.
    public static let connection = Self("connection")
    /// The connection failed for a reason that stays.
    public static let transport = Self("transport")
    /// The time set for the operation is over.
    public static let timedOut = Self("timedOut")
    /// A recording has no answer to the request.
    public static let notRecorded = Self("notRecorded")

    /// Whether an error is the service's or the client's failure of this kind.
    public static func ~= (code: Self, error: any Error) -> Bool {
      (error as? GeminiError)?.code == code
    }
  }
}
