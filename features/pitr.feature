@needs-point-in-time
Feature: Point-in-time recovery
  A target is exact when one more or one less transaction would be noticed. What must be there is a prefix of the log, worked out from the
  archived log by PostgreSQL's own rules, not by the clock.

  Scenario Outline: to <target>
    Given a source that was backed up while its writers ran
    When its last backup is restored to <target>
    Then exactly the commits that the log puts before the stop are there
    And the server's log says that it stopped there
    And the transaction status agrees with the archived log
    And the source's archive is as it was

    @default
    Examples:
      | target                                                  |
      | the position between two neighbouring commits           |
      | the time between two neighbouring commits               |

    Examples:
      | target                                                  |
      | the position of a commit, inclusive                     |
      | the time of a commit, exclusive                         |
      | a transaction in the middle, inclusive                  |
      | a transaction in the middle, exclusive                  |
      | a transaction that ended out of the order of numbers    |
      | the restore point                                       |
      | the end of the backup                                   |
      | a point inside a long transaction                       |
      | a point between PREPARE and COMMIT PREPARED             |
      | a transaction with subtransactions                      |
      | a point just before a table was created                 |
      | a point just after a table was created                  |

    @clock
    Examples:
      | target                                                  |
      | a time at which the clock ran backwards                 |
