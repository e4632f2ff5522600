/// A request to a CTI server, ready to be sent.
public struct CTIRequest: Hashable, Sendable {
  /// `GET`, `POST`, `PUT` or `DELETE`.
  public var method: String
  /// The absolute address, without user and password.
  public var url: String
  /// The headers of the description, the content type and the authorization.
  public var headers: [CTIHeader]
  /// The body, encoded; nil: none.
  public var body: String?

  /// Host and port, for sentences: the rest of an address may hold secrets.
  public var server: String {
    let authority = url.firstRange(of: "://").map { url[$0.upperBound...] }
    return String((authority ?? "").prefix { !"/?#".contains($0) })
  }
}
