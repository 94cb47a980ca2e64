/// Whoever uses the client reads addresses as it does.
@_exported public import WebAddresses
