import TestSupport

/// A real SIP server (Kamailio 5.6 of Debian 12): registrar, proxy, and dialog state of its calls.
final class Kamailio {
  /// Where it listens, by UDP and TCP.
  let port: UInt16
  private let folder: TemporaryFolder
  private var server: Child?

  /// A server that asks for the password `secret`, and digests it so.
  init(algorithm: String) async throws {
    folder = try TemporaryFolder()
    port = try LoopbackPort.free()
    try folder.write(Self.configuration(port: port, algorithm: algorithm), to: "kamailio.cfg")
    try await start()
  }

  /// Starts, and waits until it listens.
  func start() async throws {
    server = try Child(
      "/usr/sbin/kamailio", ["-DD", "-E", "-f", folder.file("kamailio.cfg")],
      output: folder.file("log"))
    try await waitUntil("kamailio on port \(port)", instead: contents(ofFile: folder.file("log"))) {
      contents(ofFile: "/proc/net/tcp").contains(listening)
    }
    // Children read datagrams side by side: a call must not overtake this.
    for user in ["1024", "0388202122"] { try await register(user) }
  }

  /// Ends it as a crash would.
  func kill() async throws {
    server?.signal(9)
    try await server?.status()
    server = nil
  }

  /// Where the telephones of all users are.
  lazy var phonePort: UInt16 = (try? LoopbackPort.free()) ?? 0

  /// The line's beginning in proc(5)'s table: address, port, the other end, and the state (listening).
  private var listening: String {
    let digits = String(port, radix: 16, uppercase: true)
    return "0100007F:" + String(repeating: "0", count: 4 - digits.count) + digits
      + " 00000000:0000 0A"
  }

  private func register(_ user: String) async throws {
    try await waitUntil("a registration", instead: contents(ofFile: folder.file("log"))) {
      try ask(user, "Contact: <sip:phone@127.0.0.1:\(phonePort)>\r\nExpires: 600\r\n")
        .hasPrefix("SIP/2.0 200")
    }
  }

  /// What it says of a user's telephones.
  func telephones(of user: String) throws -> String { try ask(user, "") }

  private func ask(_ user: String, _ fields: String) throws -> String {
    try LoopbackPort.ask(
      """
      REGISTER sip:pbx.example SIP/2.0\r
      Via: SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bK\(user)\(fields.utf8.count);rport\r
      Max-Forwards: 70\r
      From: <sip:\(user)@pbx.example>;tag=register\r
      To: <sip:\(user)@pbx.example>\r
      Call-ID: register-\(user)-\(fields.utf8.count)\r
      CSeq: 1 REGISTER\r
      \(fields)Content-Length: 0\r
      \r

      """, at: port) ?? ""
  }

  private static func configuration(port: UInt16, algorithm: String) -> String {
    let modules = [
      "tm", "sl", "rr", "pv", "usrloc", "registrar", "textops", "siputils", "auth", "dialog",
      "db_text",
      "presence", "presence_dialoginfo", "pua", "pua_dialoginfo",
    ]
    let tables = "text:///usr/share/kamailio/dbtext/kamailio"
    return """
      #!KAMAILIO
      debug=1
      log_stderror=yes
      children=1
      tcp_children=1
      dns=no
      rev_dns=no
      auto_aliases=no
      alias="pbx.example"
      listen=udp:127.0.0.1:\(port)
      listen=tcp:127.0.0.1:\(port)
      mpath="/usr/lib/x86_64-linux-gnu/kamailio/modules/"
      \(modules.map { "loadmodule \"\($0).so\"" }.joined(separator: "\n"))
      modparam("auth", "algorithm", "\(algorithm)")
      modparam("auth", "qop", "auth")
      modparam("rr", "enable_full_lr", 1)
      modparam("dialog", "db_mode", 0)
      # Everything in memory: nothing is read from the tables but their versions.
      modparam("presence", "db_url", "\(tables)")
      modparam("presence", "subs_db_mode", 0)
      modparam("presence", "publ_cache", 2)
      modparam("presence", "clean_period", 0)
      modparam("presence", "db_update_period", 0)
      modparam("presence", "server_address", "sip:127.0.0.1:\(port)")
      modparam("pua", "db_url", "\(tables)")
      modparam("pua", "db_mode", 0)
      modparam("pua", "outbound_proxy", "sip:127.0.0.1:\(port)")
      modparam("pua_dialoginfo", "include_callid", 1)
      modparam("pua_dialoginfo", "include_tags", 1)

      request_route {
        if (is_method("SUBSCRIBE")) {
          if (!pv_auth_check("pbx.example", "secret", "0", "0")) {
            auth_challenge("pbx.example", "1");
            exit;
          }
          handle_subscribe();
          exit;
        }
        if (is_method("PUBLISH")) { handle_publish(); exit; }
        if (is_method("REGISTER")) {
          if ($ua == "ScreenPop" && !pv_auth_check("pbx.example", "secret", "0", "0")) {
            auth_challenge("pbx.example", "1");
            exit;
          }
          save("location");
          exit;
        }
        if (is_method("CANCEL")) { if (t_check_trans()) t_relay(); exit; }
        if (has_totag()) {
          if (loose_route() || is_method("ACK") && t_check_trans()) t_relay();
          exit;
        }
        if (is_method("INVITE")) { dlg_manage(); record_route(); }
        if (!lookup("location")) { sl_send_reply("404", "Not Found"); exit; }
        t_relay();
      }

      """
  }
}
