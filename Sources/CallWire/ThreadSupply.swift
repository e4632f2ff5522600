// The launcher, which has these files in itself, has one thread.
#if !hasFeature(Embedded)
  import Glibc

  /// How many of `wanted` further threads can be had at a time: the user may have too many already (`ulimit -u`), a
  /// control group may allow no more (`pids.max`), or there is no room for their stacks.
  public func threadsToBeHad(of wanted: Int) -> Int {
    let gate = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    defer { gate.deallocate() }
    pthread_mutex_init(gate, nil)
    defer { pthread_mutex_destroy(gate) }
    var threads: [pthread_t] = []
    pthread_mutex_lock(gate)
    while threads.count < wanted {
      var thread = pthread_t()
      let code = pthread_create(
        &thread, nil,
        { gate in
          // All are there at a time: none ends before the last one has been tried.
          if let gate = gate?.assumingMemoryBound(to: pthread_mutex_t.self) {
            pthread_mutex_lock(gate)
            pthread_mutex_unlock(gate)
          }
          return nil
        }, gate)
      guard code == 0 else { break }
      threads.append(thread)
    }
    pthread_mutex_unlock(gate)
    for thread in threads { pthread_join(thread, nil) }
    return threads.count
  }
#endif
