import RecordOpener

extension Settings {
  /// A program that an option names.
  public struct NamedProgram: Hashable, Sendable {
    /// The option's name.
    public var option: String
    /// A name that is looked for in PATH, or an absolute path.
    public var program: String

    /// A program; see the properties.
    public init(_ option: String, _ program: String) {
      self.option = option
      self.program = program
    }
  }

  /// The programs that records, calls and unknown numbers will start. That of `attention_command` is not among them: it
  /// can be tried.
  public var programs: [NamedProgram] {
    let opened =
      [(Key.open, open)] + openCalled.sorted { $0.key < $1.key }.map { (.openCalled, $0.value) }
    var programs = opened.compactMap { key, place in
      if case .target(.command(let command)) = place {
        NamedProgram(key.rawValue, command.program)
      } else {
        nil as NamedProgram?
      }
    }
    let keys = [.lookupCommand, .hookRing, .hookAnswer, .hookEnd, .hookMissed] as [Key]
    programs += keys.compactMap { key in
      command(key).map { NamedProgram(key.rawValue, $0.program) }
    }
    if dialThrough == "command", let program = dialCommand.first {
      programs.append(NamedProgram(Key.dialCommand.rawValue, program))
    }
    return programs
  }
}
