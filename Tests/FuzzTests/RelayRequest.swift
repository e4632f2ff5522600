import CTIBlock
import TextForms

@testable import RelayServer

/// The fields of a request to the relay, as a form and as JSON, and a map's path into JSON.
enum RelayRequest: FuzzTarget {
  static func feed(_ bytes: [UInt8]) {
    var form = RequestFields(ParameterNames())
    if (try? form.read(form: bytes)) != nil { read(form) }
    var object = RequestFields(ParameterNames())
    if let json = try? JSONObject(bytes), (try? object.read(json: json)) != nil { read(object) }
    walk(bytes)
  }
}

/// The first line is a path, the rest what it leads into.
private func walk(_ bytes: [UInt8]) {
  guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")),
    let path = FieldPath(String(decoding: bytes[..<end], as: UTF8.self)),
    let value = try? JSONValue(Array(bytes[end...]))
  else { return }
  for case .body(let way) in path.places {
    let count = way.values(in: value, limit: 8).count
    precondition(count <= 8)
    precondition(count > 0 || way.text(in: value) == nil)
  }
}

private func read(_ fields: RequestFields) {
  if let report = try? CallReport(fields) { expectKept(report) }
  for parameter in Parameter.allCases {
    for plus in [FormText.Plus.blank, .ofNumber] {
      let word = (try? fields.word(parameter, plus)) ?? ""
      precondition(word.utf8.count <= 128 && word.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F })
      _ = fields.text(parameter, plus)
    }
    let encoded = PercentCoding.encode(fields.raw(parameter) ?? "")
    precondition(encoded.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F })
  }
}
