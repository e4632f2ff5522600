import Glibc

/// The program that Tests/fuzz makes of this folder: hands libFuzzer's inputs to one of the targets.
///
///     Fuzz                       names the targets
///     Fuzz TARGET [ARGUMENT…]    libFuzzer's own arguments and exit codes; 64: there is no such target
@main
enum Fuzzer {
  /// What libFuzzer, which calls a function of C, has no other way of being told.
  nonisolated(unsafe) private static var target: (any FuzzTarget.Type)?

  static func main() {
    var count = CommandLine.argc - 1
    var words: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv + 1
    guard count > 0 else {
      for target in fuzzTargets { print(target) }
      return
    }
    target = fuzzTarget(named: CommandLine.arguments[1])
    guard target != nil else { exit(64) }
    exit(
      runDriver(&count, &words) { start, count in
        target?.take(Array(UnsafeBufferPointer(start: start, count: count)))
        return 0
      })
  }
}

@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
  _ count: inout CInt, _ words: inout UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?,
  _ take: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt
