import Foundation
import FoundationXML
import HeaderForms
import Telephony
import TextForms
import XMLForms

/// Reads a document of dialog state on one way through it, by libxml2.
///
/// A document that declares entities or types of its own is refused, nothing outside it is ever
/// fetched, and elements of other namespaces are passed over.
final class DialogInfoReader: NSObject {
  private static let namespace = "urn:ietf:params:xml:ns:dialog-info"
  /// The deepest nesting, the most dialogs, and the longest text that are read.
  private static let deepest = 32
  private static let mostDialogs = 200
  private static let longestText = 4096

  private var way: [String] = []
  private var info: DialogInfo?
  private var dialog: DialogInfo.Dialog?
  private var stateWord = ""
  private var text = ""
  private var refusal: String?
  private var isEnded = false

  /// The document in the body; throws when it is none, or a dangerous one.
  static func read(_ body: [UInt8]) throws(DialogInfoError) -> DialogInfo {
    let bytes = XMLText.utf8(body)
    guard bytes[...].firstPlace(of: Array("<!DOCTYPE".utf8)) == nil,
      bytes[...].firstPlace(of: Array("<!ENTITY".utf8)) == nil
    else { throw DialogInfoError(reason: "its XML declares types or entities, which are not read") }
    let reader = DialogInfoReader()
    let parser = XMLParser(data: Data(bytes))
    parser.shouldResolveExternalEntities = false
    parser.shouldProcessNamespaces = true
    parser.delegate = reader
    // Its result says true of broken documents as well.
    _ = parser.parse()
    if let refusal = reader.refusal { throw DialogInfoError(reason: refusal) }
    guard !parser.isBroken, reader.isEnded, reader.way.isEmpty else {
      throw DialogInfoError(reason: "it is no XML in line \(max(1, parser.lineNumber))")
    }
    guard let info = reader.info else { throw DialogInfoError(reason: "it is no dialog-info") }
    return info
  }

  private func refuse(_ reason: String, _ parser: XMLParser) {
    refusal = refusal ?? reason
    parser.abortParsing()
  }

  private func begin(_ attributes: [String: String], _ parser: XMLParser) {
    // Kamailio writes it with leading zeros.
    guard let version = HeaderSyntax.number32(attributes["version"] ?? "")
    else { return refuse("it has no version", parser) }
    info = DialogInfo(
      entity: attributes["entity"], version: version, isFull: attributes["state"] != "partial",
      dialogs: [])
  }

  private func beginDialog(_ attributes: [String: String], _ parser: XMLParser) {
    guard let id = attributes["id"] ?? attributes["call-id"], !id.isEmpty else {
      return refuse("it has a dialog without an id", parser)
    }
    let direction: Direction? =
      switch attributes["direction"]?.lowercased() {
      case "initiator": .outgoing
      case "recipient": .incoming
      default: nil
      }
    stateWord = ""
    dialog = DialogInfo.Dialog(
      id: short(id), callID: attributes["call-id"].map(short), direction: direction,
      state: .terminated)
  }

  private func endDialog(_ parser: XMLParser) {
    // A dialog in a state that nobody knows, or in none, tells nothing.
    guard var dialog, let state = DialogInfo.State(rawValue: stateWord) else { return }
    // The called end sends no other provisional answer than that it rings (RFC 4235, section 3.7.1); BroadWorks says so.
    let rings = state == .proceeding && dialog.direction == .incoming
    dialog.state = rings ? .early : state
    dialog.remote = dialog.remote ?? dialog.target
    info?.dialogs.append(dialog)
    self.dialog = nil
    if info?.dialogs.count ?? 0 > Self.mostDialogs {
      refuse("it has more than \(Self.mostDialogs) dialogs", parser)
    }
  }

  /// Of several identities of one end that which is a number, as `tel:` is; nil: none is told.
  private static func better(_ text: String, than known: String?) -> String? {
    let address = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let isNumber = address.lowercased().hasPrefix("tel:")
    return address.isEmpty || known != nil && !isNumber ? known : address
  }

  /// Names of calls and dialogs are only compared; longer ones than any server writes are cut.
  private func short(_ text: String) -> String { String(text.prefix(256)) }
}

extension DialogInfoReader: XMLParserDelegate {
  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    let isOurs = namespaceURI.map { $0.isEmpty || $0 == Self.namespace } ?? true
    way.append(isOurs ? name : "")
    text = ""
    if way.count > Self.deepest { return refuse("its XML is nested too deep", parser) }
    switch way {
    case ["dialog-info"]: begin(attributes, parser)
    case ["dialog-info", "dialog"]: beginDialog(attributes, parser)
    case ["dialog-info", "dialog", "state"]:
      // Wildix calls it so.
      dialog?.event = attributes["event"] ?? attributes["reason"]
      dialog?.code = attributes["code"].flatMap { HeaderSyntax.number($0) }
    case ["dialog-info", "dialog", "remote", "identity"]:
      if let name = attributes["display"] { dialog?.remoteName = name }
    case ["dialog-info", "dialog", "local", "identity"]:
      if let name = attributes["display"] { dialog?.localName = name }
    case ["dialog-info", "dialog", "remote", "target"]:
      dialog?.target = attributes["uri"].flatMap { $0.isEmpty ? nil : short($0) }
    default: break
    }
  }

  func parser(_ parser: XMLParser, foundCharacters more: String) {
    if text.utf8.count <= Self.longestText { text += more }
  }

  func parser(_ parser: XMLParser, foundCDATA block: Data) {
    self.parser(parser, foundCharacters: String(decoding: block, as: UTF8.self))
  }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    switch way {
    case ["dialog-info", "dialog"]: endDialog(parser)
    case ["dialog-info", "dialog", "state"]:
      stateWord = text.filter { !$0.isWhitespace }.lowercased()
    case ["dialog-info", "dialog", "remote", "identity"]:
      let known = dialog?.remote
      dialog?.remote = Self.better(text, than: known)
    case ["dialog-info", "dialog", "local", "identity"]:
      let known = dialog?.local
      dialog?.local = Self.better(text, than: known)
    default: break
    }
    text = ""
    if !way.isEmpty { way.removeLast() }
  }

  func parserDidEndDocument(_ parser: XMLParser) { isEnded = true }
}
