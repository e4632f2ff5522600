import OperatorConfiguration
package import OperatorScreen
import PhoneNumbers
import RecordOpener
import Telephony

/// Opens records, and the ERP's form for a new third party, outside the window.
package final class PageOpener: Sendable {
  private let choices: OperatorChoices
  private let erp: ERPLink?
  private let opener: RecordOpener
  private let plan: NumberPlan
  private let post: @Sendable (Message) -> Void

  package init(
    _ choices: OperatorChoices, _ erp: ERPLink?, environment: [String: String],
    _ post: @escaping @Sendable (Message) -> Void
  ) {
    self.choices = choices
    self.erp = erp
    self.post = post
    plan = choices.current.plan
    opener = RecordOpener(environment: environment)
  }

  /// Starts on the order.
  package func perform(_ order: OpeningOrder) {
    let settings = choices.current
    let station = settings.station ?? ""
    switch order {
    case .record(let subject):
      let values = RecordValues(
        party: subject.party, contact: subject.contact, number: subject.number,
        text: subject.number.map { plan.display($0) } ?? "", station: station
      ).of(subject.own, callID: subject.callID)
      let place = subject.rule.flatMap { settings.openCalled[$0] } ?? settings.open
      switch place {
      case .target(let target): open(target, values)
      case .erp: open(erp?.record ?? .card, values)
      }
    case .newParty(let subject):
      guard let target = erp?.newParty else { return }
      open(target, RecordValues(number: subject.number, text: subject.text, station: station))
    }
  }

  private func open(_ target: OpenTarget, _ values: RecordValues) {
    Task { @concurrent [opener, post] in
      if case .failed(let error) = await opener.open(target, values) {
        post(.opened(failure: error.sentence))
      }
    }
  }
}
