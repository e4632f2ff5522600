package import CallWire
package import OperatorConfiguration
package import PhoneNumbers
package import Telephony
package import ThirdPartyStore

/// A number that somebody asks about, and where its calls should come up (R63).
package struct NumberSite: Sendable {
  /// What was typed.
  package var input: String
  /// Which number or line was called, as far as the question says.
  package var called: String?
  /// The settings, with the operator's choices of the screen.
  package var settings: Settings
  /// How numbers are read.
  package var plan: NumberPlan
  /// What the company's own numbers are called, with their rules.
  package var ownNumbers: OwnNumbers
  /// What calls from the station itself look like.
  package var ownCallers: Set<Caller.Identity>
  /// The files of third parties and of the operator's data, for sentences.
  package var paths: (parties: String, operatorData: String)
  /// Whether there are third parties to look in.
  package var hasParties: Bool
  /// What brings third parties.
  package var filling: String
  /// Opens both files.
  package var directory: @Sendable () throws(StoreError) -> StoreDirectory
  /// Opens the operator's data; nil where there are none yet.
  package var ownData: @Sendable () throws(StoreError) -> OperatorStore?
  /// The exception numbers of all lists.
  package var exceptions: @Sendable () throws(StoreError) -> [ExceptionNumber]
  /// What the window told of itself; nil: none answered.
  package var state: WindowState?
  /// What the clock shows.
  package var now: WallTime

  /// A question at this site; see the properties.
  package init(
    input: String, called: String? = nil, settings: Settings, plan: NumberPlan,
    ownNumbers: OwnNumbers, ownCallers: Set<Caller.Identity>,
    paths: (parties: String, operatorData: String), hasParties: Bool, filling: String,
    directory: @escaping @Sendable () throws(StoreError) -> StoreDirectory,
    ownData: @escaping @Sendable () throws(StoreError) -> OperatorStore?,
    exceptions: @escaping @Sendable () throws(StoreError) -> [ExceptionNumber],
    state: WindowState?, now: WallTime
  ) {
    self.input = input
    self.called = called
    self.settings = settings
    self.plan = plan
    self.ownNumbers = ownNumbers
    self.ownCallers = ownCallers
    self.paths = paths
    self.hasParties = hasParties
    self.filling = filling
    self.directory = directory
    self.ownData = ownData
    self.exceptions = exceptions
    self.state = state
    self.now = now
  }

  /// Everything that is asked of the number, in the order in which it is read; `at`: when the call came that is asked
  /// about, `log`: where the window keeps its log.
  package func checks(
    at time: WallTime? = nil, log: String, runtime: RuntimeDirectory
  ) -> [any Check] {
    [
      NumberCheck(self), HolderCheck(self), RuleCheck(self),
      HeardCheck(self, at: time, log: log, runtime: runtime),
    ]
  }

  /// Who calls, as the window reads it.
  var caller: Caller { plan.caller(input) }

  var reading: NumberReading { NumberReading(input, caller, plan) }

  /// Whose exception numbers hold: a window may have been told another code when it was started.
  var collaborator: String? { state?.fields["collaborator"] ?? settings.collaborator }

  /// Who has the number; nil where there is no store to look in, and none is made.
  func matches() throws(StoreError) -> [Match]? {
    guard hasParties else { return nil }
    return try caller.number.map { number throws(StoreError) in
      try directory().matches(for: number)
    }
  }
}

/// How the number is read (R42).
struct NumberCheck: Check {
  let subject = "number"
  private let site: NumberSite

  init(_ site: NumberSite) { self.site = site }

  func look() async -> [Finding] {
    let reading = site.reading
    if case .unreplaced(let keyword) = reading.caller.identity {
      return [
        Finding(
          .mend,
          "\(keyword) is a keyword that the telephone software was to replace by the number.",
          advice: "The telephone software does not know this variable: look its name up.")
      ]
    }
    if site.ownCallers.contains(reading.caller.identity) {
      return [
        Finding(
          .mend, "\(site.input) is the station itself, which is never its own caller.",
          advice:
            "Such calls are shown as withheld: have the telephone pass the other end's number.")
      ]
    }
    guard reading.caller.number != nil else { return [Finding(.note, reading.heading.ended)] }
    guard let missing = reading.missingPrefix else {
      return [Finding(.well, reading.heading.ended)]
    }
    return [
      Finding(
        .mend, reading.heading.ended,
        advice: "With outside_prefix = \"\(missing.prefix)\" it would be \(missing.number).")
    ]
  }
}
