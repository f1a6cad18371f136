-- 理算结果对象
CREATE OR REPLACE TYPE ins_claim.t_benefit_calc AS OBJECT
(
  coverage_code  VARCHAR2(12),
  claimed        NUMBER,
  covered        NUMBER,
  deductible     NUMBER,
  coinsurance    NUMBER,
  limit_amount   NUMBER,
  CONSTRUCTOR FUNCTION t_benefit_calc (p_coverage_code IN VARCHAR2, p_claimed IN NUMBER) RETURN SELF AS RESULT,
  MEMBER FUNCTION payable RETURN NUMBER,
  MEMBER PROCEDURE apply_deductible (SELF IN OUT NOCOPY t_benefit_calc, p_amount IN NUMBER),
  MAP MEMBER FUNCTION sort_key RETURN NUMBER,
  STATIC FUNCTION zero (p_coverage_code IN VARCHAR2) RETURN t_benefit_calc
)
NOT FINAL;
/
CREATE OR REPLACE TYPE BODY ins_claim.t_benefit_calc AS

  CONSTRUCTOR FUNCTION t_benefit_calc (p_coverage_code IN VARCHAR2, p_claimed IN NUMBER) RETURN SELF AS RESULT
  IS
  BEGIN
    SELF.coverage_code := p_coverage_code;
    SELF.claimed       := NVL(p_claimed, 0);
    SELF.covered       := SELF.claimed;
    SELF.deductible    := 0;
    SELF.coinsurance   := 0;
    SELF.limit_amount  := NULL;
    RETURN;
  END;

  MEMBER FUNCTION payable RETURN NUMBER
  IS
    l_amount NUMBER := GREATEST(covered - deductible, 0) * (1 - coinsurance);
  BEGIN
    IF limit_amount IS NOT NULL THEN
      l_amount := LEAST(l_amount, limit_amount);
    END IF;
    RETURN ROUND(l_amount, 2);
  END payable;

  MEMBER PROCEDURE apply_deductible (SELF IN OUT NOCOPY t_benefit_calc, p_amount IN NUMBER)
  IS
  BEGIN
    SELF.deductible := SELF.deductible + LEAST(NVL(p_amount, 0), SELF.covered - SELF.deductible);
  END apply_deductible;

  MAP MEMBER FUNCTION sort_key RETURN NUMBER
  IS
  BEGIN
    RETURN payable();
  END sort_key;

  STATIC FUNCTION zero (p_coverage_code IN VARCHAR2) RETURN t_benefit_calc
  IS
  BEGIN
    RETURN t_benefit_calc(p_coverage_code, 0);
  END zero;

END;
/
CREATE OR REPLACE TYPE ins_claim.t_benefit_calc_tab AS TABLE OF ins_claim.t_benefit_calc;
/
