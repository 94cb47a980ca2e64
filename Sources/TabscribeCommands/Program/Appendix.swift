internal import CommandLineInterface

/// What the manual page says beyond the single commands.
enum Appendix {
  static let sections = [exitStatus, environment, files]

  private static let exitStatus = Program.AppendixSection(
    "Exit status",
    [
      ("0", "done"),
      ("1", "failed"),
      ("2", "the command line cannot be understood"),
      ("3", "finished, but the result is incomplete"),
      ("4", "refused by a cost or token limit"),
      ("5", "credentials are missing or wrong"),
      ("6", "the provider cannot be reached, also after retries"),
      ("100", "a quality gate failed"),
      ("130", "interrupted"),
    ]
  )

  private static let environment = Program.AppendixSection(
    "Environment",
    [
      ("GOOGLE_API_KEY, GEMINI_API_KEY", "the key; the first that is set counts"),
      (
        "GOOGLE_GENAI_USE_ENTERPRISE, GOOGLE_GENAI_USE_VERTEXAI",
        "true sends to Agent Platform; the first that is set counts"
      ),
      ("GOOGLE_CLOUD_PROJECT, GOOGLE_CLOUD_LOCATION", "project and location on Agent Platform"),
      ("GOOGLE_APPLICATION_CREDENTIALS", "the file with credentials for Agent Platform"),
      (
        "GOOGLE_OAUTH_ACCESS_TOKEN, TABSCRIBE_ACCESS_TOKEN_COMMAND",
        "an access token, or a command that prints one; the command is never taken from .env"
      ),
      ("GOOGLE_CLOUD_QUOTA_PROJECT", "the project that is billed, when it is another"),
      ("GCE_METADATA_HOST", "where the metadata server of Google's machines is instead"),
      ("GOOGLE_GEMINI_BASE_URL, GOOGLE_VERTEX_BASE_URL", "where to send to instead"),
      ("STORAGE_EMULATOR_HOST", "where Cloud Storage is instead, for batches on Agent Platform"),
      (
        "TABSCRIBE_OPTION",
        "the value of an option that is not given: TABSCRIBE_MEDIA_RESOLUTION for "
          + "--media-resolution; commas separate the values of a repeatable one"
      ),
      ("TABSCRIBE_HOME", "the folder of everything below, in place of the XDG folders"),
      (
        "TABSCRIBE_STORE",
        "the run store that --store names, never taken from .env; a server's password comes from "
          + "~/.pgpass or the file that PGPASSFILE names, and the rest as libpq has it"
      ),
      ("NO_COLOR", "anything but nothing turns colour off"),
    ]
  )

  private static let files = Program.AppendixSection(
    "Files",
    [
      (
        ".env",
        "variables for work in this folder, NAME=VALUE a line; the environment goes before it"
      ),
      (
        "~/.config/tabscribe/config.json",
        "the user's defaults: an object with long option names as keys"
      ),
      (
        "~/.config/tabscribe/models.json",
        "the user's models and prices; they go before those in the program"
      ),
      (
        "~/.config/tabscribe/prompts, ~/.config/tabscribe/schemas",
        "the user's prompts and schemas; those in ./prompts and ./schemas go before them"
      ),
      (
        "~/.local/share/tabscribe/tabscribe.db",
        "every run with its replies and transcripts; tabscribe runs path prints where it is"
      ),
    ]
  )
}
