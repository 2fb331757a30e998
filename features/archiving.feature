@needs-operator
Feature: Archiving
  While nothing can be archived the log piles up in the source. Afterwards everything must get there, without a gap.

  Scenario Outline: the <what> while the writers ran
    Given a source whose <what> while its writers ran
    When its last backup is restored to the latest commit
    Then exactly the commits that the log puts before the stop are there
    And every page and index is sound
    And the source's archive is as it was

    Examples:
      | what                            |
      | store was away                  |
      | sidecar was ended several times |
