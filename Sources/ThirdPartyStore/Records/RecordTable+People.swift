/// Records that hold lists: of an organization's people, each with numbers of their own, or of things that have none.
extension RecordTable {
  /// Such records taken apart: the organization by itself, then each of its people beside the organization's names, as the
  /// rows of a list of contact persons are; and without lists of things. Nil: they hold no lists of either, or have no
  /// numbers of their own, as groups of an address book have none.
  ///
  ///     {"name": "Dupont SA", "phone": …, "staff": [{"name": "Anne", "phone": …}, {"name": "Paul", "phone": …}]}
  ///     {"name": "Dupont SA", "phone": …, "tags": [{"name": "Export"}, {"name": "2026"}]}
  static func listsApart(_ nodes: [DataNode], _ map: ImportMap) -> [DataNode]? {
    var lists: [String: [DataNode]] = [:]
    var isLong: Set<String> = []
    for node in nodes.prefix(sample) {
      for (name, elements) in Self.lists(node) where HeaderWords(name).use == nil {
        lists[name, default: []] += elements
        // One contact person is one of a list as well.
        if elements.count > 1 || HeaderWords(name).isContacts { isLong.insert(name) }
      }
    }
    let long = lists.filter { isLong.contains($0.key) }
    let staff = nodes.count > 1 ? Set(long.filter { table($0.value, map) != nil }.keys) : []
    let things = Set(long.filter { !mayHaveNumbers($0.value, map) }.keys)
    guard !staff.isEmpty || !things.isEmpty else { return nil }
    let organizations = nodes.map { node in
      var node = node
      node.children.removeAll { staff.contains($0.name) || things.contains($0.name) }
      return node
    }
    guard table(organizations, map) != nil else { return nil }
    if staff.isEmpty { return organizations }
    return zip(nodes, organizations).flatMap { node, organization in
      let (organization, names) = named(organization, map)
      let people = Self.lists(node).filter { staff.contains($0.name) }.flatMap(\.people)
      return [organization]
        + people.map { person in
          var row = organization
          row.line = max(person.line, organization.line)
          row.children = names + [contact(person, map)]
          return row
        }
    }
  }

  /// The company in which the only record of a file stands, named, which is not only a list of one; nil where there is
  /// none.
  ///
  ///     {"company": {"name": "Dupont SA", "contact": {"name": "Anne", "phone": …}}}
  static func company(
    around way: [String], _ ways: [(names: [String], nodes: [DataNode])], _ map: ImportMap
  ) -> [DataNode]? {
    for depth in (1..<way.count).reversed() {
      guard let nodes = ways.first(where: { $0.names == Array(way[..<depth]) })?.nodes,
        var node = nodes.first, nodes.count == 1,
        let place = node.children.firstIndex(where: { child in
          guard child.children.isEmpty, !child.text.isEmpty else { return false }
          let named = column(child, map)
          return named == .company || named == .name && column(node, map) == .company
        })
      else { continue }
      node.children[place].name = "company"
      return table([node], map)?.nodes
    }
    return nil
  }

  /// The organization, and what names it. Where nothing but its name says which one it is, that has to: then it stands
  /// under the header of a company, of which several rows are one.
  private static func named(
    _ node: DataNode, _ map: ImportMap
  ) -> (node: DataNode, names: [DataNode]) {
    var node = node
    let columns = node.children.map { child in
      child.children.isEmpty ? column(child, map) : nil
    }
    if !columns.contains(.id), !columns.contains(.code),
      let place = columns.firstIndex(where: { $0 == .name || $0 == .display })
    {
      node.children[place].name = "company"
    }
    let names = zip(node.children, columns).filter { $1?.isIdentity == true && $1 != .email }
    return (node, names.map(\.0))
  }

  /// A person as the contact of an organization, with both names in one.
  private static func contact(_ person: DataNode, _ map: ImportMap) -> DataNode {
    let parts = [ImportColumn.first, .last].map { part in
      person.children.firstIndex { column($0, map) == part }
    }
    guard let first = parts[0], let last = parts[1] else {
      return DataNode(name: "contact", children: person.children)
    }
    let whole = [first, last].map { person.children[$0].text }.filter { !$0.isEmpty }
    let others = person.children.indices.filter { $0 != first && $0 != last }
    return DataNode(
      name: "contact",
      children: [DataNode(name: "name", text: whole.joined(separator: " "))]
        + others.map { person.children[$0] })
  }

  private static func column(_ node: DataNode, _ map: ImportMap) -> ImportColumn? {
    map.column(of: node.name) ?? ImportColumn(header: node.name)
  }

  private static func mayHaveNumbers(_ nodes: [DataNode], _ map: ImportMap) -> Bool {
    header(nodes.prefix(sample), map)?.columns.contains { $0?.isNumber == true } ?? true
  }

  /// The lists in a node, by their names: members of one name, or what an element of its own holds together.
  private static func lists(_ node: DataNode) -> [(name: String, people: [DataNode])] {
    var lists: [(name: String, people: [DataNode])] = []
    for child in node.children where !child.children.isEmpty {
      let first = child.children[0]
      let isWrapper =
        !first.children.isEmpty && child.children.allSatisfy { $0.name == first.name }
      let people = isWrapper ? child.children : [child]
      if let known = lists.firstIndex(where: { $0.name == child.name }) {
        lists[known].people += people
      } else {
        lists.append((child.name, people))
      }
    }
    return lists
  }
}
