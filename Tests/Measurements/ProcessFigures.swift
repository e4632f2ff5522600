import Glibc

/// What a running program uses, as the kernel counts it (proc(5)).
struct ProcessFigures {
  let pid: pid_t

  /// How often its threads have gone to sleep so far, which is how often they were woken. Being driven
  /// from the processor by another program does not count.
  func sleeps() throws(Failure) -> Int {
    var count = 0
    for thread in try names(in: "/proc/\(pid)/task") {
      let status = try contents("/proc/\(pid)/task/\(thread)/status")
      count += number("voluntary_ctxt_switches", in: status)
    }
    return count
  }

  /// Its private memory now, and the most memory of all kinds that it had at once [MB].
  func memory() throws(Failure) -> (anonymous: Double, peak: Double) {
    let status = try contents("/proc/\(pid)/status")
    return (
      Double(number("RssAnon", in: status)) / 1024, Double(number("VmHWM", in: status)) / 1024
    )
  }

  /// The processor time that it used so far [s].
  func processorTime() throws(Failure) -> Double {
    // proc(5): the name in parentheses, then fields of which the 12th and 13th are the times.
    let fields = try contents("/proc/\(pid)/stat").split(separator: ")").last?
      .split(separator: " ")
    guard let fields, fields.count > 12, let user = Double(fields[11]),
      let system = Double(fields[12])
    else { throw Failure(because: "/proc/\(pid)/stat is not as proc(5) says") }
    return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
  }

  private func number(_ key: String, in status: String) -> Int {
    let line = status.split(separator: "\n").first { $0.hasPrefix("\(key):") }
    return line.flatMap { Int($0.filter { ("0"..."9").contains($0) }) } ?? 0
  }

  private func names(in folder: String) throws(Failure) -> [String] {
    guard let stream = opendir(folder) else { throw Failure("read \(folder)") }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names
  }

  private func contents(_ path: String) throws(Failure) -> String {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Failure("read \(path)") }
    defer { Glibc.close(descriptor) }
    var buffer = [UInt8](repeating: 0, count: 16384)
    return String(
      decoding: buffer[..<max(0, read(descriptor, &buffer, buffer.count))], as: UTF8.self)
  }
}
