-- 网点/合作医院/修理厂地址簿 (对象表)
CREATE TABLE ins_core.address_book OF ins_core.t_address
(
  postcode DEFAULT '000000',
  CONSTRAINT ck_address_book CHECK (province IS NOT NULL)
)
OBJECT IDENTIFIER IS SYSTEM GENERATED;
