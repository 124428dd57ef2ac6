-- A class by hand that is taken back gives way to the one that it replaced.
ALTER TABLE segment_pins ADD COLUMN replaced_by INTEGER REFERENCES segment_pins (id);
CREATE INDEX segment_pins_replaced ON segment_pins (replaced_by) WHERE replaced_by IS NOT NULL;

-- In RFM 5×5×5 一般挽留 and 未购 had one colour. Where the shop has not chosen another one, 一般挽留 is 墨 from now on.
UPDATE schemes
SET definition = json_set(definition, '$.classes[7].face.color', 'ink')
WHERE key = 'rfm_555'
  AND definition ->> '$.classes[7].face.key' = 'general_retain'
  AND definition ->> '$.classes[7].face.color' = 'mist';
