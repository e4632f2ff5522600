import TestSupport
import Testing

extension ProgramTests {
  /// `screenpop doctor` on an operator's place.
  struct DoctorTests {
    @Test func allIsWellWithAWindowAndAStore() async throws {
      let workplace = try await Workplace()
      let window = try await workplace.openWindow()
      try await workplace.clicktocall("--station", "1024", "0388202122")
      let doctor = try await workplace.screenpop("doctor", "--station", "1024")
      #expect(doctor.status == 0, "\(doctor.output)")
      #expect(doctor.output.contains("Messages taken: 1, refused: 0."))
      #expect(!doctor.output.contains("✗"))
      try await window.press("q")
    }

    @Test func whatIsToMendIsSaidInJSON() async throws {
      let workplace = try await Workplace(sample: false)
      try workplace.configure(
        """
        labels_file = "/nowhere/labels.csv"
        [hooks]
        missed = ["no-such-program"]
        [baresip]
        address = "127.0.0.1"
        port = 1
        """)
      let doctor = try await workplace.screenpop("doctor", "--json")
      #expect(doctor.status == 1)
      let faults = doctor.output.split(separator: "\n").filter { $0.contains(#""verdict":"mend""#) }
      #expect(faults.count == 5, "\(doctor.output)")
      for (fault, subject) in zip(faults, ["store", "labels", "launcher", "programs", "baresip"]) {
        #expect(fault.hasPrefix(#"{"check":"\#(subject)","#))
      }
    }

    @Test func aMistakeInTheConfigurationComesFirst() async throws {
      let workplace = try await Workplace(sample: false)
      try workplace.configure("statoin = 1024\n")
      let doctor = try await workplace.screenpop("doctor")
      #expect(doctor.status == 1)
      #expect(doctor.output.hasPrefix("configuration"))
      #expect(doctor.output.contains("did you mean"))
    }
  }
}
