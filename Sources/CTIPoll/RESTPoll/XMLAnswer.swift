import CTIBlock
import Foundation
import FoundationXML
import TextForms
import XMLForms

/// Finds values in an XML document on one way through it, by libxml2.
///
/// Of several elements that a place names the first counts. A document with entities of its own is
/// refused: no CTI server needs them, and small ones can grow without limit. Nothing outside the document
/// is ever fetched.
final class XMLAnswer: NSObject {
  /// The deepest nesting that is read.
  private static let deepest = 64

  private let places: [XMLPlace]
  private var values: [String?]
  /// The place whose element is being read, by its depth, and the text so far.
  private var open: [Int: (depth: Int, text: String)] = [:]
  private var way: [String] = []
  private var refusal: String?
  private var isEnded = false

  /// The values at these places, in their order; nil where there is no such element or attribute.
  ///
  /// `type` is the content type that the server states: its charset holds for a document that declares
  /// none (RFC 7303, section 3). Throws ``PollError/unreadable(detail:)``.
  static func values(
    of places: [XMLPlace], in body: [UInt8], type: ContentType? = nil
  ) throws(PollError) -> [String?] {
    let document = XMLText.utf8(body, charset: type?.charset)
    // The library leaves such entities out without a word, and half a number is a wrong one.
    guard document[...].firstPlace(of: Array("<!ENTITY".utf8)) == nil else {
      throw .unreadable(detail: "its XML declares entities, which are not read")
    }
    let reader = XMLAnswer(places)
    let parser = XMLParser(data: Data(document))
    parser.shouldResolveExternalEntities = false
    parser.delegate = reader
    // Its result says true of broken documents as well.
    _ = parser.parse()
    if let refusal = reader.refusal { throw .unreadable(detail: refusal) }
    guard !parser.isBroken, reader.isEnded, reader.way.isEmpty else {
      throw .unreadable(detail: "no XML in line \(max(1, parser.lineNumber)); check type_return")
    }
    return reader.values
  }

  private init(_ places: [XMLPlace]) {
    self.places = places
    values = Array(repeating: nil, count: places.count)
  }

  private func refuse(_ sentence: String, _ parser: XMLParser) {
    refusal = refusal ?? sentence
    parser.abortParsing()
  }
}

extension XMLAnswer: XMLParserDelegate {
  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    way.append(name)
    if way.count > Self.deepest { return refuse("its XML is nested too deep", parser) }
    if way == ["html"] { return refuse("it is a page for people; check the URL", parser) }
    for (index, place) in places.enumerated() where values[index] == nil && open[index] == nil {
      guard place.matches(way) else { continue }
      guard let attribute = place.attribute else {
        open[index] = (way.count, "")
        continue
      }
      values[index] = attributes.first { XMLPlace.isSame($0.key, attribute) }?.value
    }
  }

  func parser(_ parser: XMLParser, foundCharacters text: String) { append(text) }

  func parser(_ parser: XMLParser, foundCDATA block: Data) {
    append(String(decoding: block, as: UTF8.self))
  }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    for (index, element) in open where element.depth == way.count {
      values[index] = element.text
      open[index] = nil
    }
    if !way.isEmpty { way.removeLast() }
  }

  func parserDidEndDocument(_ parser: XMLParser) { isEnded = true }

  /// Adds to the elements of which this is the text itself, not that of an element inside.
  private func append(_ text: String) {
    for (index, element) in open where element.depth == way.count {
      open[index]?.text += text
    }
  }
}
