import OperatorConfiguration
import Testing

@Suite struct DirectoriesTests {
  @Test func followsTheStandardDefaults() {
    let places = Directories(environment: ["HOME": "/home/op"])
    #expect(places.home == "/home/op")
    #expect(places.operatorConfiguration == "/home/op/.config/screenpop/config.toml")
    #expect(places.machineConfigurations == ["/etc/xdg/screenpop/config.toml"])
    #expect(places.machineExceptions == ["/etc/xdg/screenpop/exceptions.csv"])
    #expect(places.data == "/home/op/.local/share/screenpop")
    #expect(places.demoData == "/home/op/.local/share/screenpop/demo")
  }

  @Test func takesTheVariables() {
    let places = Directories(environment: [
      "HOME": "/h", "XDG_CONFIG_HOME": "/c/", "XDG_DATA_HOME": "/d", "XDG_CONFIG_DIRS": "/a:/b//",
    ])
    #expect(places.operatorConfiguration == "/c/screenpop/config.toml")
    #expect(
      places.machineConfigurations == ["/a/screenpop/config.toml", "/b/screenpop/config.toml"])
    #expect(
      places.machineExceptions == ["/a/screenpop/exceptions.csv", "/b/screenpop/exceptions.csv"])
    #expect(places.data == "/d/screenpop")
  }

  @Test(arguments: ["", "relative", "./x", "~/x"])
  func ignoresWhatIsNotAbsolute(value: String) {
    let plain = Directories(environment: ["HOME": "/h"])
    let places = Directories(environment: [
      "HOME": "/h", "XDG_CONFIG_HOME": value, "XDG_DATA_HOME": value, "XDG_CONFIG_DIRS": value,
    ])
    #expect(places == plain)
  }

  @Test func skipsRelativePartsOfAList() {
    let places = Directories(environment: ["HOME": "/h", "XDG_CONFIG_DIRS": "x::/a:y"])
    #expect(places.machineConfigurations == ["/a/screenpop/config.toml"])
  }

  @Test(arguments: [[:], ["HOME": ""], ["HOME": "somewhere"]])
  func asksTheAccountForItsHome(environment: [String: String]) {
    #expect(Directories(environment: environment).home.hasPrefix("/"))
  }

  @Test func doesNotDoubleTheRootsSlash() {
    let places = Directories(environment: ["HOME": "/"])
    #expect(places.operatorConfiguration == "/.config/screenpop/config.toml")
  }
}
