-- What is given away, and what it costs.

-- 权益成本: what a use cost the shop, as it was on its day; NULL where nobody knew.
ALTER TABLE benefit_entries ADD COLUMN cost_minor INTEGER CHECK (cost_minor >= 0);
