create table ins_core.party_blacklist (
   id_type      varchar2(2)  not null
  ,id_no        varchar2(30) not null
  ,reason_code  varchar2(10) not null
  ,source       varchar2(20) default 'PBOC'
  ,listed_on    date         default sysdate not null
  ,removed_on   date
  ,notes        long
  ,constraint pk_party_blacklist primary key (id_type, id_no)
);
comment on table ins_core.party_blacklist is '反洗钱黑名单(人行/监管下发)';
