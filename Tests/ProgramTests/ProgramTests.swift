import Testing

/// The programs as they are built, each test in folders and terminals of its own.
@Suite(.timeLimit(.minutes(3)))
enum ProgramTests {}
