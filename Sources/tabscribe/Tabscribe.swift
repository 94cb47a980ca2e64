internal import CommandLineInterface
internal import TabscribeCommands

@main struct Tabscribe {
  static func main() async { await TabscribeProgram.program.main() }
}
