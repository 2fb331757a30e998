@needs-point-in-time @needs-fork
Feature: Timelines
  A restore that was promoted and goes on writing forks the history. Both branches must stay restorable, each without a row of the other.

  Scenario Outline: <order>
    Given a source that was restored to a point in the middle, promoted, written to and backed up again
    When <order>
    Then exactly the commits that the log puts before the stop are there
    And the transaction status agrees with the archived log
    And the source's archive is as it was

    @default
    Examples:
      | order                                                                            |
      | the first backup is restored to the latest commit on the new timeline            |

    Examples:
      | order                                                                            |
      | the first backup is restored to a position past the fork on the old timeline     |
      | the second backup is restored to the latest commit on the new timeline           |
      | the second backup is restored to the restore point on the new timeline           |
