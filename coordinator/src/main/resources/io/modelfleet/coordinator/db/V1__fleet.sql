-- Times are epoch milliseconds, ids are text: H2 and PostgreSQL return different Java types for their own kinds.
CREATE TABLE node (
    id              VARCHAR(36) PRIMARY KEY,
    machine_name    VARCHAR(500) NOT NULL,
    ip_address      VARCHAR(253) NOT NULL,
    ollama_version  VARCHAR(100),
    ollama_port     BIGINT NOT NULL,
    api_port        BIGINT NOT NULL,
    agent_version   VARCHAR(100),
    devices         TEXT NOT NULL,
    models          TEXT NOT NULL,
    custom_name     VARCHAR(500),
    tags            TEXT NOT NULL,
    notes           TEXT,
    schedulable     BIGINT NOT NULL,
    presence        VARCHAR(20) NOT NULL,
    registered_at   BIGINT NOT NULL,
    last_seen       BIGINT NOT NULL
);

CREATE TABLE task (
    id              VARCHAR(36) PRIMARY KEY,
    kind            VARCHAR(20) NOT NULL,
    agent_id        VARCHAR(36) NOT NULL,
    model_name      VARCHAR(700) NOT NULL,
    model_key       VARCHAR(700) NOT NULL,
    status          VARCHAR(20) NOT NULL,
    -- set while the task is active, so that a node can have one active task of a kind for a model
    active_key      VARCHAR(800) UNIQUE,
    progress        DOUBLE PRECISION NOT NULL,
    bytes_completed BIGINT,
    bytes_total     BIGINT,
    attempt         BIGINT NOT NULL,
    error           TEXT,
    error_code      VARCHAR(50),
    retry_of        VARCHAR(36),
    created_at      BIGINT NOT NULL,
    started_at      BIGINT,
    updated_at      BIGINT NOT NULL,
    completed_at    BIGINT
);

CREATE INDEX task_newest ON task (created_at, id);
CREATE INDEX task_of_node ON task (agent_id, created_at);
