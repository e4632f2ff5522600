/// A way to have the operator look when a call rings (R58).
public enum AttentionWay: String, Hashable, Sendable, CaseIterable {
  /// The terminal's bell.
  case bell
  /// The title of the terminal's window.
  case title
  /// A notification by the terminal (OSC 9, 777 or 99).
  case osc
  /// A notification by the desktop.
  case notify
  /// tmux, around the terminal: a popup, or a pane that grows.
  case tmux
  /// A program.
  case command
}
