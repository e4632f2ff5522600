import TextForms

/// The body of a request, and how it is written.
struct CTIBody: Hashable {
  /// How the whole of it is encoded (`dataencode`).
  enum Encoding: String {
    case plain = ""
    case form = "url"
    case base64
  }

  /// What it says.
  var template: CTITemplate
  /// How the whole of it is encoded.
  var encoding: Encoding
  /// The content type as it was stated; empty when it was not.
  var contentType: String

  /// The content type, where none is stated that of the encoding.
  var mediaType: String {
    contentType.isEmpty && encoding == .form ? "application/x-www-form-urlencoded" : contentType
  }

  /// The body; nil when there is none.
  func text(_ values: CTIVariables) -> String? {
    guard !template.isEmpty else { return nil }
    switch encoding {
    case .plain: return template.filled(values, escaping: escaping) { $0 }
    case .form:
      return template.filled(values, escaping: FormCoding.encode, text: Escaping.formFields)
    case .base64:
      return Escaping.base64(template.filled(values, escaping: escaping) { $0 }.utf8)
    }
  }

  /// What the content type asks of a value.
  private var escaping: (String) -> String {
    let type = contentType.prefix { $0 != ";" }.trimmedBlanks.lowercased()
    if type == "application/x-www-form-urlencoded" { return FormCoding.encode }
    if type.hasSuffix("/json") || type.hasSuffix("+json") { return JSONText.inside }
    if type.hasSuffix("/xml") || type.hasSuffix("+xml") { return XMLWriting.escaped }
    return { $0 }
  }
}
