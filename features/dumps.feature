@only-pgdump-chart
Feature: Dumps by the chart
  A restore overwrites nothing by accident and is done once, and a Job that could not do its work says so, and why.

  Scenario: a database that is not empty is refused, and replaced only by force
    Given a source that was backed up while its writers ran
    And another database, with a table of its own
    When the dump is restored into it
    Then the restore is refused since "the database is not empty", and the table is as it was
    When the dump is restored into it by force
    Then exactly the commits that the log puts before the stop are there
    And every page and index is sound

  Scenario: a restore is done once, whatever makes its Job again
    Given a source that was backed up while its writers ran
    And another database, with nothing in it
    When the dump is restored into it
    And the database is written to, and an upgrade makes the Job of the restore again
    Then that Job says "this restore was done already", and what was written is as it was

  Scenario: a dump that the schedule took is complete
    Given another database, with a table of its own
    When its schedule comes round
    Then the store holds a dump with a manifest

  Scenario: the pod of a dump has no more rights than it needs
    Given another database, with a table of its own
    When a look is taken at the pod of a dump that is under way
    Then it is nobody, can write nowhere but in its work folder, and has no way to the cluster's API

  Scenario Outline: a dump fails loudly: <trouble>
    Given another database, with a table of its own
    When it is dumped although <trouble>
    Then the dump fails, says "<words>", and leaves nothing that could be taken for a dump

    Examples:
      | trouble                                  | words                             |
      | the role's password is wrong             | password authentication failed    |
      | nothing listens at the database's port   | cannot use database               |
      | the store's key is wrong                 | cannot write to bucket            |
      | the bucket is missing                    | cannot write to bucket            |
      | the store is full                        | cannot write to bucket            |
      | the store loses what it was given        | cannot write to bucket            |
      | the store gives back other bytes         | reads back with another checksum  |
