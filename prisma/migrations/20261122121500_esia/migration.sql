CREATE SCHEMA IF NOT EXISTS "esia";

CREATE TABLE "esia"."client" (
    "key" TEXT NOT NULL,
    "document" JSON NOT NULL,
    "expires_at_ms" BIGINT,
    "changed_at_ms" BIGINT NOT NULL,
    "revision" BIGINT NOT NULL DEFAULT 1,
    "place" BIGSERIAL NOT NULL,

    CONSTRAINT "client_pkey" PRIMARY KEY ("key")
);

CREATE UNIQUE INDEX "client_place_key" ON "esia"."client" ("place");

CREATE INDEX "client_expires_at_ms_idx" ON "esia"."client" ("expires_at_ms");

CREATE INDEX "client_changed_at_ms_idx" ON "esia"."client" ("changed_at_ms");

CREATE TABLE "esia"."pending_login" (
    "key" TEXT NOT NULL,
    "document" JSON NOT NULL,
    "expires_at_ms" BIGINT,
    "changed_at_ms" BIGINT NOT NULL,
    "revision" BIGINT NOT NULL DEFAULT 1,
    "place" BIGSERIAL NOT NULL,

    CONSTRAINT "pending_login_pkey" PRIMARY KEY ("key")
);

CREATE UNIQUE INDEX "pending_login_place_key" ON "esia"."pending_login" ("place");

CREATE INDEX "pending_login_expires_at_ms_idx" ON "esia"."pending_login" ("expires_at_ms");

CREATE INDEX "pending_login_changed_at_ms_idx" ON "esia"."pending_login" ("changed_at_ms");

CREATE TABLE "esia"."authorization_code" (
    "key" TEXT NOT NULL,
    "document" JSON NOT NULL,
    "expires_at_ms" BIGINT,
    "changed_at_ms" BIGINT NOT NULL,
    "revision" BIGINT NOT NULL DEFAULT 1,
    "place" BIGSERIAL NOT NULL,

    CONSTRAINT "authorization_code_pkey" PRIMARY KEY ("key")
);

CREATE UNIQUE INDEX "authorization_code_place_key" ON "esia"."authorization_code" ("place");

CREATE INDEX "authorization_code_expires_at_ms_idx" ON "esia"."authorization_code" ("expires_at_ms");

CREATE INDEX "authorization_code_changed_at_ms_idx" ON "esia"."authorization_code" ("changed_at_ms");

CREATE TABLE "esia"."session" (
    "key" TEXT NOT NULL,
    "document" JSON NOT NULL,
    "expires_at_ms" BIGINT,
    "changed_at_ms" BIGINT NOT NULL,
    "revision" BIGINT NOT NULL DEFAULT 1,
    "place" BIGSERIAL NOT NULL,
    "sid" TEXT,

    CONSTRAINT "session_pkey" PRIMARY KEY ("key")
);

CREATE UNIQUE INDEX "session_place_key" ON "esia"."session" ("place");

CREATE INDEX "session_expires_at_ms_idx" ON "esia"."session" ("expires_at_ms");

CREATE INDEX "session_changed_at_ms_idx" ON "esia"."session" ("changed_at_ms");

CREATE INDEX "session_sid_idx" ON "esia"."session" ("sid");

CREATE TABLE "esia"."refresh_token" (
    "key" TEXT NOT NULL,
    "document" JSON NOT NULL,
    "expires_at_ms" BIGINT,
    "changed_at_ms" BIGINT NOT NULL,
    "revision" BIGINT NOT NULL DEFAULT 1,
    "place" BIGSERIAL NOT NULL,

    CONSTRAINT "refresh_token_pkey" PRIMARY KEY ("key")
);

CREATE UNIQUE INDEX "refresh_token_place_key" ON "esia"."refresh_token" ("place");

CREATE INDEX "refresh_token_expires_at_ms_idx" ON "esia"."refresh_token" ("expires_at_ms");

CREATE INDEX "refresh_token_changed_at_ms_idx" ON "esia"."refresh_token" ("changed_at_ms");

CREATE TABLE "esia"."consent" (
    "key" TEXT NOT NULL,
    "document" JSON NOT NULL,
    "expires_at_ms" BIGINT,
    "changed_at_ms" BIGINT NOT NULL,
    "revision" BIGINT NOT NULL DEFAULT 1,
    "place" BIGSERIAL NOT NULL,

    CONSTRAINT "consent_pkey" PRIMARY KEY ("key")
);

CREATE UNIQUE INDEX "consent_place_key" ON "esia"."consent" ("place");

CREATE INDEX "consent_expires_at_ms_idx" ON "esia"."consent" ("expires_at_ms");

CREATE INDEX "consent_changed_at_ms_idx" ON "esia"."consent" ("changed_at_ms");

CREATE TABLE "esia"."org_access" (
    "key" TEXT NOT NULL,
    "document" JSON NOT NULL,
    "expires_at_ms" BIGINT,
    "changed_at_ms" BIGINT NOT NULL,
    "revision" BIGINT NOT NULL DEFAULT 1,
    "place" BIGSERIAL NOT NULL,

    CONSTRAINT "org_access_pkey" PRIMARY KEY ("key")
);

