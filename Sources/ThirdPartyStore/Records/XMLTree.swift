import Foundation
import FoundationXML
import TextForms
import XMLForms

/// Reads a file of XML as a tree, by libxml2; attributes are children of their element.
///
/// Entities of the document's own are left alone, and nothing outside it is fetched (``XMLText``).
final class XMLTree: NSObject {
  private var open: [DataNode] = []
  private var root: DataNode?
  private var isTooDeep = false

  /// What the text holds; nil when it is no XML, or is nested too deep.
  static func read(_ bytes: [UInt8]) -> DataNode? {
    let document = XMLText.utf8(withoutWrongDeclaration(bytes))
    guard document[...].firstPlace(of: Array("<!ENTITY".utf8)) == nil else { return nil }
    let tree = XMLTree()
    let parser = XMLParser(data: Data(document))
    parser.shouldResolveExternalEntities = false
    parser.delegate = tree
    // Its result says true of broken documents as well.
    _ = parser.parse()
    guard !parser.isBroken, !tree.isTooDeep else { return nil }
    return tree.root
  }

  /// Without the declaration of UTF-16, out of which the file was read already.
  private static func withoutWrongDeclaration(_ bytes: [UInt8]) -> [UInt8] {
    let start = bytes.prefix(200)
    guard let end = start.firstPlace(of: Array("?>".utf8)),
      String(decoding: start[..<end.lowerBound], as: UTF8.self).lowercased().contains("utf-16")
    else { return bytes }
    return Array(bytes[end.upperBound...])
  }

  /// The cards of xCard (RFC 6351) as lines of vCard 4; nil when there is none.
  static func cards(_ root: DataNode) -> [UInt8]? {
    let cards = root.name.lowercased() == "vcard" ? [root] : root.children
    let found = cards.filter {
      $0.name.lowercased() == "vcard" && $0.children.contains { !$0.children.isEmpty }
    }
    return found.isEmpty ? nil : Array(found.map(card).joined().utf8)
  }

  private static func card(_ node: DataNode) -> String {
    var card = CardText()
    let properties = node.children.flatMap { $0.name.lowercased() == "group" ? $0.children : [$0] }
    for property in properties {
      let types = property.child("parameters")?.child("type")?.children.map(\.text) ?? []
      let values = property.children.filter { $0.name.lowercased() != "parameters" }
      // Of a name or an address each component has an element of its own, of everything else the type has.
      let names = ["surname", "given", "additional", "prefix", "suffix"]
      let places = ["pobox", "ext", "street", "locality", "region", "code", "country"]
      let parts =
        switch property.name.lowercased() {
        case "n": names.map { name in Self.texts(values, name) }
        case "adr": places.map { name in Self.texts(values, name) }
        default: values.map(\.text)
        }
      card.add(property.name, types: types, isURI: values.first?.name == "uri", parts: parts)
    }
    return card.text
  }

  private static func texts(_ values: [DataNode], _ name: String) -> String {
    values.filter { $0.name.lowercased() == name }.map(\.text).joined(separator: " ")
  }
}

extension String {
  /// A name with the characters that names of XML may not have, which Microsoft's programs write by their codes:
  /// `Nom_x0020_client`.
  fileprivate var withoutCodes: String {
    guard utf8.contains(UInt8(ascii: "_")) else { return self }
    return replacing(/_x([0-9A-Fa-f]{4})_/) { match in
      UInt32(match.1, radix: 16).flatMap(Unicode.Scalar.init).map { String($0) } ?? ""
    }
  }
}

extension XMLTree: XMLParserDelegate {
  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    guard open.count < DataNode.deepest else {
      isTooDeep = true
      return parser.abortParsing()
    }
    let local = name.split(separator: ":").last.map { String($0).withoutCodes } ?? name
    let members = attributes.sorted { $0.key < $1.key }
      .map { DataNode(name: $0.key, text: $0.value.trimmed) }
    open.append(DataNode(name: local, children: members, line: parser.lineNumber))
  }

  func parser(_ parser: XMLParser, foundCharacters text: String) { append(text) }

  func parser(_ parser: XMLParser, foundCDATA block: Data) {
    append(String(decoding: block, as: UTF8.self))
  }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    guard var node = open.popLast() else { return }
    node.text = node.text.trimmed
    // A database's `<column name="tel">`.
    if node.children.count == 1, node.child("name") != nil,
      ["field", "column", "col", "property", "attribute", "cell"].contains(node.name.lowercased())
    {
      node = DataNode(name: node.children[0].text, text: node.text, line: node.line)
      // That of the table is none of its rows'; attributes stand on no line.
      if !open.isEmpty { open[open.count - 1].children.removeAll { $0.line == 0 } }
    }
    if open.isEmpty { root = node } else { open[open.count - 1].children.append(node) }
  }

  private func append(_ text: String) {
    if !open.isEmpty { open[open.count - 1].text += text }
  }
}
