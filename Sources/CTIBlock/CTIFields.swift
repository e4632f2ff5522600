/// One block as it was written, not yet checked: texts by key, an empty one being an absent one.
public struct CTIFields: Hashable, Sendable {
  /// What the server is asked for.
  public var purpose: CTIPurpose
  private var values: [CTIField: String]
  /// In which line of the text each field stands, from 1.
  var lines: [CTIField: Int] = [:]
  /// In which line of the text the block begins, from 1; nil when there is no text.
  public internal(set) var line: Int?

  /// The fields of a block.
  public init(_ purpose: CTIPurpose, _ values: [CTIField: String] = [:]) {
    self.purpose = purpose
    self.values = values
  }

  /// The text of a field; empty when there is none.
  public subscript(field: CTIField) -> String {
    get { values[field] ?? "" }
    set { values[field] = newValue }
  }

  /// Where a relay is asked that nobody has given a path of one's own.
  private static let relayPath = "/DhDivaltoServerCTI/api/cti/getevent"

  /// The relay's own question, which is also the sample of the format.
  ///
  /// - Parameter url: The address of `getevent` without its query, or with one of one's own, which is
  ///   kept as it is; or of the relay alone, `http://127.0.0.1:8083`.
  /// - Parameter token: What the relay wants to be shown, if it does.
  public static func relay(url: String, token: String? = nil) -> CTIFields {
    let afterScheme = url.firstRange(of: "://").map { url[$0.upperBound...] } ?? url[...]
    let isBare = ["", "/"].contains(afterScheme.drop { $0 != "/" && $0 != "?" })
    let url =
      isBare ? (url.hasSuffix("/") ? String(url.dropLast()) : url) + Self.relayPath : url
    let query = url.contains("?") ? "" : "?ident=$ident$&telorg=$telorg$"
    return CTIFields(
      .event,
      [
        .withEvent: "1", .url: url + query, .answerType: "json", .jsonNumber: "tel",
        .jsonEvent: "event", .headers: token.map { "Authorization: Bearer \($0)" } ?? "",
      ])
  }
}
