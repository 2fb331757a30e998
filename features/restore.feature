Feature: Restore to the latest commit
  Without a target PostgreSQL takes whatever the archive delivers for the end of the log. Whether that is the end is judged by our own
  listing of the store.

  @default
  Scenario: every acknowledged commit is back
    Given a source that was backed up while its writers ran
    When its last backup is restored to the latest commit
    Then exactly the commits that the log puts before the stop are there
    And every page and index is sound
    And every change that is made to the restored rows is found
    And the source's archive is as it was

  @needs-archive
  Scenario: the restored transaction status is that of the archived log
    Given a source that was backed up while its writers ran
    When its last backup is restored to the latest commit
    Then the transaction status agrees with the archived log
    And the server's log says that it stopped there

  @needs-logical @needs-plain
  Scenario: the plain format of a dump brings the same rows
    Given a source that was backed up while its writers ran
    When its last backup is restored from its plain form
    Then exactly the commits that the log puts before the stop are there
    And every page and index is sound
    And the source's archive is as it was
