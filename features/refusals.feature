@needs-point-in-time
Feature: Refusals
  What cannot be restored must be refused, loudly, for the right reason, with nothing promoted.

  Scenario Outline: <target>
    Given a source that was backed up while its writers ran
    When its last backup is restored to <target>
    Then the restore does what PostgreSQL's rules ask for, and if they ask for a refusal, it is refused for that reason
    And the source's archive is as it was

    Examples:
      | target                                    |
      | a time after the end of the archive       |
      | a position after the end of the archive   |
      | a position before the backup was complete |
      | a time before the backup                  |
      | a restore point that never was            |
      | a transaction that never was              |
      | an unknown timeline                       |
