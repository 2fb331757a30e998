@needs-operator @needs-window
Feature: Retention
  What a window of recovery promises must be kept up to its edge: also from the oldest backup that is left.

  Scenario Outline: the oldest backup within the window is restored to <target>
    Given a source whose older backup has expired
    When its last backup is restored to <target>
    Then exactly the commits that the log puts before the stop are there
    And the source's archive is as it was

    Examples:
      | target                |
      | the latest commit     |
      | the end of the backup |
