import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Identity1764000000010 implements MigrationInterface {
  name = 'Identity1764000000010';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(APP_USER);
    await runner.query(SIGN_IN);
    await runner.query(API_KEY);
    await runner.query(`SELECT audit_watch('app_user'), audit_watch('api_key')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `DROP TABLE api_key, sign_in_limit, user_verification, user_account, user_session, app_user`,
    );
  }
}

const APP_USER = `
CREATE TABLE app_user (
  id uuid CONSTRAINT app_user_pkey PRIMARY KEY,
  name text NOT NULL,
  email text NOT NULL CONSTRAINT app_user_email_key UNIQUE CONSTRAINT app_user_email_check CHECK (email = lower(email)),
  email_verified boolean NOT NULL DEFAULT false,
  image text,
  role text NOT NULL DEFAULT 'officer' CONSTRAINT app_user_role_check CHECK (role IN ('officer', 'manager', 'admin')),
  language text NOT NULL DEFAULT 'vi' CONSTRAINT app_user_language_check CHECK (language IN ('vi', 'en')),
  must_change_password boolean NOT NULL DEFAULT false,
  invited_at timestamptz,
  deactivated_at timestamptz,
  sample boolean NOT NULL DEFAULT false,
  version int NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL)`;

const SIGN_IN = `
CREATE TABLE user_session (
  id uuid CONSTRAINT user_session_pkey PRIMARY KEY,
  user_id uuid NOT NULL CONSTRAINT user_session_user_id_fkey REFERENCES app_user ON DELETE CASCADE,
  token text NOT NULL CONSTRAINT user_session_token_key UNIQUE,
  expires_at timestamptz NOT NULL,
  ip_address text,
  user_agent text,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL);
CREATE INDEX user_session_user_id_idx ON user_session (user_id);

CREATE TABLE user_account (
  id uuid CONSTRAINT user_account_pkey PRIMARY KEY,
  user_id uuid NOT NULL CONSTRAINT user_account_user_id_fkey REFERENCES app_user ON DELETE CASCADE,
  account_id text NOT NULL,
  provider_id text NOT NULL,
  password text,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  CONSTRAINT user_account_provider_id_account_id_key UNIQUE (provider_id, account_id));
CREATE INDEX user_account_user_id_idx ON user_account (user_id);

CREATE TABLE user_verification (
  id uuid CONSTRAINT user_verification_pkey PRIMARY KEY,
  identifier text NOT NULL,
  value text NOT NULL,
  expires_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL);
CREATE INDEX user_verification_identifier_idx ON user_verification (identifier);

CREATE TABLE sign_in_limit (
  id uuid CONSTRAINT sign_in_limit_pkey PRIMARY KEY,
  key text NOT NULL CONSTRAINT sign_in_limit_key_key UNIQUE,
  count int NOT NULL,
  last_request double precision NOT NULL)`;

const API_KEY = `
CREATE TABLE api_key (
  id uuid CONSTRAINT api_key_pkey PRIMARY KEY,
  config_id text NOT NULL DEFAULT 'default',
  name text,
  start text,
  prefix text,
  key text NOT NULL CONSTRAINT api_key_key_key UNIQUE,
  created_by_id uuid NOT NULL CONSTRAINT api_key_created_by_id_fkey REFERENCES app_user ON DELETE CASCADE,
  refill_interval int,
  refill_amount int,
  last_refill_at timestamptz,
  enabled boolean NOT NULL DEFAULT true,
  rate_limit_enabled boolean NOT NULL DEFAULT false,
  rate_limit_time_window int,
  rate_limit_max int,
  request_count int NOT NULL DEFAULT 0,
  remaining int,
  last_request timestamptz,
  expires_at timestamptz,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  permissions text,
  metadata text);
CREATE INDEX api_key_created_by_id_idx ON api_key (created_by_id)`;
