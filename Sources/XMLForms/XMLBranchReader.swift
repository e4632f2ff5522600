import Foundation
import FoundationXML
import TextForms

/// Reads a document on one way through it, by libxml2.
final class XMLBranchReader: NSObject {
  /// The deepest nesting, the most elements and the longest text [bytes] that are read.
  private static let deepest = 24
  private static let mostElements = 4_000
  private static let longestText = 1_024

  private var open: [XMLBranch] = []
  private var root: XMLBranch?
  private var elements = 0
  private var isRefused = false

  /// What stands in the document; nil when it is no XML, or a dangerous one.
  static func read(_ body: [UInt8]) -> XMLBranch? {
    let bytes = XMLText.utf8(body)
    guard bytes[...].firstPlace(of: Array("<!DOCTYPE".utf8)) == nil,
      bytes[...].firstPlace(of: Array("<!ENTITY".utf8)) == nil
    else { return nil }
    let reader = XMLBranchReader()
    let parser = XMLParser(data: Data(bytes))
    parser.shouldResolveExternalEntities = false
    parser.delegate = reader
    // Its result says true of broken documents as well.
    _ = parser.parse()
    guard !parser.isBroken, !reader.isRefused, reader.open.isEmpty else { return nil }
    return reader.root
  }
}

extension XMLBranchReader: XMLParserDelegate {
  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    elements += 1
    guard open.count < Self.deepest, elements <= Self.mostElements else {
      isRefused = true
      return parser.abortParsing()
    }
    // Prefixes need not be declared for that.
    let local = name.split(separator: ":").last.map { String($0) } ?? name
    open.append(XMLBranch(name: local))
  }

  func parser(_ parser: XMLParser, foundCharacters text: String) { append(text) }

  func parser(_ parser: XMLParser, foundCDATA block: Data) {
    append(String(decoding: block, as: UTF8.self))
  }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    guard var element = open.popLast() else { return }
    element.text = String(element.text.drop(while: \.isWhitespace))
    while element.text.last?.isWhitespace == true { element.text.removeLast() }
    if open.isEmpty { root = element } else { open[open.count - 1].children.append(element) }
  }

  private func append(_ text: String) {
    guard let last = open.indices.last, open[last].text.utf8.count <= Self.longestText else {
      return
    }
    open[last].text += text.prefix(Self.longestText)
  }
}
