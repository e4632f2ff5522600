/// A key of the flat text in which an installation describes its CTI server.
///
/// The same words are the keys of the configuration file.
public enum CTIField: String, CaseIterable, Hashable, Sendable {
  /// `1`: the server is polled; `0` or empty: it is used for dialling only.
  case withEvent = "with_event"
  /// The address; variables are replaced, percent-encoded.
  case url
  /// `GET`, `POST`, `PUT` or `DELETE`; empty is `GET`.
  case method = "methode"
  /// The body; variables are replaced, encoded for its content type.
  case data
  /// How the body is encoded: empty as is, `url` as a form, `base64`.
  case dataEncoding = "dataencode"
  /// `Name: value`, separated by line ends or `;`.
  case headers
  /// The content type of the body.
  case contentType = "contenttype"
  /// `json` or `xml`: which of the groups below applies.
  case answerType = "type_return"
  case jsonNumber = "json_tel"
  case jsonEvent = "json_event"
  case xmlNumber = "xml_tel"
  case xmlEvent = "xml_event"
  /// `1`: the number is in an attribute of its element.
  case xmlNumberInAttribute = "xml_result_tel_in_attrib"
  case xmlNumberAttribute = "xml_tel_attrib"
  /// `1`: the event is in an attribute of its element.
  case xmlEventInAttribute = "xml_result_event_in_attrib"
  case xmlEventAttribute = "xml_event_attrib"
}

/// What a block asks its CTI server for; the raw value is the key that opens the block.
public enum CTIPurpose: String, CaseIterable, Hashable, Sendable {
  /// Whether there is a call.
  case event = "cliktocallevent"
  /// To dial a number.
  case dial = "cliktocall"
}

/// One block as it was written, not yet checked: texts by key, an empty one being an absent one.
public struct CTIFields: Hashable, Sendable {
  /// What the server is asked for.
  public var purpose: CTIPurpose
  private var values: [CTIField: String]

  /// The fields of a block.
  public init(_ purpose: CTIPurpose, _ values: [CTIField: String] = [:]) {
    self.purpose = purpose
    self.values = values
  }

  /// The text of a field; empty when there is none.
  public subscript(field: CTIField) -> String {
    get { values[field] ?? "" }
    set { values[field] = newValue }
  }

  /// The relay's own question, which is also the sample of the format.
  ///
  /// - Parameter url: The address of `getevent` without its query, or with one of one's own, which is
  ///   kept as it is.
  /// - Parameter token: What the relay wants to be shown, if it does.
  public static func relay(url: String, token: String? = nil) -> CTIFields {
    let query = url.contains("?") ? "" : "?ident=$ident$&telorg=$telorg$"
    return CTIFields(
      .event,
      [
        .withEvent: "1", .url: url + query, .answerType: "json", .jsonNumber: "tel",
        .jsonEvent: "event", .headers: token.map { "Authorization: Bearer \($0)" } ?? "",
      ])
  }
}
