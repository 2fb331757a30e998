@needs-gitops
Feature: GitOps
  What is lost is made again from Git, and Git knows no rows. They must come back by the commands that people paste on that day: taken from the playbook
  word by word, each must print what the page says.

  Scenario: a database is rebuilt by the playbook
    Given a database that was made from Git, and backed up while its writers ran
    When it is rebuilt by the playbook
    Then exactly the commits that the log puts before the stop are there
    And every page and index is sound
    And the source's archive is as it was

  Scenario: rows are brought back from a copy that the playbook makes
    Given a database that was made from Git, and backed up while its writers ran
    When the playbook makes a copy of it at the time between two neighbouring commits
    Then exactly the commits that the log puts before the stop are there
    And every page and index is sound
    And the rows that the playbook brought over are those of the copy

  Scenario: a database that came back empty is kept out of the old archive, and rebuilt by the playbook
    Given a database that was made from Git, and backed up while its writers ran
    When it is lost with its volumes, and made again from Git
    Then the operator keeps it out of the old archive, and says why
    When it is rebuilt by the playbook
    Then exactly the commits that the log puts before the stop are there
    And the source's archive is as it was

  Scenario: a rebuild without a new place for the archive is refused
    Given a database that was made from Git, and backed up while its writers ran
    When it is lost with its volumes, and rebuilt from its backup without a new place for its archive
    Then the operator keeps it out of the old archive, and says why
