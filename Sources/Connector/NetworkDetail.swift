import Glibc
import NIOCore
import NIOPosix
import Telephony

/// What a failure of the network says, on one short line: the system's words, else the library's.
package func networkDetail(_ error: any Error) -> String {
  let connection = error as? NIOConnectionError
  let cause =
    connection?.connectionErrors.first?.error ?? connection?.dnsAError ?? connection?.dnsAAAAError
    ?? error
  if let error = cause as? IOError { return String(cString: strerror(error.errnoCode)) }
  if let error = cause as? SocketAddressError.UnknownHost { return error.errorDescription }
  let words = String(describing: cause)
  if let detail = secureDetail(words) { return detail }
  return String(words.prefix { !$0.isNewline }.prefix(120))
}

/// What is wrong with the dates of a certificate, which the TLS library keeps to itself; nil: nothing. Times in [s since
/// 1970].
func certificateDetail(from first: Int64, to last: Int64, now: Int64) -> String? {
  let today = "and it is \(day(now)) here"
  if now > last { return "its certificate was valid until \(day(last)), \(today)" }
  if now < first { return "its certificate is valid from \(day(first)), \(today)" }
  return nil
}

private func day(_ seconds: Int64) -> Substring {
  (WallTime(milliseconds: 0) + seconds.multipliedReportingOverflow(by: 1000).partialValue)
    .iso8601.prefix(10)
}

/// What the TLS library means by its words; nil when they are not its words.
private func secureDetail(_ words: String) -> String? {
  let known = [
    ("failedToValidateHostname", "its certificate is for another name"),
    ("HOSTNAME_MISMATCH", "its certificate is for another name"),
    ("CERTIFICATE_VERIFY_FAILED", "its certificate is not trusted, or not valid today"),
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
