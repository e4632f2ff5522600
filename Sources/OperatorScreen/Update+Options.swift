import Telephony

/// The options screen (R46), and exception numbers (R36, R47).
extension Model {
  private var selectedOption: OptionRow? {
    guard case .options(let selected) = dialog, options.indices.contains(selected) else {
      return nil
    }
    return options[selected]
  }

  /// The next or the previous value of the selected option.
  mutating func changeOption(by steps: Int) -> [Effect] {
    guard let row = selectedOption, isOpen(row) else { return [] }
    let value: String
    switch row.values {
    case .flag: value = row.value == "true" ? "false" : "true"
    case .number(let range):
      let number = (Int(row.value) ?? range.lowerBound) + steps
      value = String(min(max(range.lowerBound, number), range.upperBound))
    case .choice(let values):
      let here = values.firstIndex(of: row.value) ?? 0
      value = values[(here + steps + values.count) % values.count]
    }
    return [.keep(.saveOption(key: row.key, value: value))]
  }

  /// Back to what the configuration says.
  mutating func resetOption() -> [Effect] {
    guard let row = selectedOption, isOpen(row) else { return [] }
    return [.keep(.saveOption(key: row.key, value: nil))]
  }

  private mutating func isOpen(_ row: OptionRow) -> Bool {
    if row.isFixed { say(phrases.isFixed, isAlert: true) }
    return !row.isFixed
  }

  // MARK: - Exceptions

  /// The answer to the question whose list an exception is for.
  mutating func addException(to list: ExceptionNumber.List) -> [Effect] {
    guard case .exceptionFor(let subject) = dialog, let number = subject.number, mayEdit(list)
    else { return [] }
    dialog = nil
    return [.keep(.addException(number.key, list))]
  }

  mutating func submitException(_ screen: ExceptionsScreen) -> [Effect] {
    guard let field = screen.adding, !field.value.isEmpty, mayEdit(screen.list) else { return [] }
    var screen = screen
    screen.adding = nil
    dialog = .exceptions(screen)
    return [.keep(.addException(field.value, screen.list))]
  }

  mutating func editExceptions(_ action: Action) -> [Effect] {
    guard case .exceptions(var screen) = dialog else { return [] }
    if action == .addEntry {
      screen.adding = TextField()
      dialog = .exceptions(screen)
      return []
    }
    guard policy.exceptions.indices.contains(screen.selected) else { return [] }
    let entry = policy.exceptions[screen.selected]
    return mayEdit(entry.list) ? [.keep(.removeException(entry))] : []
  }

  /// The lists as they are now; the selection stays with its entry.
  mutating func setExceptions(_ entries: [ExceptionNumber]) {
    let before = policy.exceptions
    policy.exceptions = entries
    guard case .exceptions(var screen) = dialog else { return }
    let selected = before.indices.contains(screen.selected) ? before[screen.selected] : nil
    let place = selected.flatMap { entries.firstIndex(of: $0) } ?? screen.selected
    screen.selected = min(place, max(0, entries.count - 1))
    dialog = .exceptions(screen)
  }

  private mutating func mayEdit(_ list: ExceptionNumber.List) -> Bool {
    switch list {
    case .own: return true
    case .machine where desk.mayEditMachineList: return true
    case .machine: say(phrases.machineListClosed, isAlert: true)
    case .erp: say(phrases.erpListClosed, isAlert: true)
    }
    return false
  }
}
