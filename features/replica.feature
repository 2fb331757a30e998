@needs-operator @needs-replica
Feature: Replica clusters
  A cluster elsewhere that follows the archive is a way out when all of the source is lost. Promoted, it must have everything that was archived.

  Scenario: a replica that follows the archive is promoted
    Given a source that was backed up while its writers ran
    When a replica that follows its archive is promoted
    Then exactly the commits that the log puts before the stop are there
    And every page and index is sound
    And the source's archive is as it was
