@needs-operator
Feature: Failover
  A standby that takes over goes on along a new timeline, in the archive of the old one, and the writers with it. What is on the new timeline must come
  back, also from a backup that is older than the switch; what was acknowledged and never reached the standby is no fault of the backup, and must be told.

  Scenario Outline: the <which> backup of a source <event> is restored to <target>
    Given a source <event>
    When the <which> backup is restored to <target> on the new timeline
    Then exactly the commits that the log puts before the stop are there
    And every page and index is sound
    And the source's archive is as it was

    Examples:
      | which  | event                                                                | target                       |
      | first  | whose primary was deleted while its writers ran                      | the latest commit            |
      | first  | whose primary was deleted while its writers ran                      | a position before the switch |
      | first  | whose primary was deleted while its writers ran                      | a time after the switch      |
      | second | whose primary was deleted while its writers ran                      | the restore point            |
      | first  | that was switched over while its writers ran                         | the latest commit            |
      | first  | that was switched over while its writers ran                         | a position before the switch |
      | first  | that was switched over while its writers ran                         | a time after the switch      |
      | first  | whose primary was deleted while it was backed up and its writers ran | the latest commit            |
      | first  | whose primary was deleted while it was backed up and its writers ran | a position before the switch |
      | first  | whose primary was deleted while it was backed up and its writers ran | a time after the switch      |
      | second | whose primary was deleted while it was backed up and its writers ran | the latest commit            |

  Scenario Outline: a source whose primary was killed while its writers ran is restored to <target>
    Given a source whose primary was killed while its writers ran
    When the first backup is restored to <target> on the new timeline
    Then exactly the commits that the log puts before the stop are there
    And the acknowledged commits that the standby never had are counted, and the first is named
    And every page and index is sound
    And the source's archive is as it was

    Examples:
      | target                       |
      | the latest commit            |
      | a position before the switch |
      | a time after the switch      |

  Scenario Outline: a source whose commits wait for a standby, and whose primary was killed, is restored to <target>
    Given a source whose commits wait for a standby, and whose primary was killed while its writers ran
    When the first backup is restored to <target> on the new timeline
    Then exactly the commits that the log puts before the stop are there
    And no acknowledged commit was lost with the primary
    And every page and index is sound
    And the source's archive is as it was

    Examples:
      | target                       |
      | the latest commit            |
      | a position before the switch |
      | a time after the switch      |
