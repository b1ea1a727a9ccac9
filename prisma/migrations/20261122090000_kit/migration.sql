CREATE SCHEMA IF NOT EXISTS "kit";

CREATE TABLE "kit"."fault_rule" (
    "service" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "rule" JSON NOT NULL,
    "revision" TEXT NOT NULL,

    CONSTRAINT "fault_rule_pkey" PRIMARY KEY ("service", "id")
);

CREATE TABLE "kit"."call_count" (
    "service" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "count" BIGINT NOT NULL,
    "changed_at_ms" BIGINT NOT NULL,

    CONSTRAINT "call_count_pkey" PRIMARY KEY ("service", "scope", "key")
);

CREATE INDEX "call_count_changed_at_ms_idx" ON "kit"."call_count" ("changed_at_ms");

CREATE TABLE "kit"."setting" (
    "key" TEXT NOT NULL,
    "document" JSON NOT NULL,
    "expires_at_ms" BIGINT,
    "changed_at_ms" BIGINT NOT NULL,
    "revision" BIGINT NOT NULL DEFAULT 1,
    "place" BIGSERIAL NOT NULL,

    CONSTRAINT "setting_pkey" PRIMARY KEY ("key")
);

CREATE UNIQUE INDEX "setting_place_key" ON "kit"."setting" ("place");

CREATE INDEX "setting_expires_at_ms_idx" ON "kit"."setting" ("expires_at_ms");

CREATE INDEX "setting_changed_at_ms_idx" ON "kit"."setting" ("changed_at_ms");
