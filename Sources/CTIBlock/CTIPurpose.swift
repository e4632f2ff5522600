/// What a block asks its CTI server for; the raw value is the key that opens the block.
public enum CTIPurpose: String, CaseIterable, Hashable, Sendable {
  /// Whether there is a call.
  case event = "cliktocallevent"
  /// To dial a number.
  case dial = "cliktocall"
}
