internal import CCurl
internal import GeminiAPI
internal import WebAddresses

/// Owns one of libcurl's handles; used by the loop's thread only.
final class EasyHandle {
  let pointer: UnsafeMutableRawPointer
  private let errorBuffer: UnsafeMutablePointer<CChar>
  private var headers: UnsafeMutablePointer<curl_slist>?

  init() {
    guard let pointer = curl_easy_init() else { preconditionFailure("libcurl cannot start") }
    self.pointer = pointer
    errorBuffer = .allocate(capacity: Int(CURL_ERROR_SIZE))
    errorBuffer.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
  }

  deinit {
    curl_easy_cleanup(pointer)
    curl_slist_free_all(headers)
    errorBuffer.deallocate()
  }

  /// libcurl's words on the last failure.
  var errorText: String { String(cString: errorBuffer) }

  /// Forgets the transfer; the connection stays open for the next.
  func reset() {
    curl_easy_reset(pointer)
    curl_slist_free_all(headers)
    headers = nil
    errorBuffer[0] = 0
  }

  /// Lets a paused transfer go on.
  func resume() { curl_easy_pause(pointer, CURLPAUSE_CONT) }

  /// Sets everything a transfer needs.
  func prepare(
    for transfer: Transfer,
    _ configuration: CurlTransport.Configuration
  ) throws(CurlFailure) {
    let request = transfer.request
    try setAddress(transfer.address)
    try set(CURLOPT_NOSIGNAL, 1)
    try set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS))
    try set(CURLOPT_PIPEWAIT, 1)
    try set(CURLOPT_TCP_KEEPALIVE, 1)
    try set(CURLOPT_ACCEPT_ENCODING, "")
    try set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
    try set(CURLOPT_BUFFERSIZE, 128 << 10)
    try set(CURLOPT_USERAGENT, configuration.userAgent)
    try check(ccurl_set_pointer(pointer, CURLOPT_ERRORBUFFER, errorBuffer))
    if let file = configuration.certificateFile { try set(CURLOPT_CAINFO, file) }
    if let folder = configuration.certificateFolder { try set(CURLOPT_CAPATH, folder) }
    try setLimits(request.limits)
    try setMethod(request)
    try setHeaders(of: request)
    if let signature = request.signature { try setSignature(signature) }
    try setCallbacks(Unmanaged.passUnretained(transfer).toOpaque())
  }

  /// The address as it was read and checked, never as it was written.
  private func setAddress(_ address: WebAddress) throws(CurlFailure) {
    try set(CURLOPT_URL, address.text)
    try set(CURLOPT_PATH_AS_IS, 1)
    try set(CURLOPT_PROTOCOLS_STR, "http,https")
    try set(CURLOPT_DISALLOW_USERNAME_IN_URL, 1)
    // A proxy would see what plain http carries, and cannot reach this machine under its names.
    if address.isLoopback || address.scheme == "http" { try set(CURLOPT_NOPROXY, "*") }
  }

  private func setLimits(_ limits: HTTPRequest.Limits) throws(CurlFailure) {
    if let connect = limits.connect {
      try set(CURLOPT_CONNECTTIMEOUT_MS, connect.wholeMilliseconds)
    }
    if let total = limits.total { try set(CURLOPT_TIMEOUT_MS, total.wholeMilliseconds) }
    if let idle = limits.idle {
      try set(CURLOPT_LOW_SPEED_LIMIT, 1)
      try set(CURLOPT_LOW_SPEED_TIME, max(1, (idle.wholeMilliseconds + 999) / 1000))
    }
  }

  private func setMethod(_ request: HTTPRequest) throws(CurlFailure) {
    let count = request.body.count
    if count > 0 || ["POST", "PUT"].contains(request.method) {
      try set(CURLOPT_POST, 1)
      try check(ccurl_set_offset(pointer, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(count)))
      // Each transfer has its own buffer: libcurl's usual 64 KiB do, but for what takes long to send.
      if count > 8 << 20 { try set(CURLOPT_UPLOAD_BUFFERSIZE, 1 << 20) }
      if count == 0 { try set(CURLOPT_COPYPOSTFIELDS, "") }
    }
    if request.method != "GET" { try set(CURLOPT_CUSTOMREQUEST, request.method) }
  }

  private func setSignature(_ signature: RequestSignature) throws(CurlFailure) {
    try set(CURLOPT_AWS_SIGV4, "aws:amz:\(signature.region):s3")
    try set(CURLOPT_USERNAME, signature.accessKey.reveal())
    try set(CURLOPT_PASSWORD, signature.secretKey.reveal())
  }

  private func setHeaders(of request: HTTPRequest) throws(CurlFailure) {
    let fields = request.headers
    // curl would ask for permission to send larger bodies, and names a type for every POST.
    var lines = ["Expect:"]
    if fields["Content-Type"] == nil { lines.append("Content-Type:") }
    // libcurl 7.88 would sign what these leave out.
    if request.signature != nil { lines = [] }
    lines += fields.fields.map { $0.value.isEmpty ? "\($0.name);" : "\($0.name): \($0.value)" }
    for line in lines {
      guard !line.utf8.contains(where: { $0 == 0x0A || $0 == 0x0D || $0 == 0 }) else {
        throw CurlFailure(code: CURLE_BAD_FUNCTION_ARGUMENT, text: "line break in a header")
      }
      guard let list = curl_slist_append(headers, line) else {
        throw CurlFailure(code: CURLE_OUT_OF_MEMORY, text: "")
      }
      headers = list
    }
    try check(ccurl_set_list(pointer, CURLOPT_HTTPHEADER, headers))
  }

  private func setCallbacks(_ context: UnsafeMutableRawPointer) throws(CurlFailure) {
    try check(ccurl_set_data_function(pointer, CURLOPT_HEADERFUNCTION, receiveHeader))
    try check(ccurl_set_pointer(pointer, CURLOPT_HEADERDATA, context))
    try check(ccurl_set_data_function(pointer, CURLOPT_WRITEFUNCTION, receiveBody))
    try check(ccurl_set_pointer(pointer, CURLOPT_WRITEDATA, context))
    try check(ccurl_set_read_function(pointer, CURLOPT_READFUNCTION, supplyBody))
    try check(ccurl_set_pointer(pointer, CURLOPT_READDATA, context))
    try check(ccurl_set_seek_function(pointer, CURLOPT_SEEKFUNCTION, rewindBody))
    try check(ccurl_set_pointer(pointer, CURLOPT_SEEKDATA, context))
  }

  private func set(_ option: CURLoption, _ value: Int) throws(CurlFailure) {
    try check(ccurl_set_long(pointer, option, value))
  }

  private func set(_ option: CURLoption, _ value: String) throws(CurlFailure) {
    try check(ccurl_set_string(pointer, option, value))
  }

  private func check(_ code: CURLcode) throws(CurlFailure) {
    guard code == CURLE_OK else { throw CurlFailure(code: code, text: "") }
  }
}

