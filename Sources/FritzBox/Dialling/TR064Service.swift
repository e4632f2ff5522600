import XMLForms

/// Where a box takes what it is to do with its telephony, as its description says (`tr64desc.xml`).
///
///     <service><serviceType>urn:dslforum-org:service:X_VoIP:1</serviceType>…
///       <controlURL>/upnp/control/x_voip</controlURL>…</service>
struct TR064Service: Hashable, Sendable {
  /// The description's path.
  static let description = "/tr64desc.xml"
  /// How the name of every version begins.
  private static let name = "urn:dslforum-org:service:X_VoIP:"

  /// The name with the version.
  let type: String
  /// Its path on the box, where the password may go, and nowhere else.
  let path: String

  /// The service in a description; nil when there is none.
  init?(_ description: [UInt8]) {
    let services = XMLBranch.read(description)?.all("service") ?? []
    guard
      let service = services.first(where: { $0.value("serviceType")?.hasPrefix(Self.name) == true }
      ),
      let type = service.value("serviceType"), let path = service.value("controlURL"),
      type.utf8.dropFirst(Self.name.utf8.count).allSatisfy({ (0x30...0x39).contains($0) }),
      path.hasPrefix("/"), !path.hasPrefix("//"),
      path.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
    else { return nil }
    (self.type, self.path) = (type, path)
  }
}
