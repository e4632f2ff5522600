public import Telephony
import TextForms

/// Calls numbers by the dialling help of a FRITZ!Box (TR-064): the box calls, and has one of its telephones ring.
public struct FritzBoxDialler: Dialler {
  private let control: FritzBoxControl
  private let way: TR064Conversation.Way

  /// A dialler over the network.
  public init(_ control: FritzBoxControl) {
    self.init(control, way: TR064Conversation.network(control))
  }

  /// A dialler that asks the box this way.
  init(_ control: FritzBoxControl, way: @escaping TR064Conversation.Way) {
    self.control = control
    self.way = way
  }

  /// Has the box call the number. The dialling help is set to the operator's telephone first, where one is configured.
  public func dial(_ number: DialledNumber) async throws(DialError) -> String? {
    var box = TR064Conversation(control, way)
    let refusal: String?
    do throws(TR064Fault) {
      refusal = try await choose(&box)
      if refusal == nil {
        // A box takes keys, as they are dialled on a telephone.
        let keys = number.text.hasPrefix("+") ? "00" + number.text.dropFirst() : number.text
        _ = try await box.perform(.dial(keys))
      }
    } catch {
      throw DialError(error.sentence(control))
    }
    if let refusal { throw DialError(refusal) }
    return nil
  }

  /// Ends the call that the box makes.
  func hangUp() async throws(DialError) {
    var box = TR064Conversation(control, way)
    do throws(TR064Fault) {
      _ = try await box.perform(.hangUp)
    } catch {
      throw DialError("the call was not ended: \(error.sentence(control))")
    }
  }

  /// Whether it could dial now, by asking the box, which calls nobody.
  func examine() async -> Symptom {
    var box = TR064Conversation(control, way)
    do throws(TR064Fault) {
      let set = try await box.perform(.telephone)[TR064Action.telephoneName] ?? ""
      let name = control.telephone.isEmpty ? set : control.telephone
      if name.isEmpty {
        return Symptom(
          .mend, "It cannot dial: its dialling help is off.",
          advice: "Switch it on (Telephony, Calls), or set fritzbox.telephone.")
      }
      if name != set {
        let known = try await box.telephones()
        if !known.contains(name) { return Symptom(.mend, "It cannot dial: \(unknown(known)).") }
      }
      return Symptom(.well, "It dials; \(PlainText.cleaned(name)) rings for it.")
    } catch {
      return Symptom(.mend, "It cannot dial: \(error.sentence(control)).")
    }
  }

  /// Sets the dialling help to the operator's telephone; a sentence when there is no such telephone.
  private func choose(_ box: inout TR064Conversation) async throws(TR064Fault) -> String? {
    guard !control.telephone.isEmpty,
      try await box.perform(.telephone)[TR064Action.telephoneName] != control.telephone
    else { return nil }
    do throws(TR064Fault) {
      _ = try await box.perform(.choose(control.telephone))
      return nil
    } catch .refused(code: TR064Fault.badArgument, _) {
      return unknown(try await box.telephones())
    }
  }

  private func unknown(_ known: [String]) -> String {
    let names = known.map { "\"\(PlainText.cleaned($0))\"" }.joined(separator: ", ")
    return "\(control.server) has no telephone \"\(control.telephone)\" (fritzbox.telephone)"
      + (names.isEmpty ? "" : ": it has \(names)")
  }
}
