import Glibc

/// The program that Tests/fuzz makes of this folder: hands libFuzzer's inputs to one of the targets.
///
///     Fuzz                       names the targets
///     Fuzz TARGET [ARGUMENT…]    libFuzzer's own arguments and exit codes; 64: there is no such target
@main
enum Fuzzer {
  static func main() {
    guard CommandLine.argc > 1 else {
      for target in fuzzTargets { print(target) }
      return
    }
    chosenTarget = fuzzTarget(named: CommandLine.arguments[1])
    exit(chosenTarget == nil ? 64 : run())
  }

  /// Runs libFuzzer with the words after the target's name.
  private static func run() -> CInt {
    let count = UnsafeMutablePointer<CInt>.allocate(capacity: 1)
    let words = UnsafeMutablePointer<Words>.allocate(capacity: 1)
    count.initialize(to: CommandLine.argc - 1)
    words.initialize(to: CommandLine.unsafeArgv + 1)
    defer {
      count.deallocate()
      words.deallocate()
    }
    return runDriver(count, words, feedChosenTarget)
  }
}

private typealias Words = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>

@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
  _ count: UnsafeMutablePointer<CInt>, _ words: UnsafeMutablePointer<Words>,
  _ take: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt
