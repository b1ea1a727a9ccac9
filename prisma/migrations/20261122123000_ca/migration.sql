CREATE SCHEMA IF NOT EXISTS "ca";

CREATE TABLE "ca"."authority" (
    "key" TEXT NOT NULL,
    "document" JSON NOT NULL,
    "expires_at_ms" BIGINT,
    "changed_at_ms" BIGINT NOT NULL,
    "revision" BIGINT NOT NULL DEFAULT 1,
    "place" BIGSERIAL NOT NULL,

    CONSTRAINT "authority_pkey" PRIMARY KEY ("key")
);

CREATE UNIQUE INDEX "authority_place_key" ON "ca"."authority" ("place");

CREATE INDEX "authority_expires_at_ms_idx" ON "ca"."authority" ("expires_at_ms");

CREATE INDEX "authority_changed_at_ms_idx" ON "ca"."authority" ("changed_at_ms");

CREATE TABLE "ca"."issue_request" (
    "key" TEXT NOT NULL,
    "document" JSON NOT NULL,
    "expires_at_ms" BIGINT,
    "changed_at_ms" BIGINT NOT NULL,
    "revision" BIGINT NOT NULL DEFAULT 1,
    "place" BIGSERIAL NOT NULL,
    "snils" TEXT,
    "phone" TEXT,
    "state" TEXT,

    CONSTRAINT "issue_request_pkey" PRIMARY KEY ("key")
);

CREATE UNIQUE INDEX "issue_request_place_key" ON "ca"."issue_request" ("place");

CREATE INDEX "issue_request_expires_at_ms_idx" ON "ca"."issue_request" ("expires_at_ms");

CREATE INDEX "issue_request_changed_at_ms_idx" ON "ca"."issue_request" ("changed_at_ms");

CREATE INDEX "issue_request_snils_idx" ON "ca"."issue_request" ("snils");

CREATE INDEX "issue_request_phone_idx" ON "ca"."issue_request" ("phone");

CREATE INDEX "issue_request_state_idx" ON "ca"."issue_request" ("state");

CREATE TABLE "ca"."certificate" (
    "key" TEXT NOT NULL,
    "document" JSON NOT NULL,
    "expires_at_ms" BIGINT,
    "changed_at_ms" BIGINT NOT NULL,
    "revision" BIGINT NOT NULL DEFAULT 1,
    "place" BIGSERIAL NOT NULL,
    "serial" TEXT,
    "snils" TEXT,

    CONSTRAINT "certificate_pkey" PRIMARY KEY ("key")
);

CREATE UNIQUE INDEX "certificate_place_key" ON "ca"."certificate" ("place");

CREATE INDEX "certificate_expires_at_ms_idx" ON "ca"."certificate" ("expires_at_ms");

CREATE INDEX "certificate_changed_at_ms_idx" ON "ca"."certificate" ("changed_at_ms");

CREATE INDEX "certificate_serial_idx" ON "ca"."certificate" ("serial");

CREATE INDEX "certificate_snils_idx" ON "ca"."certificate" ("snils");

CREATE TABLE "ca"."revocation" (
    "key" TEXT NOT NULL,
    "document" JSON NOT NULL,
    "expires_at_ms" BIGINT,
    "changed_at_ms" BIGINT NOT NULL,
    "revision" BIGINT NOT NULL DEFAULT 1,
    "place" BIGSERIAL NOT NULL,

    CONSTRAINT "revocation_pkey" PRIMARY KEY ("key")
);

CREATE UNIQUE INDEX "revocation_place_key" ON "ca"."revocation" ("place");

CREATE INDEX "revocation_expires_at_ms_idx" ON "ca"."revocation" ("expires_at_ms");

CREATE INDEX "revocation_changed_at_ms_idx" ON "ca"."revocation" ("changed_at_ms");

CREATE TABLE "ca"."signing_operation" (
    "key" TEXT NOT NULL,
    "document" JSON NOT NULL,
    "expires_at_ms" BIGINT,
    "changed_at_ms" BIGINT NOT NULL,
    "revision" BIGINT NOT NULL DEFAULT 1,
    "place" BIGSERIAL NOT NULL,
    "state" TEXT,

    CONSTRAINT "signing_operation_pkey" PRIMARY KEY ("key")
);

CREATE UNIQUE INDEX "signing_operation_place_key" ON "ca"."signing_operation" ("place");

CREATE INDEX "signing_operation_expires_at_ms_idx" ON "ca"."signing_operation" ("expires_at_ms");

CREATE INDEX "signing_operation_changed_at_ms_idx" ON "ca"."signing_operation" ("changed_at_ms");

CREATE INDEX "signing_operation_state_idx" ON "ca"."signing_operation" ("state");

CREATE TABLE "ca"."served_event" (
    "key" TEXT NOT NULL,
    "document" JSON NOT NULL,
    "expires_at_ms" BIGINT,
    "changed_at_ms" BIGINT NOT NULL,
    "revision" BIGINT NOT NULL DEFAULT 1,
    "place" BIGSERIAL NOT NULL,

    CONSTRAINT "served_event_pkey" PRIMARY KEY ("key")
);

CREATE UNIQUE INDEX "served_event_place_key" ON "ca"."served_event" ("place");

CREATE INDEX "served_event_expires_at_ms_idx" ON "ca"."served_event" ("expires_at_ms");

CREATE INDEX "served_event_changed_at_ms_idx" ON "ca"."served_event" ("changed_at_ms");

CREATE TABLE "ca"."event" (
    "key" TEXT NOT NULL,
    "document" JSON NOT NULL,
    "expires_at_ms" BIGINT,
    "changed_at_ms" BIGINT NOT NULL,
    "revision" BIGINT NOT NULL DEFAULT 1,
    "place" BIGSERIAL NOT NULL,
    "event_id" TEXT,
    "tenant" TEXT,
    "delivery" TEXT,

    CONSTRAINT "event_pkey" PRIMARY KEY ("key")
);

CREATE UNIQUE INDEX "event_place_key" ON "ca"."event" ("place");

CREATE INDEX "event_expires_at_ms_idx" ON "ca"."event" ("expires_at_ms");

CREATE INDEX "event_changed_at_ms_idx" ON "ca"."event" ("changed_at_ms");

CREATE INDEX "event_event_id_idx" ON "ca"."event" ("event_id");

CREATE INDEX "event_tenant_idx" ON "ca"."event" ("tenant");

CREATE INDEX "event_delivery_idx" ON "ca"."event" ("delivery");

CREATE TABLE "ca"."dss_user" (
    "key" TEXT NOT NULL,
    "document" JSON NOT NULL,
    "expires_at_ms" BIGINT,
    "changed_at_ms" BIGINT NOT NULL,
    "revision" BIGINT NOT NULL DEFAULT 1,
    "place" BIGSERIAL NOT NULL,

    CONSTRAINT "dss_user_pkey" PRIMARY KEY ("key")
);

CREATE UNIQUE INDEX "dss_user_place_key" ON "ca"."dss_user" ("place");

CREATE INDEX "dss_user_expires_at_ms_idx" ON "ca"."dss_user" ("expires_at_ms");

CREATE INDEX "dss_user_changed_at_ms_idx" ON "ca"."dss_user" ("changed_at_ms");
