import CCurses
import Canvas

/// How each meaning looks on this terminal: attributes, and colours where it has them.
///
/// Only the eight basic colours on the terminal's own background, so that a light or dark theme
/// keeps its contrast. Without colour, or with NO_COLOR (no-color.org), bold, reverse, underline
/// and dim keep apart what must be told apart.
struct Palette {
  /// Attributes and colour pair of one role.
  struct Look {
    let attributes: attr_t
    let pair: Int16
  }

  private let looks: [Look]

  /// The looks for the current terminal. Must be called after `newterm`.
  init(environment: [String: String]) {
    let isColoured =
      environment["NO_COLOR", default: ""].isEmpty && has_colors() && start_color() == OK
      && screenpop_colors() >= 8
    if isColoured { use_default_colors() }
    looks = Role.allCases.map { role in
      guard isColoured, let colour = Palette.colour(of: role) else {
        return Look(
          attributes: isColoured ? Palette.attributes(of: role) : Palette.monochrome(role),
          pair: 0)
      }
      let pair = Int16(role.rawValue) + 1
      init_pair(pair, colour, -1)
      return Look(attributes: Palette.attributes(of: role), pair: pair)
    }
  }

  /// The look of `role`.
  subscript(role: Role) -> Look { looks[Int(role.rawValue)] }

  private static func colour(of role: Role) -> Int16? {
    let colour: Int32? =
      switch role {
      case .number, .key: COLOR_CYAN
      case .name, .good, .button: COLOR_GREEN
      case .border: COLOR_BLUE
      case .warning: COLOR_YELLOW
      case .alert, .missed: COLOR_RED
      case .plain, .dim, .strong, .title, .buttonDisabled, .selected, .input: nil
      }
    return colour.map(Int16.init)
  }

  private static func attributes(of role: Role) -> attr_t {
    switch role {
    case .plain, .border, .good, .warning, .missed: 0
    case .dim, .buttonDisabled: screenpop_dim()
    case .strong, .title, .number, .name, .key: screenpop_bold()
    case .button: screenpop_bold() | screenpop_reverse()
    case .selected: screenpop_reverse()
    case .alert: screenpop_bold() | screenpop_reverse()
    case .input: screenpop_underline()
    }
  }

  private static func monochrome(_ role: Role) -> attr_t {
    switch role {
    case .warning: screenpop_underline()
    case .missed: screenpop_bold() | screenpop_underline()
    default: attributes(of: role)
    }
  }
}
