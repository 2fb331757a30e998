@Command(
        name = "run",
        description = "runs")
final class RunVerb {}
