@control
Feature: Sabotage
  Damage done on purpose to a copy of the good backup. If it is not found, for the right reason, no other verdict of the run is worth anything.

  Scenario Outline: <damage>
    Given a source that was backed up while its writers ran
    And a copy of its backup in which <damage>
    When the copy is restored to the latest commit
    Then the damage is found, for the right reason

    @default @needs-archive
    Examples:
      | damage                                              |
      | a WAL segment in the middle is missing              |
      | a byte in a WAL page is flipped                     |

    @default
    Examples:
      | damage                                              |
      | a byte in a data file is flipped                    |
      | the backup's manifest is missing                    |

    @default @needs-logical
    Examples:
      | damage                                              |
      | a part of the dump is missing                       |

    @needs-archive
    Examples:
      | damage                                              |
      | the WAL segment in which the backup begins is missing |
      | the first WAL segment after the backup is missing   |
      | the last WAL segment is missing                     |
      | a WAL segment is empty                              |
      | two WAL segments are swapped                        |
      | a WAL segment comes from another cluster            |
      | the largest object of the backup is truncated       |

    Examples:
      | damage                                              |
      | the backup's manifest is altered                    |

    @needs-index
    Examples:
      | damage                                              |
      | the index of backups is missing                     |
      | the index of backups is older than the backup       |
      | the index of the archive is missing                 |

    @needs-logical
    Examples:
      | damage                                              |
      | the globals of the dump are missing                 |

  @needs-logical @needs-plain
  Scenario Outline: <damage>, restored from the plain form
    Given a source that was backed up while its writers ran
    And a copy of its backup in which <damage>
    When the copy is restored from its plain form
    Then the damage is found, for the right reason

    @default
    Examples:
      | damage                                              |
      | the largest object of the backup is truncated       |

    Examples:
      | damage                                              |
      | a byte in a plain dump is flipped                   |

  @needs-point-in-time @needs-fork
  Scenario: the history of the newest timeline is missing
    Given a source that was restored to a point in the middle, promoted, written to and backed up again
    And a copy of its backup in which the history of the newest timeline is missing
    When the copy of the first backup is restored to the latest commit
    Then the damage is found, for the right reason

  @needs-spool
  Scenario: a spool is left over from an earlier cluster
    When a new cluster archives through the spool of an earlier one
    Then it is found that WAL was acknowledged that the store does not hold
