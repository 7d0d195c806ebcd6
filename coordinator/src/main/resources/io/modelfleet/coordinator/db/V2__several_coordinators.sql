-- Several coordinators may work on one database. Each transaction that changes the fleet takes the next version while
-- it holds this row, so versions are in the order of the commits: whoever reads all rows above the version that it
-- knows has missed none.
CREATE TABLE fleet (
    id              BIGINT PRIMARY KEY,
    version         BIGINT NOT NULL
);
INSERT INTO fleet (id, version) VALUES (1, 0);

ALTER TABLE node ADD COLUMN version BIGINT DEFAULT 0 NOT NULL;
-- what moves with every heartbeat, for the other coordinators
ALTER TABLE node ADD COLUMN figures TEXT;
-- which run of its agent speaks for the node
ALTER TABLE node ADD COLUMN instance VARCHAR(36);
CREATE INDEX node_version ON node (version);

-- nodes that were taken out: a coordinator that knew them learns it here
CREATE TABLE removed_node (
    id              VARCHAR(36) PRIMARY KEY,
    version         BIGINT NOT NULL,
    removed_at      BIGINT NOT NULL
);
CREATE INDEX removed_node_version ON removed_node (version);

ALTER TABLE task ADD COLUMN version BIGINT DEFAULT 0 NOT NULL;
ALTER TABLE task ADD COLUMN handed_out_at BIGINT;
ALTER TABLE task ADD COLUMN speed BIGINT DEFAULT 0 NOT NULL;
CREATE INDEX task_version ON task (version);
-- for housekeeping
CREATE INDEX task_completed ON task (completed_at);
