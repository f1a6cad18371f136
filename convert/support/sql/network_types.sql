-- Types of the packages for the network: PostgreSQL opens no connections, so that nothing fills them. They let code that
-- declares them be created; its calls raise their findings.
-- PL/SQL Packages and Types Reference 19c, UTL_TCP, UTL_HTTP, UTL_SMTP.

-- utl_tcp_connection
-- for: the record UTL_TCP.CONNECTION
DO $$ BEGIN
CREATE TYPE landfall.utl_tcp_connection AS (remote_host varchar(255), remote_port integer, local_host varchar(255), local_port integer, charset varchar(30), newline varchar(2), tx_timeout integer, private_sd integer);
EXCEPTION WHEN duplicate_object THEN NULL;
END $$;

-- utl_http_req
-- for: the record UTL_HTTP.REQ
DO $$ BEGIN
CREATE TYPE landfall.utl_http_req AS (url varchar(32767), method varchar(64), http_version varchar(64), private_hndl integer);
EXCEPTION WHEN duplicate_object THEN NULL;
END $$;

-- utl_http_resp
-- for: the record UTL_HTTP.RESP
DO $$ BEGIN
CREATE TYPE landfall.utl_http_resp AS (status_code integer, reason_phrase varchar(256), http_version varchar(64), private_hndl integer);
EXCEPTION WHEN duplicate_object THEN NULL;
END $$;

-- utl_smtp_connection
-- for: the record UTL_SMTP.CONNECTION
DO $$ BEGIN
CREATE TYPE landfall.utl_smtp_connection AS (host varchar(255), port integer, tx_timeout integer, private_tcp_con landfall.utl_tcp_connection, private_state integer);
EXCEPTION WHEN duplicate_object THEN NULL;
END $$;

-- utl_smtp_reply
-- for: the record UTL_SMTP.REPLY
DO $$ BEGIN
CREATE TYPE landfall.utl_smtp_reply AS (code integer, text varchar(508));
EXCEPTION WHEN duplicate_object THEN NULL;
END $$;
