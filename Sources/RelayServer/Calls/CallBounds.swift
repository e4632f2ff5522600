/// How many stations may have a call at once: a bound on memory, not on any real site.
///
/// Anybody who may report can invent stations. A value for which no window has asked gives way then, the
/// oldest first: to those of the same writer, so that one writer cannot push out what another has reported,
/// and where there is no room at all, to any.
package struct CallBounds: Sendable {
  /// Of all stations.
  package var all = 50_000
  /// Of those that one writer has reported, and for which no window has asked.
  var ofOneWriter: Int { all / 2 }
}
