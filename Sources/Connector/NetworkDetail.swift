import Glibc
import NIOCore
import NIOPosix

/// What a failure of the network says, on one short line: the system's words, else the library's.
package func networkDetail(_ error: any Error) -> String {
  let connection = error as? NIOConnectionError
  let cause =
    connection?.connectionErrors.first?.error ?? connection?.dnsAError ?? connection?.dnsAAAAError
    ?? error
  if let error = cause as? IOError { return String(cString: strerror(error.errnoCode)) }
  return String(String(describing: cause).prefix { !$0.isNewline }.prefix(120))
}
