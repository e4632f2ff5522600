import CallWire
import Glibc
import OperatorConfiguration
import OperatorWindow
import PhoneNumbers
import Telephony
import TestSupport
import Testing
import ThirdPartyStore

/// What is kept of callers, where it cannot all be read.
struct PersonalDataTests {
  /// Only from an inbox that a window has do calls go by themselves.
  @Test func anInboxThatCannotBeReadIsNoWindows() throws {
    let folder = try TemporaryFolder()
    let context = StoreContext(
      Directories(environment: ["HOME": folder.path, "XDG_DATA_HOME": folder.path]), demo: false)
    let spool = Spool(path: folder.file("spool"))
    let kept = try PersonalData(
      context, context.operatorData(), spool, now: WallTime(milliseconds: 0))
    let number = try #require(context.plan.number("0199001234"))
    let path = context.folder + "/inbox-1024.sqlite"

    #expect(symlink(path, path) == 0)
    #expect(throws: StoreError.self) { try kept.kept() }
    #expect(throws: StoreError.self) { try kept.forget(.number(number)) }
    #expect(unlink(path) == 0)

    let inbox = InboxFile(path: path) { (Moment(milliseconds: 0), WallTime(milliseconds: 0)) }
    let event = CallEvent(
      source: .launcher, kind: .ring, at: Moment(milliseconds: 0),
      caller: Caller(identity: .number(number), text: "0199001234"), keptAs: "a")
    #expect(try inbox.keep([event]) == [true])
    let calls = PersonalData.Kept(what: "calls", place: path)
    #expect(try kept.kept().contains(calls))
    #expect(try kept.forget(.number(number)) == [calls])
    inbox.close()
    #expect(try kept.forget(.number(number)).map(\.count) == [1])
  }
}
