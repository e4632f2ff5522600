/// Records as practices and hospitals exchange them (HL7 FHIR), whose names and telephones are lists of parts.
extension DataNode {
  /// The tree with these records as others write theirs: a `name`, and members called after what number stands in them.
  var withPlainPatients: DataNode {
    guard let type = children.first(where: { $0.name == "resourceType" })?.text, type != "Bundle"
    else {
      var node = self
      node.children = children.map(\.withPlainPatients)
      return node
    }
    var record = DataNode(name: name, line: line)
    record.children = children.filter { ["id", "active", "resourceType"].contains($0.name) }
    record.children += own("name").prefix(1).map { DataNode(name: "name", text: $0.person) }
    record.children += own("telecom").compactMap { $0.telephone() }
    for address in own("address").prefix(1) {
      record.children += address.children.filter {
        ["city", "postalCode", "country"].contains($0.name)
      }
      let lines = address.children.filter { $0.name == "line" }.map(\.text)
      record.children.append(DataNode(name: "address", text: lines.joined(separator: ", ")))
    }
    // Next of kin, or who speaks for an organization.
    record.children += children.filter { $0.name == "contact" }.flatMap { $0.own("telecom") }
      .compactMap { $0.telephone(of: "relative") }
    return record
  }

  /// The members of this name that are still right.
  private func own(_ name: String) -> [DataNode] {
    children.filter { node in
      node.name == name
        && !["old", "maiden", "nickname", "temp"].contains(node.child("use")?.text ?? "")
    }
  }

  private var person: String {
    guard text.isEmpty else { return text }
    let parts = ["given", "family"].flatMap { part in children.filter { $0.name == part } }
    return child("text")?.text ?? parts.map(\.text).joined(separator: " ")
  }

  private func telephone(of whom: String = "") -> DataNode? {
    guard let value = child("value")?.text, let system = child("system")?.text,
      ["phone", "sms", "fax"].contains(system)
    else { return nil }
    let use = system == "phone" && child("use")?.text == "mobile" ? "mobile" : system
    return DataNode(name: whom.isEmpty ? use : "\(whom) \(use)", text: value)
  }
}
