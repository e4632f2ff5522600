import CTIBlock
import NumberForms

/// How the webhooks of one vendor become reports: a file of `Resources/maps`, or an administrator's own.
struct WebhookMap: Sendable {
  /// The last part of the path at which they come.
  var path = ""
  /// The array of which each element is a call of a station; nil: the whole is one.
  var each: FieldPath.Way?
  /// Where things stand; the first path that gives something counts.
  var fields: [Parameter: [FieldPath]] = [:]
  /// What goes before `fields` when a call is an outgoing one.
  var outgoing: [Parameter: [FieldPath]] = [:]
  /// The vendor's words in lower case, and ours; an empty one is nothing that a window could use.
  var words: [Parameter: [String: String]] = [:]
  /// Whether an event that nobody knows is passed on, as `setevent` does.
  var offersOthers = false
  /// The vendor's users and their stations.
  var stations: [String: String] = [:]
  /// Nil: the relay's tokens are asked for.
  var signature: WebhookSignature?
  /// What the vendor wants back.
  var answer = WebhookAnswer()

  /// Its ways into a body.
  var ways: [FieldPath.Way] {
    [fields, outgoing].flatMap(\.values).joined().flatMap(\.places).compactMap {
      if case .body(let way) = $0 { way } else { nil }
    }
  }

  /// What is in a webhook for the windows.
  enum Finding {
    case reports([CallReport])
    case nothing(WebhookResult.Reason)
  }

  /// Reads a webhook; throws 400 when a field cannot be what it should.
  func reports(in content: WebhookContent, _ names: ParameterNames) throws(Refusal) -> Finding {
    let elements = each.map { way in content.elements(way).map(Optional.some) } ?? [nil]
    var reports: [CallReport] = []
    var reason = WebhookResult.Reason.station
    for element in elements {
      let found = Fields(map: self, content: content, element: element)
      guard let station = found.station else { continue }
      guard let event = found.event else {
        reason = .event
        continue
      }
      var fields = RequestFields(names)
      fields.put(station, for: .station)
      fields.put(event, for: .event)
      for parameter in [Parameter.number, .name, .id, .reason, .direction, .ident] {
        if let text = found.translated(parameter) { fields.put(text, for: parameter) }
      }
      reports.append(try CallReport(fields))
    }
    return reports.isEmpty ? .nothing(reason) : .reports(reports)
  }

  /// The secret in the body, for vendors that write one there.
  func token(in content: WebhookContent) -> [UInt8]? {
    Fields(map: self, content: content, element: nil).text(.token).map { Array($0.utf8) }
  }

  /// One call's part of a webhook.
  private struct Fields {
    let map: WebhookMap
    let content: WebhookContent
    let element: JSONValue?
    private let isOutgoing: Bool

    init(map: WebhookMap, content: WebhookContent, element: JSONValue?) {
      (self.map, self.content, self.element) = (map, content, element)
      let said = Self.text(.direction, map.fields, content, element)
      let word = said.map { map.words[.direction]?[$0.lowercased()] ?? $0 }
      isOutgoing = word.flatMap { DirectionWord($0) } == .outgoing
    }

    var station: String? { text(.station).map { map.stations[$0] ?? $0 } }

    /// Our word for what happened; nil when that is nothing for a window.
    var event: String? {
      // A vendor whose URL says the event sends nothing else to it.
      guard map.fields[.event] != nil else { return EventWord.ring.word }
      guard let said = text(.event) else { return nil }
      if let word = map.words[.event]?[said.lowercased()] { return word.isEmpty ? nil : word }
      if case .other = EventWord(said), !map.offersOthers { return nil }
      return said
    }

    /// A text, in our words where the map has some for it.
    func translated(_ parameter: Parameter) -> String? {
      text(parameter).map { map.words[parameter]?[$0.lowercased()] ?? $0 }
    }

    func text(_ parameter: Parameter) -> String? {
      (isOutgoing ? Self.text(parameter, map.outgoing, content, element) : nil)
        ?? Self.text(parameter, map.fields, content, element)
    }

    private static func text(
      _ parameter: Parameter, _ fields: [Parameter: [FieldPath]], _ content: WebhookContent,
      _ element: JSONValue?
    ) -> String? {
      let plus = parameter == .number || parameter == .station ? FormText.Plus.ofNumber : .blank
      return (fields[parameter] ?? []).lazy.compactMap { content.text($0, in: element, plus) }.first
    }
  }
}
