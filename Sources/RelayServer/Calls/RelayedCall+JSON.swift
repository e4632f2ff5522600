import Telephony
import TextForms

extension RelayedCall {
  /// The answer of `getevent`, and the data of an event (R26):
  ///
  ///     {"tel":"0388202122","event":"ring","id":"1795004662001","age":3,"name":"Marie Dupont"}
  ///
  /// `direction` and `reason` follow where they are known.
  func json(_ names: ParameterNames, at now: Moment) -> JSONLine {
    var object = JSONLine()
    object.add(names.text(.number), number.text)
    object.add(names.text(.event), event)
    if !id.isEmpty { object.add(names.text(.id), id) }
    object.add(names.text(.age), age(at: now))
    if let name { object.add(names.text(.name), name) }
    if let direction { object.add(names.text(.direction), direction) }
    if let reason { object.add(names.text(.reason), reason) }
    return object
  }

  /// The answer of `getevent` when there is no call: `{"tel":"","event":""}`.
  static func none(_ names: ParameterNames) -> JSONLine {
    var object = JSONLine()
    object.add(names.text(.number), "")
    object.add(names.text(.event), "")
    return object
  }
}
