CREATE SCHEMA IF NOT EXISTS "onec";

CREATE TABLE "onec"."object" (
    "key" TEXT NOT NULL,
    "document" JSON NOT NULL,
    "expires_at_ms" BIGINT,
    "changed_at_ms" BIGINT NOT NULL,
    "revision" BIGINT NOT NULL DEFAULT 1,
    "place" BIGSERIAL NOT NULL,

    CONSTRAINT "object_pkey" PRIMARY KEY ("key")
);

CREATE UNIQUE INDEX "object_place_key" ON "onec"."object" ("place");

CREATE INDEX "object_expires_at_ms_idx" ON "onec"."object" ("expires_at_ms");

CREATE INDEX "object_changed_at_ms_idx" ON "onec"."object" ("changed_at_ms");

CREATE TABLE "onec"."export_record" (
    "key" TEXT NOT NULL,
    "document" JSON NOT NULL,
    "expires_at_ms" BIGINT,
    "changed_at_ms" BIGINT NOT NULL,
    "revision" BIGINT NOT NULL DEFAULT 1,
    "place" BIGSERIAL NOT NULL,

    CONSTRAINT "export_record_pkey" PRIMARY KEY ("key")
);

CREATE UNIQUE INDEX "export_record_place_key" ON "onec"."export_record" ("place");

CREATE INDEX "export_record_expires_at_ms_idx" ON "onec"."export_record" ("expires_at_ms");

CREATE INDEX "export_record_changed_at_ms_idx" ON "onec"."export_record" ("changed_at_ms");

CREATE TABLE "onec"."received" (
    "key" TEXT NOT NULL,
    "document" JSON NOT NULL,
    "expires_at_ms" BIGINT,
    "changed_at_ms" BIGINT NOT NULL,
    "revision" BIGINT NOT NULL DEFAULT 1,
    "place" BIGSERIAL NOT NULL,

    CONSTRAINT "received_pkey" PRIMARY KEY ("key")
);

CREATE UNIQUE INDEX "received_place_key" ON "onec"."received" ("place");

CREATE INDEX "received_expires_at_ms_idx" ON "onec"."received" ("expires_at_ms");

CREATE INDEX "received_changed_at_ms_idx" ON "onec"."received" ("changed_at_ms");

CREATE TABLE "onec"."job_run" (
    "key" TEXT NOT NULL,
    "document" JSON NOT NULL,
    "expires_at_ms" BIGINT,
    "changed_at_ms" BIGINT NOT NULL,
    "revision" BIGINT NOT NULL DEFAULT 1,
    "place" BIGSERIAL NOT NULL,

    CONSTRAINT "job_run_pkey" PRIMARY KEY ("key")
);

CREATE UNIQUE INDEX "job_run_place_key" ON "onec"."job_run" ("place");

CREATE INDEX "job_run_expires_at_ms_idx" ON "onec"."job_run" ("expires_at_ms");

CREATE INDEX "job_run_changed_at_ms_idx" ON "onec"."job_run" ("changed_at_ms");
