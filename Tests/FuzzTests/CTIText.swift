import CTIBlock

/// The text of a CTI installation, and the small languages in it.
enum CTIText: FuzzTarget {
  static func feed(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    let values = CTIVariables(ident: "a&b", station: "1024", dialled: "+33 3 88 20 21 22\n")
    for block in (try? CTIBlockText(text))?.blocks ?? [] {
      guard let request = try? CTIExchange(block).request(values) else { continue }
      expectPlain(request.url)
      for header in request.headers { expectPlain(header.name + header.value) }
    }
    if let document = try? JSONValue(bytes) { _ = JSONPath("calls[1].tel")?.value(in: document) }
    _ = JSONPath(text)?.value(in: .array([.null]))
    _ = XMLPlace(path: text)?.matches(["call", "tel"])
  }
}
