extension Workplace {
  /// The journal that `screenpop replay` makes of the trace at `path`.
  public func replay(_ path: String) async throws -> [LoggedCall] {
    let replayed = try await screenpop("replay", path, "--json")
    guard replayed.status == 0 else { throw Refused(description: replayed.output) }
    return try LoggedCall.calls(in: replayed.output)
  }

  /// Waits until the trace at `path` makes the same journal as the window wrote; answers it.
  @discardableResult
  public func sameJournal(_ path: String) async throws -> [LoggedCall] {
    let calls = try await journal()
    var last: [LoggedCall] = []
    return try await waitFor("a replay of \(calls)", instead: "\(last)") {
      last = try await replay(path)
      return last == calls ? last : nil
    }
  }
}

extension LoggedCall {
  /// What became of the call, without who it was.
  public var shape: String {
    "\(at) \(outcome) \(reason ?? "") \(duration ?? -1) \(number?.count ?? 0)"
  }
}
