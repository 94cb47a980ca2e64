/// Whoever uses the client keeps secrets and reads addresses as it does.
@_exported public import Redacting
@_exported public import WebAddresses
