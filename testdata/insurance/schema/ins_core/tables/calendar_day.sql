CREATE TABLE ins_core.calendar_day
(
  cal_date         DATE        NOT NULL,
  is_business_day  CHAR(1)     DEFAULT 'Y' NOT NULL,
  holiday_name     VARCHAR2(40 CHAR),
  fiscal_year      NUMBER(4)   NOT NULL,
  fiscal_period    NUMBER(2)   NOT NULL,
  CONSTRAINT pk_calendar_day PRIMARY KEY (cal_date),
  CONSTRAINT ck_calendar_flag CHECK (is_business_day IN ('Y', 'N')),
  CONSTRAINT ck_calendar_trunc CHECK (cal_date = TRUNC(cal_date))
)
ORGANIZATION INDEX;

COMMENT ON TABLE ins_core.calendar_day IS '工作日历';