CREATE UNIQUE INDEX "org_access_place_key" ON "esia"."org_access" ("place");

CREATE INDEX "org_access_expires_at_ms_idx" ON "esia"."org_access" ("expires_at_ms");

CREATE INDEX "org_access_changed_at_ms_idx" ON "esia"."org_access" ("changed_at_ms");

CREATE TABLE "esia"."permission" (
    "key" TEXT NOT NULL,
    "document" JSON NOT NULL,
    "expires_at_ms" BIGINT,
    "changed_at_ms" BIGINT NOT NULL,
    "revision" BIGINT NOT NULL DEFAULT 1,
    "place" BIGSERIAL NOT NULL,

    CONSTRAINT "permission_pkey" PRIMARY KEY ("key")
);

CREATE UNIQUE INDEX "permission_place_key" ON "esia"."permission" ("place");

CREATE INDEX "permission_expires_at_ms_idx" ON "esia"."permission" ("expires_at_ms");

CREATE INDEX "permission_changed_at_ms_idx" ON "esia"."permission" ("changed_at_ms");

CREATE TABLE "esia"."person_edit" (
    "key" TEXT NOT NULL,
    "document" JSON NOT NULL,
    "expires_at_ms" BIGINT,
    "changed_at_ms" BIGINT NOT NULL,
    "revision" BIGINT NOT NULL DEFAULT 1,
    "place" BIGSERIAL NOT NULL,

    CONSTRAINT "person_edit_pkey" PRIMARY KEY ("key")
);

CREATE UNIQUE INDEX "person_edit_place_key" ON "esia"."person_edit" ("place");

CREATE INDEX "person_edit_expires_at_ms_idx" ON "esia"."person_edit" ("expires_at_ms");

CREATE INDEX "person_edit_changed_at_ms_idx" ON "esia"."person_edit" ("changed_at_ms");

CREATE TABLE "esia"."person_snapshot" (
    "key" TEXT NOT NULL,
    "document" JSON NOT NULL,
    "expires_at_ms" BIGINT,
    "changed_at_ms" BIGINT NOT NULL,
    "revision" BIGINT NOT NULL DEFAULT 1,
    "place" BIGSERIAL NOT NULL,

    CONSTRAINT "person_snapshot_pkey" PRIMARY KEY ("key")
);

CREATE UNIQUE INDEX "person_snapshot_place_key" ON "esia"."person_snapshot" ("place");

CREATE INDEX "person_snapshot_expires_at_ms_idx" ON "esia"."person_snapshot" ("expires_at_ms");

CREATE INDEX "person_snapshot_changed_at_ms_idx" ON "esia"."person_snapshot" ("changed_at_ms");

CREATE TABLE "esia"."revocation" (
    "key" TEXT NOT NULL,
    "document" JSON NOT NULL,
    "expires_at_ms" BIGINT,
    "changed_at_ms" BIGINT NOT NULL,
    "revision" BIGINT NOT NULL DEFAULT 1,
    "place" BIGSERIAL NOT NULL,

    CONSTRAINT "revocation_pkey" PRIMARY KEY ("key")
);

CREATE UNIQUE INDEX "revocation_place_key" ON "esia"."revocation" ("place");

CREATE INDEX "revocation_expires_at_ms_idx" ON "esia"."revocation" ("expires_at_ms");

CREATE INDEX "revocation_changed_at_ms_idx" ON "esia"."revocation" ("changed_at_ms");

CREATE TABLE "esia"."login_rule" (
    "key" TEXT NOT NULL,
    "document" JSON NOT NULL,
    "expires_at_ms" BIGINT,
    "changed_at_ms" BIGINT NOT NULL,
    "revision" BIGINT NOT NULL DEFAULT 1,
    "place" BIGSERIAL NOT NULL,

    CONSTRAINT "login_rule_pkey" PRIMARY KEY ("key")
);

CREATE UNIQUE INDEX "login_rule_place_key" ON "esia"."login_rule" ("place");

CREATE INDEX "login_rule_expires_at_ms_idx" ON "esia"."login_rule" ("expires_at_ms");

CREATE INDEX "login_rule_changed_at_ms_idx" ON "esia"."login_rule" ("changed_at_ms");

CREATE TABLE "esia"."token_key" (
    "key" TEXT NOT NULL,
    "document" JSON NOT NULL,
    "expires_at_ms" BIGINT,
    "changed_at_ms" BIGINT NOT NULL,
    "revision" BIGINT NOT NULL DEFAULT 1,
    "place" BIGSERIAL NOT NULL,

    CONSTRAINT "token_key_pkey" PRIMARY KEY ("key")
);

CREATE UNIQUE INDEX "token_key_place_key" ON "esia"."token_key" ("place");

CREATE INDEX "token_key_expires_at_ms_idx" ON "esia"."token_key" ("expires_at_ms");

CREATE INDEX "token_key_changed_at_ms_idx" ON "esia"."token_key" ("changed_at_ms");
