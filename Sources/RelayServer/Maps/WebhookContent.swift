import CTIBlock
import NIOHTTP1

/// What a webhook says: its headers, what stands behind the `?`, and its body.
struct WebhookContent {
  /// The body, and the texts at the ways of the map, by their names: each is walked once, not once for each element.
  private struct Body {
    let value: JSONValue
    var texts: [String: String] = [:]

    init(_ value: JSONValue, for map: WebhookMap) {
      self.value = value
      for way in map.ways { texts[way.name] = way.text(in: value) }
    }

    /// A field whose name is the whole way goes before the tree that its brackets describe.
    init(_ form: [FormField], _ plus: FormText.Plus, for map: WebhookMap) {
      self.init(FormTree(form, plus).value, for: map)
      for way in map.ways {
        texts[way.name] = WebhookContent.text(way.name, in: form, plus) ?? texts[way.name]
      }
    }
  }

  /// The elements of an `each` that are looked at, at most.
  private static let mostElements = 100

  private let headers: HTTPHeaders
  private let query: [FormField]
  private let body: Body
  /// As numbers are read.
  private let numbers: Body

  /// Reads a request for a map. A GET has its form in the URL.
  ///
  /// Throws 400 when the body says that it is JSON and is none, or one of more than 64 levels.
  init(_ head: HTTPRequestHead, _ bytes: [UInt8], for map: WebhookMap) throws(Refusal) {
    headers = head.headers
    query = FormField.all(in: try RequestTarget(head.uri).query)
    let type = head.headers.first(name: "content-type")?.lowercased() ?? ""
    let first = bytes.first { $0 > 0x20 }
    // By what it is and not only by what it is called, as in reports.
    let form: [FormField]
    if head.method == .GET {
      form = query
    } else if type.contains("json") || first.map({ "{[".utf8.contains($0) }) == true {
      do throws(JSONFault) {
        body = Body(try JSONValue(bytes), for: map)
        numbers = body
        return
      } catch {
        throw .badRequest(
          "the body is not JSON: at byte \(error.offset) there should be \(error.expected)")
      }
    } else if type.hasPrefix("multipart/") {
      throw Refusal(
        status: .unsupportedMediaType,
        sentence: "the body is \(type.prefix { $0 != ";" }); JSON and forms are read")
    } else {
      form = FormField.all(in: bytes)
    }
    body = Body(form, .blank, for: map)
    numbers = Body(form, .ofNumber, for: map)
  }

  /// What is at a path; nil when that is nothing.
  ///
  /// - Parameters:
  ///   - element: The one that an `each` has come to.
  ///   - plus: What an unencoded plus of a form stands for.
  func text(_ path: FieldPath, in element: JSONValue?, _ plus: FormText.Plus) -> String? {
    let texts = path.places.compactMap { text($0, in: element, plus)?.trimmed }
      .filter { !$0.isEmpty }
    return texts.isEmpty ? nil : texts.joined(separator: " ")
  }

  private func text(
    _ place: FieldPath.Place, in element: JSONValue?, _ plus: FormText.Plus
  ) -> String? {
    switch place {
    case .header(let name): headers.first(name: name)
    case .query(let name): Self.text(name, in: query, plus)
    case .element(let way): element.flatMap { way.text(in: $0) }
    case .body(let way): (plus == .ofNumber ? numbers : body).texts[way.name]
    }
  }

  /// The elements of an array in the body.
  func elements(_ way: FieldPath.Way) -> [JSONValue] {
    way.values(in: numbers.value, limit: Self.mostElements)
  }

  /// The value of the first field of this name that has one.
  static func text(
    _ name: String, in fields: [FormField], _ plus: FormText.Plus
  ) -> String? {
    fields.first { $0.name.elementsEqual(name.utf8) && !$0.value.raw.isEmpty }
      .map { String(decoding: $0.value.decoded(plus).bytes, as: UTF8.self) }
  }
}
