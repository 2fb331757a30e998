@needs-operator
Feature: Failover
  A standby that takes over goes on along a new timeline, in the archive of the old one. What was acknowledged on either side must come back, also
  from a backup that is older than the switch.

  Scenario Outline: the <which> backup of a source <event> is restored to <target>
    Given a source <event>, and backed up again
    When the <which> backup is restored to <target> on the new timeline
    Then exactly the commits that the log puts before the stop are there
    And every page and index is sound
    And the source's archive is as it was

    Examples:
      | which  | event                     | target            |
      | first  | whose primary was deleted | the latest commit |
      | second | whose primary was deleted | the latest commit |
      | first  | that was switched over    | the latest commit |
      | first  | that was switched over    | the restore point |
