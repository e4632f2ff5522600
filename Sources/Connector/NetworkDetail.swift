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
  let words = String(describing: cause)
  if let detail = secureDetail(words) { return detail }
  return String(words.prefix { !$0.isNewline }.prefix(120))
}

/// What the TLS library means by its words; nil when they are not its words.
private func secureDetail(_ words: String) -> String? {
  let known = [
    ("failedToValidateHostname", "its certificate is for another name"),
    ("HOSTNAME_MISMATCH", "its certificate is for another name"),
    ("CERTIFICATE_VERIFY_FAILED", "its certificate is not trusted"),
    ("WRONG_VERSION_NUMBER", "it does not speak TLS there"),
    ("failedToLoadCertificate", "the file of certificates cannot be read"),
    ("noSuchFilesystemObject", "the file of certificates cannot be read"),
    ("uncleanShutdown", "it ended the connection"),
  ]
  if let meant = known.first(where: { words.contains($0.0) }) { return meant.1 }
  // `error:1000042e:SSL routines:OPENSSL_internal:TLSV1_ALERT_PROTOCOL_VERSION at …`
  guard let mark = words.firstRange(of: "OPENSSL_internal:") else { return nil }
  let reason = words[mark.upperBound...].prefix { $0.isLetter || $0.isNumber || $0 == "_" }
  return reason.isEmpty ? nil : reason.lowercased().replacing("_", with: " ")
}
