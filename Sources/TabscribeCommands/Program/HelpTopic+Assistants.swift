internal import CommandLineInterface
internal import ModelContextProtocol

extension HelpTopic {
  /// `help assistants`: what `mcp` offers, and how an assistant is told of it.
  static let assistants = HelpTopic(
    "assistants",
    "What an assistant may do through tabscribe mcp, and how it is set up.",
    columns: ["tool", "title", "summary"],
    rows: AssistantTools.described.map { tool in
      let costs = tool.isReadOnly ? "" : " Only with --allow-derive, up to --cost-limit."
      return [tool.name, tool.title, tool.description + costs]
    } + [
      [
        "setup", #"{"mcpServers":{"tabscribe":{"command":"tabscribe","args":["mcp"]}}}"#,
        "What most assistants take in their configuration. For recipes the args are "
          + #""mcp", "--allow-derive", "--cost-limit", "0.50". What it is to see beside the run store lies "#
          + "in or below the folder that it is started in, which is \"cwd\" for most.",
      ]
    ]
  )
}
