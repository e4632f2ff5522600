/// What keeps the window quiet, and when it opens a record by itself: one operator's choices.
public struct PopOptions: Hashable, Sendable {
  /// Which event opens the record by itself.
  public var trigger: Trigger
  /// Every ring is a request.
  public var popup: Bool
  /// Do not pop when no third party matches.
  public var inhibitUnknown: Bool
  /// Do not pop while the station is on a call.
  public var inhibitBusy: Bool
  /// Do not pop calls from extensions.
  public var inhibitInternal: Bool
  /// Do not pop numbers with fewer digits, counted as received; 0: off.
  public var minDigits: Int
  /// A ring that is older when it is read is not shown as ringing [s].
  public var spoolAge: Int
  /// A ringing call without news ends after this time [s] (R5a).
  public var ringTimeout: Int

  /// The defaults: nothing opens by itself, nothing is kept quiet.
  public init(
    trigger: Trigger = .application, popup: Bool = false, inhibitUnknown: Bool = false,
    inhibitBusy: Bool = false, inhibitInternal: Bool = false, minDigits: Int = 0,
    spoolAge: Int = 60, ringTimeout: Int = 90
  ) {
    self.trigger = trigger
    self.popup = popup
    self.inhibitUnknown = inhibitUnknown
    self.inhibitBusy = inhibitBusy
    self.inhibitInternal = inhibitInternal
    self.minDigits = minDigits
    self.spoolAge = spoolAge
    self.ringTimeout = ringTimeout
  }
}
