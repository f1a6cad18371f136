create table ins_claim.claim_event (
  event_id     number(16)         not null,
  claim_id     number(14)         not null,
  event_type   varchar2(20)       not null,
  event_time   timestamp(6)       default systimestamp not null,
  old_status   varchar2(2),
  new_status   varchar2(2),
  actor        varchar2(30)       default sys_context('USERENV','SESSION_USER'),
  detail       varchar2(1000 char),
  payload      clob,
  constraint pk_claim_event primary key (event_id) using index tablespace ts_claim_idx
)
lob (payload) store as securefile sf_claim_event_payload (
  tablespace ts_claim_lob enable storage in row chunk 8192 nocache nologging compress medium deduplicate)
partition by range (event_time) (
  partition p2019 values less than (timestamp '2020-01-01 00:00:00'),
  partition p2020 values less than (timestamp '2021-01-01 00:00:00'),
  partition p2021 values less than (timestamp '2022-01-01 00:00:00'),
  partition p2022 values less than (timestamp '2023-01-01 00:00:00'),
  partition pmax  values less than (maxvalue)
);
comment on table ins_claim.claim_event is '赔案事件流水';
