internal import CMicroHTTPD
internal import HostSystem

/// Hands an answer to libmicrohttpd.
func queue(_ reply: HTTPReply, of exchange: Exchange, on connection: ConnectionHandle) -> MHD_Result
{
  guard let response = makeResponse(reply.body, exchange, connection) else { return .NO }
  defer { MHD_destroy_response(response) }
  for (name, value) in reply.headers.fields {
    MHD_add_response_header(response, name, value)
  }
  return MHD_queue_response(connection.pointer, UInt32(reply.status), response)
}

private func makeResponse(
  _ body: HTTPReply.Body,
  _ exchange: Exchange,
  _ connection: ConnectionHandle
) -> OpaquePointer? {
  switch body {
  case .dropped: return nil
  case .bytes(let bytes):
    return bytes.withUnsafeBytes {
      MHD_create_response_from_buffer(
        $0.count,
        UnsafeMutableRawPointer(mutating: $0.baseAddress),
        .RESPMEM_MUST_COPY
      )
    }
  case .file(let path, let offset, let length):
    guard let file = try? OpenFile(path) else { return nil }
    return MHD_create_response_from_fd_at_offset64(UInt64(length), file.release(), UInt64(offset))
  case .stream(let length, _):
    return streamResponse(length, exchange.writer, connection)
  }
}

/// What the reader callback needs, kept until libmicrohttpd frees the response.
private final class StreamSource {
  let writer: ResponseWriter
  let connection: ConnectionHandle

  init(writer: ResponseWriter, connection: ConnectionHandle) {
    self.writer = writer
    self.connection = connection
  }
}

private func streamResponse(
  _ length: Int?,
  _ writer: ResponseWriter,
  _ connection: ConnectionHandle
) -> OpaquePointer? {
  let source = StreamSource(writer: writer, connection: connection)
  return MHD_create_response_from_callback(
    length.map { UInt64($0) } ?? cmhd_size_unknown,
    1 << 16,
    { context, _, target, size in
      guard let context, let target else { return -2 }
      let source = Unmanaged<StreamSource>.fromOpaque(context).takeUnretainedValue()
      return source.writer.read(
        into: UnsafeMutableRawBufferPointer(start: target, count: size),
        connection: source.connection
      )
    },
    Unmanaged.passRetained(source).toOpaque(),
    { context in
      guard let context else { return }
      Unmanaged<StreamSource>.fromOpaque(context).takeRetainedValue().writer.close()
    }
  )
}
