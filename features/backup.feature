Feature: Backup
  A backup is worth something only if everything it needs is in the store, and that is for us to see, not for the engine to say.

  @default
  Scenario: a backup is complete although the writers never paused
    Given a source that was backed up while its writers ran
    Then the store holds everything that the backup needs

  @needs-operator
  Scenario Outline: a backup <way> restores to the latest commit
    Given a source with a backup <way>
    When its last backup is restored to the latest commit
    Then exactly the commits that the log puts before the stop are there
    And every page and index is sound
    And the source's archive is as it was

    Examples:
      | way                                             |
      | that the schedule took                          |
      | after one whose sidecar was ended in the middle |

    @needs-standby
    Examples:
      | way                                |
      | of a standby, with three instances |

  @needs-incremental
  Scenario: a chain of full, differential and incremental backups restores to the latest commit
    Given a source that was backed up in a chain, and archives in the background
    When its last backup is restored to the latest commit
    Then exactly the commits that the log puts before the stop are there
    And the transaction status agrees with the archived log
    And the source's archive is as it was
