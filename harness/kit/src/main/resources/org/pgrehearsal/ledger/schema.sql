-- The ledger: what our writers fill and what is judged after a restore. Every operation is one transaction.
CREATE EXTENSION IF NOT EXISTS amcheck;

-- one row an operation; the key is dense per writer, counted by the client (a sequence would have gaps of its own)
CREATE TABLE dr_ledger (
    run      uuid     NOT NULL,
    writer   integer  NOT NULL,
    seq      bigint   NOT NULL,
    kind     smallint NOT NULL,
    debit    integer  NOT NULL,
    credit   integer  NOT NULL,
    amount   integer  NOT NULL,
    payload  bytea    NOT NULL,
    previous bytea    NOT NULL,
    hash     bytea    NOT NULL,
    xid      xid8     NOT NULL DEFAULT pg_current_xact_id(),
    timeline integer  NOT NULL,
    PRIMARY KEY (run, writer, seq)
);

-- the same key and hash, written in the same transaction: one without the other is a torn transaction
CREATE TABLE dr_twin (
    run    uuid    NOT NULL,
    writer integer NOT NULL,
    seq    bigint  NOT NULL,
    hash   bytea   NOT NULL,
    PRIMARY KEY (run, writer, seq)
);

-- every operation moves an amount between two accounts: the total never changes
CREATE TABLE dr_account (
    id      integer PRIMARY KEY,
    balance bigint  NOT NULL
) WITH (fillfactor = 50);

-- rows of savepoints that were rolled back: always empty
CREATE TABLE dr_savepoint (writer integer NOT NULL, seq bigint NOT NULL);

-- which large object an operation wrote
CREATE TABLE dr_large_object (writer integer NOT NULL, seq bigint NOT NULL, loid oid NOT NULL);

-- which number an operation took
CREATE SEQUENCE dr_number;
CREATE TABLE dr_number_taken (writer integer NOT NULL, seq bigint NOT NULL, number bigint NOT NULL);

-- empty after a crash or a physical restore
CREATE UNLOGGED TABLE dr_unlogged (n integer NOT NULL);
INSERT INTO dr_unlogged SELECT generate_series(1, 1000);

-- makes COMMIT take a while, so that a connection can be cut while it is under way
CREATE TABLE dr_slow_commit (writer integer NOT NULL, seq bigint NOT NULL);
CREATE FUNCTION dr_linger() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(0.05); RETURN NULL; END $$;
CREATE CONSTRAINT TRIGGER linger AFTER INSERT ON dr_slow_commit DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION dr_linger();
