@control @needs-archive
Feature: An outage of the store during replay
  To PostgreSQL a restore_command that fails has reached the end of the archive. Without a target it then promotes, and calls it success.
  Whatever the engine makes of an outage, nothing may be lost without notice.

  @default @needs-operator
  Scenario: a cluster that the operator calls healthy was cut short by an outage
    Given a source that was backed up while its writers ran
    And a store that answers 503 from a WAL segment in the middle on
    When its last backup is restored to the latest commit
    Then nothing is lost without notice
    And the report has the operator's word on it

  Scenario Outline: the store <fault> from a segment in the middle on, restoring to <target>
    Given a source that was backed up while its writers ran
    And a store that <fault> from a WAL segment in the middle on
    When its last backup is restored to <target>
    Then nothing is lost without notice

    @default
    Examples:
      | fault               | target                  |
      | answers 503         | the latest commit       |

    Examples:
      | fault               | target                  |
      | answers 403         | the latest commit       |
      | resets connections  | the latest commit       |
      | never answers       | the latest commit       |
      | sends short bodies  | the latest commit       |
      | answers 503         | the last commit         |
      | answers 403         | the last commit         |
      | resets connections  | the last commit         |
      | never answers       | the last commit         |
      | sends short bodies  | the last commit         |
