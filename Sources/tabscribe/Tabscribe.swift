internal import CommandLineInterface
internal import HostSystem
internal import MediaProbing
internal import TabscribeCommands

@main struct Tabscribe {
  static func main() async {
    // Started by itself: a file that brings a reader of media down takes no other work along.
    guard CommandLine.arguments.dropFirst() != [ProbeServer.argument] else {
      return await ProbeServer.run(reading: 0) { FileDescriptorOutput.standardOutput.write($0) }
    }
    HostMemory.shareAmongThreads()
    await TabscribeProgram.program.main()
  }
}
