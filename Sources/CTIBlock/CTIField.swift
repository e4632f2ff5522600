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

  /// Those that say how an answer is read.
  static let ofAnswers: [CTIField] = [
    .answerType, .jsonNumber, .jsonEvent, .xmlNumber, .xmlEvent, .xmlNumberInAttribute,
    .xmlNumberAttribute, .xmlEventInAttribute, .xmlEventAttribute,
  ]
}
