/// What the launcher is asked for on its command line.
///
/// Read by hand: an argument parser would bring Foundation into a program that softphones start while
/// the telephone rings (R21).
struct LauncherOptions {
  private(set) var event: String?
  private(set) var callID: String?
  private(set) var line: String?
  private(set) var name: String?
  private(set) var called: String?
  private(set) var direction: String?
  private(set) var reason: String?
  private(set) var station: String?
  private(set) var wantsName = false
  private(set) var wantsHelp = false
  private(set) var wantsVersion = false
  /// Everything that is no option: the number and the keyword, or the switch form.
  private(set) var words: [String] = []

  /// Reads the arguments; throws ``LauncherExit/usage(_:)``.
  ///
  /// An option's value is the next argument whatever it looks like, or follows `=`; an empty one
  /// counts as not given, because softphones pass variables that they have no value for. What follows
  /// `--` is data.
  init(_ arguments: ArraySlice<String>) throws(LauncherExit) {
    var rest = arguments
    while let argument = rest.popFirst() {
      if argument == "--" {
        words += rest
        return
      }
      // `--number=` is a form of the number itself, which NumberForms reads.
      // On bytes: the first letter of a value may be a mark that makes one character with the `=`.
      guard argument.utf8.starts(with: "--".utf8), !argument.utf8.starts(with: "--number=".utf8)
      else {
        words.append(argument)
        continue
      }
      let equals = argument.utf8.firstIndex(of: UInt8(ascii: "="))
      let option = String(decoding: argument.utf8[..<(equals ?? argument.endIndex)], as: UTF8.self)
      switch option {
      case "--reply-name" where equals == nil: wantsName = true
      case "--help" where equals == nil: wantsHelp = true
      case "--version" where equals == nil: wantsVersion = true
      case "--event", "--call-id", "--line", "--name", "--called", "--direction", "--reason",
        "--station":
        let attached = equals.map {
          String(decoding: argument.utf8[$0...].dropFirst(), as: UTF8.self)
        }
        guard let value = attached ?? rest.popFirst() else {
          throw .usage("\(option) needs a value")
        }
        set(option, value.isEmpty ? nil : value)
      default: throw .usage("an option is not known")
      }
    }
  }

  private mutating func set(_ option: String, _ value: String?) {
    switch option {
    case "--event": event = value
    case "--call-id": callID = value
    case "--line": line = value
    case "--name": name = value
    case "--called": called = value
    case "--direction": direction = value
    case "--reason": reason = value
    default: station = value
    }
  }
}
