CREATE OR REPLACE TRIGGER ins_fin.trg_invoice_bi
BEFORE INSERT ON ins_fin.invoice
FOR EACH ROW
WHEN (NEW.invoice_id IS NULL)
BEGIN
  SELECT seq_invoice_id.NEXTVAL INTO :NEW.invoice_id FROM dual;
END;
/
