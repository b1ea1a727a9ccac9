CREATE SCHEMA IF NOT EXISTS "sms";

CREATE TABLE "sms"."message" (
    "id" BIGINT NOT NULL,
    "phone" TEXT NOT NULL,
    "dialect" TEXT NOT NULL,
    "account" TEXT NOT NULL,
    "sender" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "reference" TEXT,
    "accepted_at_ms" BIGINT NOT NULL,
    "changed_at_ms" BIGINT NOT NULL,
    "due_at_ms" BIGINT,
    "document" JSON NOT NULL,

    CONSTRAINT "message_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "message_phone_id_idx" ON "sms"."message" ("phone", "id");
CREATE INDEX "message_reference_idx" ON "sms"."message" ("reference");
CREATE INDEX "message_due_at_ms_idx" ON "sms"."message" ("due_at_ms");
CREATE INDEX "message_accepted_at_ms_idx" ON "sms"."message" ("accepted_at_ms");

CREATE TABLE "sms"."inbox_text" (
    "seq" BIGSERIAL NOT NULL,
    "message_id" BIGINT NOT NULL,
    "arrival" INTEGER NOT NULL,
    "phone" TEXT NOT NULL,
    "received_at_ms" BIGINT NOT NULL,
    "taken_at_ms" BIGINT,
    "document" JSON NOT NULL,

    CONSTRAINT "inbox_text_pkey" PRIMARY KEY ("seq")
);

CREATE UNIQUE INDEX "inbox_text_message_id_arrival_key" ON "sms"."inbox_text" ("message_id", "arrival");
CREATE INDEX "inbox_text_phone_seq_idx" ON "sms"."inbox_text" ("phone", "seq");
CREATE INDEX "inbox_text_received_at_ms_idx" ON "sms"."inbox_text" ("received_at_ms");

CREATE TABLE "sms"."number_block" (
    "name" TEXT NOT NULL,
    "next" BIGINT NOT NULL,

    CONSTRAINT "number_block_pkey" PRIMARY KEY ("name")
);

CREATE TABLE "sms"."account" (
    "key" TEXT NOT NULL,
    "document" JSON NOT NULL,
    "expires_at_ms" BIGINT,
    "changed_at_ms" BIGINT NOT NULL,
    "revision" BIGINT NOT NULL DEFAULT 1,
    "place" BIGSERIAL NOT NULL,

    CONSTRAINT "account_pkey" PRIMARY KEY ("key")
);

CREATE UNIQUE INDEX "account_place_key" ON "sms"."account" ("place");
CREATE INDEX "account_expires_at_ms_idx" ON "sms"."account" ("expires_at_ms");
CREATE INDEX "account_changed_at_ms_idx" ON "sms"."account" ("changed_at_ms");

CREATE TABLE "sms"."spending" (
    "key" TEXT NOT NULL,
    "roubles" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "spending_pkey" PRIMARY KEY ("key")
);
