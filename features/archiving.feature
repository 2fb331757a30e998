@needs-operator
Feature: Archiving
  While the store is away the log piles up in the source. When it is back, everything must get there, without a gap.

  Scenario: the store was away while the writers ran
    Given a source whose store was away while its writers ran
    When its last backup is restored to the latest commit
    Then exactly the commits that the log puts before the stop are there
    And every page and index is sound
    And the source's archive is as it was
