/// Where an answer holds number and event.
public enum CTIAnswerForm: Hashable, Sendable {
  /// In a JSON value; without a place for the event, every call rings.
  case json(number: JSONPath, event: JSONPath?)
  /// In an XML document; without a place for the event, every call rings.
  case xml(number: XMLPlace, event: XMLPlace?)
}
