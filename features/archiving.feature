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
      | what                              |
      | store was away                    |
      | store was full                    |
      | store's key was rotated           |
      | store's key was revoked too early |
      | store's key was mistyped          |
      | sidecar was ended several times   |

  Scenario Outline: the sidecar may use <memory> of memory
    Given a source whose sidecar may use <memory> of memory
    Then its last backup restores to the latest commit, or the operator said why it failed

    Examples:
      | memory |
      | 128Mi  |
      | 256Mi  |
      | 512Mi  |