extension Duration {
  /// Milliseconds, rounded up to at least one, since curl takes zero for no limit.
  fileprivate var wholeMilliseconds: Int {
    let (seconds, attoseconds) = components
    let milliseconds =
      Int(seconds) * 1000 + Int((attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
    return max(1, milliseconds)
  }
}

private func transfer(_ context: UnsafeMutableRawPointer?) -> Transfer? {
  context.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
}

private let receiveHeader: curl_write_callback = { bytes, size, count, context in
  guard let bytes, let transfer = transfer(context) else { return 0 }
  let accepted = transfer.receiveHeader(UnsafeRawBufferPointer(start: bytes, count: size * count))
  return accepted ? size * count : 0
}

private let receiveBody: curl_write_callback = { bytes, size, count, context in
  guard let bytes, let transfer = transfer(context) else { return 0 }
  let accepted = transfer.receive(UnsafeRawBufferPointer(start: bytes, count: size * count))
  return accepted ? size * count : Int(CURL_WRITEFUNC_PAUSE)
}

private let supplyBody: curl_read_callback = { bytes, size, count, context in
  guard let bytes, let transfer = transfer(context) else { return Int(CURL_READFUNC_ABORT) }
  let buffer = UnsafeMutableRawBufferPointer(start: bytes, count: size * count)
  return transfer.source.read(into: buffer) ?? Int(CURL_READFUNC_ABORT)
}

private let rewindBody: curl_seek_callback = { context, offset, origin in
  guard let transfer = transfer(context), origin == 0 else { return CURL_SEEKFUNC_FAIL }
  transfer.source.seek(to: Int(offset))
  return CURL_SEEKFUNC_OK
}
