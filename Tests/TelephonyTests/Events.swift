import Telephony

extension Caller {
  /// A customer of Strasbourg.
  static let customer = Caller(number: PhoneNumber(.complete, "+33388202122"), digits: 10)
  /// Somebody else.
  static let stranger = Caller(number: PhoneNumber(.complete, "+33199001234"), digits: 10)
  /// A colleague.
  static let colleague = Caller(number: PhoneNumber(.extension, "1025"), digits: 4)
  static let withheld = Caller(identity: .withheld)

  init(number: PhoneNumber, digits: Int, name: String? = nil) {
    self.init(identity: .number(number), text: number.key, name: name, receivedDigits: digits)
  }

  /// One of many strangers.
  static func stranger(_ index: Int) -> Caller {
    Caller(number: PhoneNumber(.complete, "+331990\(10_000 + index)"), digits: 10)
  }
}

extension CallEvent {
  /// An event at so many milliseconds.
  init(
    _ kind: Kind, _ at: Int64, from source: SourceID = .launcher, id: String? = nil,
    _ caller: Caller = .customer, station: String? = "1024", direction: Direction? = nil,
    popup: Bool = false
  ) {
    self.init(
      source: source, kind: kind, at: Moment(milliseconds: at), callID: id, station: station,
      direction: direction, caller: caller, popup: popup)
  }
}

extension CallList {
  /// The calls that these events make.
  init(_ events: [CallEvent]) {
    self.init()
    for event in events { _ = apply(event) }
  }

  /// All calls, in the order of their first news.
  var all: [Call] {
    var calls: [Call] = []
    var serial = 1
    while let call = self[Call.ID(serial: serial)] {
      calls.append(call)
      serial += 1
    }
    return calls
  }

  /// What the last of these events changed.
  static func lastChanges(_ events: [CallEvent]) -> [CallChange] {
    var list = CallList(events.dropLast())
    return events.last.map { list.apply($0) } ?? []
  }
}

extension PopPolicy {
  /// The strongest wish that these events make, as a window asks for it change by change.
  func wish(_ events: [CallEvent]) -> PopWish {
    var list = CallList()
    var wish = PopWish.nothing
    for event in events {
      for change in list.apply(event) {
        if let call = list[change.call] { wish = max(wish, self.wish(for: change, of: call)) }
      }
    }
    return wish
  }
}

extension CallChange {
  var call: Call.ID {
    switch self {
    case .began(let id), .mentioned(let id), .identified(let id), .requested(let id),
      .answered(let id), .ended(let id):
      id
    }
  }
}

/// The first call of a list.
let first = Call.ID(serial: 1)
/// The second call of a list.
let second = Call.ID(serial: 2)
