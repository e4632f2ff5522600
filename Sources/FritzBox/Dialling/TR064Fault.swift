import WebAccess

/// Why a box did not do what it was asked.
enum TR064Fault: Error, Hashable {
  /// No answer; whether it had been asked to do something by then.
  case web(WebFailure, isAsked: Bool)
  /// It shows no description, or none with telephony.
  case noInterface(status: Int)
  case noTelephony
  /// The password was not accepted, or is asked for in an unknown way.
  case wrongPassword
  case unknownDemand
  /// It refused (UPnP Device Architecture, 3.2.2; AVM, "TR-064 First Steps").
  case refused(code: Int, words: String)
  /// It said something else.
  case unreadable

  /// The telephone is not known, or the number is none.
  static let badArgument = 402
  /// There is no such row in a list.
  static let noSuchIndex = 713

  /// What happened, and what to do, for the operator.
  func sentence(_ control: FritzBoxControl) -> String {
    let server = control.server
    return switch self {
    case .web(let failure, let isAsked):
      Self.sentence(failure, server)
        + (isAsked ? "; whether it did what it was asked is not known" : "")
    case .noInterface(let status):
      "\(server) has no TR-064 interface (it answered \(status)): \(Self.access), and check fritzbox.url"
    case .noTelephony: "\(server) offers no telephony by TR-064 (X_VoIP): check fritzbox.url"
    case .wrongPassword:
      "\(server) refuses the password of \(control.user): check fritzbox.user and "
        + "fritzbox.password_file"
    case .unknownDemand:
      "\(server) asks for a password in an unknown way: it needs digest with MD5 or SHA-256"
    case .refused(let code, let words):
      "\(server) refused (\(code)\(words.isEmpty ? "" : " \(words)")): \(Self.advice(code))"
    case .unreadable: "\(server) gave no usable answer: check fritzbox.url"
    }
  }

  /// What switches the interface on.
  private static let access =
    "allow access for applications in the network settings of the FRITZ!Box"

  private static func sentence(_ failure: WebFailure, _ server: String) -> String {
    switch failure {
    case .unreachable(let detail):
      "\(server) could not be reached (\(detail)): \(access), and check fritzbox.url"
    case .insecure(let detail):
      "\(server) gave no secure connection (\(detail)): fritzbox.ca_file takes the box's certificate, "
        + "and fritzbox.url a name that is in it"
    case .slow: "\(server) did not answer in time"
    case .tooLarge: "\(server) answered too much: check fritzbox.url"
    case .refusedByProxy: "\(server) could not be reached: a proxy stands before it"
    case .nonsense(let detail): "\(server) gave no usable answer: \(detail); check fritzbox.url"
    }
  }

  private static func advice(_ code: Int) -> String {
    switch code {
    case 401: "\(access); an old FRITZ!OS cannot dial"
    case badArgument: "it does not take this number or telephone"
    case 501: "switch its dialling help on (Telephony, Calls), or set fritzbox.telephone"
    case 503, 606:
      "give the user the right to the FRITZ!Box's telephony (FRITZ!App Fon and call list)"
    case 866: "it wants this to be confirmed on a telephone (second factor): \(secondFactor)"
    case 867: "confirmations are blocked after too many (second factor): \(secondFactor)"
    case 868: "another confirmation is waited for (second factor): try again"
    case 820: "an error inside the FRITZ!Box: try again"
    default: "look at the events of the FRITZ!Box"
    }
  }

  private static let secondFactor =
    "choose the telephone in the FRITZ!Box itself, or switch the additional confirmation off there"
}
