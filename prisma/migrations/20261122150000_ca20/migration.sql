CREATE TABLE "ca"."ca20_user" (
    "key" TEXT NOT NULL,
    "document" JSON NOT NULL,
    "expires_at_ms" BIGINT,
    "changed_at_ms" BIGINT NOT NULL,
    "revision" BIGINT NOT NULL DEFAULT 1,
    "place" BIGSERIAL NOT NULL,
    "request_id" TEXT,
    "email" TEXT,
    "common_name" TEXT,

    CONSTRAINT "ca20_user_pkey" PRIMARY KEY ("key")
);

CREATE UNIQUE INDEX "ca20_user_place_key" ON "ca"."ca20_user" ("place");

CREATE INDEX "ca20_user_expires_at_ms_idx" ON "ca"."ca20_user" ("expires_at_ms");

CREATE INDEX "ca20_user_changed_at_ms_idx" ON "ca"."ca20_user" ("changed_at_ms");

CREATE INDEX "ca20_user_request_id_idx" ON "ca"."ca20_user" ("request_id");

CREATE INDEX "ca20_user_email_idx" ON "ca"."ca20_user" ("email");

CREATE INDEX "ca20_user_common_name_idx" ON "ca"."ca20_user" ("common_name");
