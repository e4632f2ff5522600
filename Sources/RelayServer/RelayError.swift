/// Why the relay does not start, or had to stop.
public enum RelayError: Error, Hashable, Sendable {
  /// Anybody on the network could report calls and read callers.
  case wouldBeOpen(address: String)
  /// The tokens cannot be had.
  case tokenFile(path: String, problem: String)
  /// The certificate or its key cannot be used.
  case certificate(path: String, problem: String)
  /// One of certificate and key is missing.
  case halfCertificate
  /// Not `USUAL=OTHER`, or a name that another parameter has.
  case badName(String)
  /// Not a network.
  case badNetwork(String)
  /// Not a path that a URL can have.
  case badPrefix(String)
  /// Not a port.
  case badPort(Int)
  /// Not a store that there is.
  case badStore(text: String, problem: String)
  /// The store's password cannot be had.
  case passwordFile(path: String, problem: String)
  /// So few files and sockets may be open that no window could be served.
  case tooFewDescriptors(limit: Int, needed: Int)
  /// A map of webhooks cannot be used.
  case badMap(path: String, problem: String)
  /// The trace cannot be written.
  case trace(problem: String)
  /// The address is taken, or is not this machine's.
  case cannotListen(address: String, port: Int, problem: String)

  /// What was tried, on what, what happened, what to do.
  public var sentence: String {
    switch self {
    case .wouldBeOpen(let address):
      "listening on \(address) without a token would show callers to the whole network: "
        + "give --token-file, or --open if that is meant"
    case .tokenFile(let path, let problem):
      "could not take the tokens from \(path): \(problem)"
    case .certificate(let path, let problem):
      "could not take the certificate or its key from \(path): \(problem)"
    case .halfCertificate:
      "TLS needs both --tls-certificate and --tls-key: give the other one, too"
    case .badName(let text):
      "\(text) renames no parameter: write USUAL=OTHER with one of "
        + Parameter.allCases.map(\.usualName).joined(separator: ", ")
        + ", and a name that no other parameter has"
    case .badNetwork(let text):
      "\(text) is not a network: write 192.0.2.0/24, 2001:db8::/32 or one address"
    case .badPrefix(let text):
      "\(text) is not the beginning of a path: write /…/ without blanks, ? and #"
    case .badPort(let port):
      "\(port) is not a port: choose one from 1 to 65535, or 0 for any that is free"
    case .badStore(let text, let problem):
      "\(text) is not a store: \(problem)"
    case .passwordFile(let path, let problem):
      "could not take the store's password from \(path): \(problem)"
    case .tooFewDescriptors(let limit, let needed):
      "at most \(limit) files and sockets may be open at a time, \(needed) are needed: raise ulimit -n"
    case .badMap(let path, let problem):
      "could not take the map of webhooks from \(path): \(problem)"
    case .trace(let problem): problem
    case .cannotListen(let address, let port, let problem):
      "could not listen on \(address), port \(port): \(problem): choose another --address or --port"
    }
  }
}
