CREATE OR REPLACE TRIGGER ins_fin.trg_invoice_tax
BEFORE INSERT OR UPDATE OF net_amount, tax_rate ON ins_fin.invoice
FOR EACH ROW
FOLLOWS ins_fin.trg_invoice_bi
BEGIN
  IF :NEW.tax_amount IS NULL THEN
    :NEW.tax_amount := ROUND(:NEW.net_amount * :NEW.tax_rate, 2);
  END IF;
END;
/
