import Connector
import LauncherSupport
import PhoneNumbers
import Synchronization
import Telephony
import Testing

@testable import SIP

/// The telephone and the dialog state of a station with each other, and the list of calls that hears both.
struct Desk {
  private var phone: ListeningPhone
  private var subscriber: Subscriber
  private let beside = SIPBeside()
  private let news = Passed<SIPBeside.News>()
  private var list = CallList()
  private var heard = (phone: 0, subscriber: 0)
  private var version = 0

  init() throws {
    phone = try ListeningPhone.registered(hasBeside: true)
    subscriber = try Subscriber(password: nil)
    subscriber.accept(Document.full(0))
    beside.listen { [news] in news.add($0) }
    exchange()
  }

  /// A request comes to the telephone.
  mutating func send(_ request: CallRequest) {
    phone.send(request)
    exchange()
  }

  /// Dialog state tells of one dialog; a server of FreeSWITCH's kind by another document than others.
  mutating func notify(_ dialog: String, tellsOne: Bool = false) {
    version += 1
    subscriber.notify(
      tellsOne ? Document.full(version, dialog) : Document.partial(version, dialog))
    exchange()
  }

  /// The tag with which the latest call rings.
  var ringingTag: String { get throws { try phone.ringingTag } }

  mutating func pass(_ milliseconds: Int64) {
    phone.pass(milliseconds)
    subscriber.pass(Int(milliseconds / 1_000))
    exchange()
  }

  /// The telephone system tells of a call by another door.
  mutating func tell(_ kind: CallEvent.Kind, of number: String) {
    _ = list.apply(
      CallEvent(
        source: "asterisk", kind: kind, at: subscriber.now, callID: number, station: "1024",
        direction: .incoming, caller: NumberPlan().caller(number)))
  }

  /// How often dialog state said that it knows better.
  var corrections: Int { subscriber.events.count(where: \.corrects) }

  /// `answered 03 88 20 21 22`, oldest first.
  var calls: [String] {
    (1...9).compactMap { list[Call.ID(serial: $0)] }.map { call in
      let state =
        switch call.state {
        case .ended(let reason):
          "ended \(reason)" + (call.answered == nil ? "" : " answered")
        default: "\(call.state)"
        }
      return "\(state) \(call.caller.text)" + (call.isDoubtful ? " ?" : "")
    }
  }

  /// What one says the other hears, before it is reported.
  private mutating func exchange() {
    for word in phone.clearPassed() { subscriber.learn(word) }
    let told = subscriber.reports.dropFirst(heard.subscriber)
    heard.subscriber = subscriber.reports.count
    for report in told {
      if case .event(let event) = report { _ = list.apply(event) }
      beside.pass(report)
    }
    let events = phone.events.dropFirst(heard.phone)
    heard.phone = phone.events.count
    for event in events { _ = list.apply(event) }
    for one in news.clear() { phone.hear(one) }
  }
}

/// What was passed on.
private final class Passed<One: Sendable>: Sendable {
  private let ones = Mutex<[One]>([])

  func clear() -> [One] {
    ones.withLock { ones in
      defer { ones = [] }
      return ones
    }
  }

  func add(_ one: One) { ones.withLock { $0.append(one) } }
}
