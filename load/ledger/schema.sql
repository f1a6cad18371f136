-- What a load knows of itself in the target. It lies in the schema that converted code has its own functions in; all names here
-- begin with load_.
CREATE SCHEMA IF NOT EXISTS landfall;

CREATE TABLE IF NOT EXISTS landfall.load_plan (
    plan            text PRIMARY KEY,           -- hash of the plan
    created         timestamptz NOT NULL DEFAULT now(),
    tool            text NOT NULL,
    source          text NOT NULL,              -- DBID/unique name/container
    scn             bigint NOT NULL,            -- snapshot, and start of sync
    sync_from       bigint,                     -- where the capture of changes starts to read; NULL: not known
    body            text NOT NULL,              -- the plan
    started         timestamptz,
    -- how a running load is steered
    paused          boolean NOT NULL DEFAULT false,
    bytes_a_second  bigint,                     -- of all workers together; NULL: no limit
    sessions        integer,                    -- of the source, likewise
    stop            text,                       -- why no more chunks are given out; NULL: they are
    round           integer NOT NULL DEFAULT 0, -- how often it was verified, the time at hand included
    round_done      timestamptz
);

CREATE TABLE IF NOT EXISTS landfall.load_table (
    plan            text NOT NULL REFERENCES landfall.load_plan ON DELETE CASCADE,
    no              integer NOT NULL,
    source          text NOT NULL,
    target_schema   text NOT NULL,
    target_table    text NOT NULL,
    opened          timestamptz,                -- it was there, empty and as expected: rows that are in it now are ours
    counted         bigint,                     -- rows of the source AS OF the SCN, by count(*)
    -- of the last verification that came to it
    round           integer,
    scanned         boolean NOT NULL DEFAULT false, -- load_chunk.target_rows and target_sum are those of the round
    stray_rows      bigint,                     -- rows of the target that no chunk has written
    stray_sum       numeric(20),
    sampled         integer,                    -- rows whose texts were compared
    differences     bigint,
    more            boolean,                    -- there are more than those that are listed
    note            text,
    verified        timestamptz,
    PRIMARY KEY (plan, no)
);
CREATE INDEX IF NOT EXISTS load_table_target ON landfall.load_table (target_schema, target_table);

CREATE TABLE IF NOT EXISTS landfall.load_worker (
    worker          integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    plan            text NOT NULL REFERENCES landfall.load_plan ON DELETE CASCADE,
    host            text NOT NULL,
    pid             integer NOT NULL,
    process         text NOT NULL,              -- of this process alone
    role            text NOT NULL,              -- run, worker, verify
    started         timestamptz NOT NULL DEFAULT now(),
    lease           timestamptz NOT NULL,       -- until when it counts as alive without a sign of life
    ended           timestamptz,
    progress        jsonb NOT NULL DEFAULT '[]' -- the chunks at hand: rows and bytes so far
);

CREATE TABLE IF NOT EXISTS landfall.load_chunk (
    plan            text NOT NULL REFERENCES landfall.load_plan ON DELETE CASCADE,
    no              integer NOT NULL,
    tbl             integer NOT NULL,
    spec            jsonb NOT NULL,             -- plan.Chunk
    parent          integer,                    -- the chunk that it is a piece of
    weight          bigint NOT NULL,
    state           text NOT NULL DEFAULT 'planned' CHECK (state IN ('planned', 'copying', 'split', 'copied', 'verified')),
    worker          integer,                    -- who has it, or had it last
    attempt         integer NOT NULL DEFAULT 0,
    failures        integer NOT NULL DEFAULT 0, -- in the run at hand
    error           text,
    started         timestamptz,
    copied          timestamptz,
    rows_read       bigint,
    rows_written    bigint,
    rows_rejected   bigint,
    bytes           bigint,
    fingerprint     numeric(20),                -- sum of the tuples' hashes, mod 2^64
    xid             bigint,                     -- of the transaction that wrote it: xmin of its rows
    faults          jsonb,                      -- values that a policy has changed, counted
    source_ms       bigint,
    encode_ms       bigint,
    target_ms       bigint,
    -- of the last verification that came to it
    round           integer,
    source_rows     bigint,
    source_sum      numeric(20),
    target_rows     bigint,
    target_sum      numeric(20),
    verified        timestamptz,
    PRIMARY KEY (plan, no)
);
CREATE INDEX IF NOT EXISTS load_chunk_open ON landfall.load_chunk (plan, weight DESC, no) WHERE state IN ('planned', 'copying');

CREATE TABLE IF NOT EXISTS landfall.load_reject (
    plan            text NOT NULL,
    chunk           integer NOT NULL,
    attempt         integer NOT NULL,
    n               integer NOT NULL,
    place           text,                       -- ROWID, or the key
    col             text,
    code            text NOT NULL,
    error           text NOT NULL,
    hex             text,                       -- bytes of the value
    cut             boolean NOT NULL DEFAULT false, -- hex is only the first part
    PRIMARY KEY (plan, chunk, attempt, n),
    FOREIGN KEY (plan, chunk) REFERENCES landfall.load_chunk ON DELETE CASCADE
);

CREATE TABLE IF NOT EXISTS landfall.load_difference (
    plan            text NOT NULL REFERENCES landfall.load_plan ON DELETE CASCADE,
    tbl             integer NOT NULL,
    n               integer NOT NULL,
    kind            text NOT NULL CHECK (kind IN ('missing', 'different', 'extra', 'text')),
    place           text NOT NULL,              -- key, ROWID or ctid
    cols            text[],
    note            text,
    repair          text,                       -- SQL that would mend it
    PRIMARY KEY (plan, tbl, n)
);

CREATE TABLE IF NOT EXISTS landfall.load_step (
    plan            text NOT NULL REFERENCES landfall.load_plan ON DELETE CASCADE,
    no              integer NOT NULL,
    phase           text NOT NULL,
    name            text NOT NULL,
    tbl             integer,
    sql             text NOT NULL,
    needs           text[],
    state           text NOT NULL DEFAULT 'planned' CHECK (state IN ('planned', 'running', 'done', 'skipped')),
    attempt         integer NOT NULL DEFAULT 0,
    error           text,
    note            text,
    started         timestamptz,
    finished        timestamptz,
    PRIMARY KEY (plan, no)
);

-- A chunk goes forward only: whoever tries otherwise has misunderstood something, and is stopped.
CREATE OR REPLACE FUNCTION landfall.load_forward() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    steps CONSTANT text[] := '{planned,copying,split,copied,verified}';
BEGIN
    IF array_position(steps, NEW.state) < array_position(steps, OLD.state) OR OLD.state = 'split' AND NEW.state <> 'split' THEN
        RAISE EXCEPTION 'chunk % of plan % cannot go from % to %', OLD.no, OLD.plan, OLD.state, NEW.state;
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER load_forward BEFORE UPDATE OF state ON landfall.load_chunk FOR EACH ROW EXECUTE FUNCTION landfall.load_forward();
-- also in sessions that pass over other triggers, as those do that write rows
ALTER TABLE landfall.load_chunk ENABLE ALWAYS TRIGGER load_forward;
