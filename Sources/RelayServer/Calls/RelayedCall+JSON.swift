import Telephony

extension RelayedCall {
  /// The answer of `getevent`, and the data of an event (R26):
  ///
  ///     {"tel":"0388202122","event":"ring","id":"1795004662001","age":3,"name":"Marie Dupont"}
  ///
  /// `direction` and `reason` follow where they are known.
  func json(_ names: ParameterNames, at now: Moment) -> JSONText {
    var object = JSONText()
    object.add(names[.number], number.text)
    object.add(names[.event], event)
    if !id.isEmpty { object.add(names[.id], id) }
    object.add(names[.age], age(at: now))
    if let name { object.add(names[.name], name) }
    if let direction { object.add(names[.direction], direction) }
    if let reason { object.add(names[.reason], reason) }
    return object
  }

  /// The answer of `getevent` when there is no call: `{"tel":"","event":""}`.
  static func none(_ names: ParameterNames) -> JSONText {
    var object = JSONText()
    object.add(names[.number], "")
    object.add(names[.event], "")
    return object
  }
}
