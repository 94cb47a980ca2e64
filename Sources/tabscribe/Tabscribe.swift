internal import TabscribeCommands

@main struct Tabscribe {
  static func main() async {}
}
